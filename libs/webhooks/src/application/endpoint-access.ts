import { requireSession } from '@evenhand/identity';
import {
  type Actor,
  actsForOrganisation,
  authorize,
  hasStaffRole,
  isInfluencer,
  NotFound,
  ownPartyIds,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { Endpoint } from '../domain/endpoint';
import { EndpointRepository } from './endpoint-repository';

/** What an endpoint is called where it is not found. */
const ENDPOINT = 'Webhook endpoint';

/** The influencer herself and managers of an organisation, signed in: an endpoint hands out what they may read. */
export function authorizeManaging(actor: Actor, partyId: string, what = 'Party'): void {
  const person = requireSession(actor);
  const allowed = actsForOrganisation(person, partyId, 'manager') || isInfluencer(person, partyId);
  authorize(allowed, mayRead(person, partyId), what, 'manage the webhooks of this party');
}

/** Members, and operators who help them, signed in. */
export function authorizeReading(actor: Actor, partyId: string, what = 'Party'): void {
  authorize(mayRead(requireSession(actor), partyId), false, what, 'see the webhooks of this party');
}

function mayRead(actor: Actor, partyId: string): boolean {
  return ownPartyIds(actor).includes(partyId) || hasStaffRole(actor, 'operator');
}

/** What may be done with an endpoint that is there. Throws `NotFound`, `Forbidden`. */
@Injectable()
export class EndpointAccess {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly endpoints: EndpointRepository,
  ) {}

  /** Runs `change` with the system's rights, the endpoint locked. */
  async change<T>(
    actor: Actor,
    endpointId: string,
    change: (tx: Transaction, endpoint: Endpoint) => Promise<T>,
  ): Promise<T> {
    requireSession(actor);
    return this.uow.run(actor, (tx) =>
      this.uow.asSystem(tx, async () => {
        const endpoint = await this.endpoints.lock(tx, endpointId);
        if (!endpoint) throw new NotFound(ENDPOINT);
        authorizeManaging(actor, endpoint.partyId, ENDPOINT);
        return change(tx, endpoint);
      }),
    );
  }

  /** Runs `look` with the actor's rights. */
  async read<T>(
    actor: Actor,
    endpointId: string,
    look: (tx: Transaction, endpoint: Endpoint) => Promise<T>,
  ): Promise<T> {
    requireSession(actor);
    return this.uow.read(actor, async (tx) => {
      const endpoint = await this.endpoints.find(tx, endpointId);
      if (!endpoint) throw new NotFound(ENDPOINT);
      authorizeReading(actor, endpoint.partyId, ENDPOINT);
      return look(tx, endpoint);
    });
  }
}
