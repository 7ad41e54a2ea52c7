import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MandateState } from '../domain/mandate';
import type { MandateCuts } from '../domain/mandate-cut';

@Entity({ schema: 'parties', name: 'mandates' })
export class MandateRow {
  @PrimaryColumn('uuid', { name: 'mandate_id' })
  mandateId: string;

  @PrimaryColumn('integer')
  version: number;

  @Column('uuid', { name: 'influencer_id' })
  influencerId: string;

  @Column('uuid', { name: 'agency_id' })
  agencyId: string;

  @Column('smallint')
  position: number;

  @Column('jsonb')
  cuts: MandateCuts;

  @Column('text')
  state: MandateState;

  @Column('date', { name: 'starts_on', nullable: true })
  startsOn: string | null;

  @Column('timestamptz', { name: 'ends_at', nullable: true })
  endsAt: Date | null;

  @Column('uuid', { name: 'requested_by' })
  requestedBy: string;

  @Column('timestamptz', { name: 'requested_at' })
  requestedAt: Date;

  @Column('timestamptz', { name: 'lapses_at' })
  lapsesAt: Date;

  @Column('uuid', { name: 'decided_by', nullable: true })
  decidedBy: string | null;

  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt: Date | null;

  @Column('timestamptz', { name: 'valid_from', nullable: true })
  validFrom: Date | null;

  @Column('timestamptz', { name: 'valid_until', nullable: true })
  validUntil: Date | null;

  @Column('uuid', { name: 'ended_by', nullable: true })
  endedBy: string | null;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;
}
