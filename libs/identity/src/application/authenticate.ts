import { Clock, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { prolongedExpiry } from '../domain/session';
import { ApiKeyRepository } from './api-key-repository';
import { SecretTokens } from './secret-tokens';
import { SessionRepository } from './session-repository';

const SYSTEM = systemActor('authenticate');
/** The last use of a key is noted this coarsely, so that reading does not write on every request. */
const NOTE_USE_EVERY_MS = 600_000;

/** Who a request comes from. What that person may do is loaded afresh, from memberships and mandates. */
export interface Authenticated {
  readonly userId: string;
  /** Null for a session. */
  readonly scopes: readonly string[] | null;
  /** The only party an API key is bound to; null where there is no such limit. */
  readonly partyId: string | null;
  readonly apiKeyId?: string;
}

/** Turns a secret into a user; null for anything unknown, expired, revoked, or of a disabled user. */
@Injectable()
export class Authenticate {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sessions: SessionRepository,
    private readonly apiKeys: ApiKeyRepository,
    private readonly tokens: SecretTokens,
    private readonly clock: Clock,
  ) {}

  async bySession(token: string): Promise<Authenticated | null> {
    const now = this.clock.now();
    const digest = this.tokens.digest(token);
    const session = await this.uow.read(SYSTEM, (tx) => this.sessions.findLive(tx, digest, now));
    if (session === null) return null;
    const expiresAt = prolongedExpiry(session, now);
    if (expiresAt !== null) await this.uow.run(SYSTEM, (tx) => this.sessions.prolong(tx, session.id, expiresAt));
    return { userId: session.userId, scopes: null, partyId: null };
  }

  async byApiKey(secret: string): Promise<Authenticated | null> {
    const now = this.clock.now();
    const digest = this.tokens.digest(secret);
    const key = await this.uow.read(SYSTEM, (tx) => this.apiKeys.findLive(tx, digest, now));
    if (key === null) return null;
    if (key.lastUsedAt === null || now.getTime() - key.lastUsedAt.getTime() >= NOTE_USE_EVERY_MS) {
      await this.uow.run(SYSTEM, (tx) => this.apiKeys.markUsed(tx, key.id, now));
    }
    return { userId: key.createdBy, scopes: key.scopes, partyId: key.partyId, apiKeyId: key.id };
  }
}
