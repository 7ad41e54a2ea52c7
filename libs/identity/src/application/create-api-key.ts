import {
  type Actor,
  actsForOrganisation,
  authorize,
  Clock,
  IdGenerator,
  isInfluencer,
  Outbox,
  ownPartyIds,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type ApiKey, assertApiKeyExpiry, parseScopes } from '../domain/api-key';
import { requireSession } from '../domain/require-session';
import { parseDisplayName } from '../domain/user';
import { ApiKeyRepository } from './api-key-repository';
import { SecretTokens } from './secret-tokens';

const API_KEY_MARK = 'evk_';
const PREFIX_LENGTH = API_KEY_MARK.length + 8;

export interface CreateApiKeyCommand {
  readonly actor: Actor;
  readonly name: string;
  readonly scopes: readonly string[];
  /** The only party the key may act for; null for all of its creator's. */
  readonly partyId: string | null;
  readonly expiresAt: Date;
}

/** Throws `UnknownScope`, `ApiKeyExpiryOutOfRange`. The secret is in this answer and nowhere else. */
@Injectable()
export class CreateApiKey {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly apiKeys: ApiKeyRepository,
    private readonly tokens: SecretTokens,
    private readonly outbox: Outbox,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  async execute(command: CreateApiKeyCommand): Promise<{ apiKey: ApiKey; secret: string }> {
    const actor = requireSession(command.actor);
    if (command.partyId !== null) assertMayBindTo(actor, command.partyId);
    const now = this.clock.now();
    assertApiKeyExpiry(command.expiresAt, now);
    const secret = `${API_KEY_MARK}${this.tokens.next()}`;
    const apiKey: ApiKey = {
      id: this.ids.next(),
      name: parseDisplayName('name', command.name),
      prefix: secret.slice(0, PREFIX_LENGTH),
      scopes: parseScopes(command.scopes),
      partyId: command.partyId,
      createdBy: actor.userId,
      createdAt: now,
      expiresAt: command.expiresAt,
      lastUsedAt: null,
      revokedAt: null,
    };
    await this.uow.run(actor, async (tx) => {
      await this.apiKeys.add(tx, apiKey, this.tokens.digest(secret));
      await this.outbox.append(tx, [
        {
          type: 'identity.api_key_created',
          subjectId: apiKey.id,
          payload: { by: actor.userId, partyId: apiKey.partyId, scopes: apiKey.scopes },
        },
      ]);
    });
    return { apiKey, secret };
  }
}

function assertMayBindTo(actor: Actor, partyId: string): void {
  const allowed = isInfluencer(actor, partyId) || actsForOrganisation(actor, partyId, 'manager');
  authorize(allowed, ownPartyIds(actor).includes(partyId), 'Party', 'create API keys for this organisation');
}
