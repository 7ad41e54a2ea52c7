import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Scope } from '../domain/scope';

@Entity({ schema: 'identity', name: 'api_keys' })
export class ApiKeyRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  @Column('text')
  prefix: string;

  @Column('bytea', { name: 'secret_hash', select: false })
  secretHash: Buffer;

  @Column('text', { array: true })
  scopes: Scope[];

  @Column('uuid', { name: 'party_id', nullable: true })
  partyId: string | null;

  @Column('uuid', { name: 'created_by' })
  createdBy: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt: Date | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;
}
