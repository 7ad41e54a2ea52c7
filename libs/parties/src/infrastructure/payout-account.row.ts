import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'parties', name: 'payout_accounts' })
export class PayoutAccountRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'party_id' })
  partyId: string;

  @Column('char', { length: 3 })
  currency: string;

  @Column('char', { length: 2 })
  country: string;

  /** Bank details, encrypted; read only where they are needed. */
  @Column('text', { name: 'details_sealed', select: false })
  detailsSealed: string;

  @Column('text')
  hint: string;

  @Column('uuid', { name: 'created_by' })
  createdBy: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'replaced_at', nullable: true, select: false })
  replacedAt: Date | null;

  @Column('timestamptz', { name: 'verified_at', nullable: true })
  verifiedAt: Date | null;

  @Column('uuid', { name: 'verified_by', nullable: true, select: false })
  verifiedBy: string | null;
}
