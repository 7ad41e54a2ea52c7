import { type Actor, actsForOrganisation, authorize, isInfluencer, ownPartyIds, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { ApiKey } from '../domain/api-key';
import { requireSession } from '../domain/require-session';
import { ApiKeyRepository } from './api-key-repository';

/** The actor's own keys and, where a party is named, all keys bound to that party; newest first, without secrets. */
@Injectable()
export class ListApiKeys {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly apiKeys: ApiKeyRepository,
  ) {}

  async execute(query: { actor: Actor; partyId: string | null }): Promise<readonly ApiKey[]> {
    const actor = requireSession(query.actor);
    const { partyId } = query;
    if (partyId !== null) {
      const allowed = isInfluencer(actor, partyId) || actsForOrganisation(actor, partyId, 'owner');
      authorize(allowed, ownPartyIds(actor).includes(partyId), 'Party', 'see the API keys of this organisation');
    }
    return this.uow.read(actor, (tx) => this.apiKeys.list(tx, actor.userId, partyId));
  }
}
