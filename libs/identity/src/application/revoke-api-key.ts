import { type Actor, actsForOrganisation, authorize, Clock, NotFound, Outbox, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { ApiKey } from '../domain/api-key';
import { requireSession } from '../domain/require-session';
import { ApiKeyRepository } from './api-key-repository';

/** By the key's creator, or by an owner of the organisation the key is bound to. Revoking twice changes nothing. */
@Injectable()
export class RevokeApiKey {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly apiKeys: ApiKeyRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(command: { actor: Actor; apiKeyId: string }): Promise<ApiKey> {
    const actor = requireSession(command.actor);
    return this.uow.run(actor, async (tx) => {
      const key = await this.apiKeys.find(tx, command.apiKeyId);
      if (key === null) throw new NotFound('API key');
      const owner = key.partyId !== null && actsForOrganisation(actor, key.partyId, 'owner');
      authorize(key.createdBy === actor.userId || owner, true, 'API key', 'revoke this API key');
      if (key.revokedAt !== null) return key;
      const revokedAt = this.clock.now();
      await this.apiKeys.revoke(tx, key.id, revokedAt);
      await this.outbox.append(tx, [
        { type: 'identity.api_key_revoked', subjectId: key.id, payload: { by: actor.userId } },
      ]);
      return { ...key, revokedAt };
    });
  }
}
