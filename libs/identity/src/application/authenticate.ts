import { Clock, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { ApiKeyRepository } from './api-key-repository';
import { SecretTokens } from './secret-tokens';

const SYSTEM = systemActor('authenticate');
/** The last use of a key is noted this coarsely, so that reading does not write on every request. */
const NOTE_USE_EVERY_MS = 600_000;

/** Whose key a request carries. What that person may do is loaded afresh, from memberships and mandates. */
export interface Authenticated {
  readonly userId: string;
  readonly scopes: readonly string[];
  /** The only party the key is bound to; null where there is no such limit. */
  readonly partyId: string | null;
  readonly apiKeyId?: string;
}

/** Turns the secret of a key into a user; null for anything unknown, expired, revoked, or of a disabled user. */
@Injectable()
export class Authenticate {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly apiKeys: ApiKeyRepository,
    private readonly tokens: SecretTokens,
    private readonly clock: Clock,
  ) {}

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
