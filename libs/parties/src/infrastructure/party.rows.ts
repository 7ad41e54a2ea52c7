import type { OrganisationKind, OrganisationRole } from '@evenhand/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PartyKind } from '../domain/party';

@Entity({ schema: 'parties', name: 'parties' })
export class PartyRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  kind: PartyKind;

  @Column('text', { name: 'display_name' })
  displayName: string;

  @Column('char', { length: 2 })
  country: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}

@Entity({ schema: 'parties', name: 'organisations' })
export class OrganisationRow {
  @PrimaryColumn('uuid', { name: 'party_id' })
  partyId: string;

  @Column('text')
  kind: OrganisationKind;
}

@Entity({ schema: 'parties', name: 'members' })
export class MemberRow {
  @PrimaryColumn('uuid', { name: 'party_id' })
  partyId: string;

  @PrimaryColumn('uuid', { name: 'user_id' })
  userId: string;

  @Column('text')
  role: OrganisationRole;

  @Column('timestamptz', { name: 'joined_at' })
  joinedAt: Date;

  @Column('timestamptz', { name: 'removed_at', nullable: true })
  removedAt: Date | null;
}

@Entity({ schema: 'parties', name: 'invitations' })
export class InvitationRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'party_id' })
  partyId: string;

  @Column('text')
  email: string;

  @Column('text')
  role: OrganisationRole;

  @Column('bytea', { name: 'token_hash', select: false })
  tokenHash: Buffer;

  @Column('uuid', { name: 'invited_by' })
  invitedBy: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('timestamptz', { name: 'accepted_at', nullable: true })
  acceptedAt: Date | null;

  @Column('uuid', { name: 'accepted_by', nullable: true, select: false })
  acceptedBy: string | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;
}
