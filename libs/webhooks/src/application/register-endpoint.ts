import { type Actor, Clock, IdGenerator, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type Endpoint, MAX_ENDPOINTS } from '../domain/endpoint';
import { TooManyEndpoints } from '../domain/errors';
import { checkWanted } from '../domain/event-types';
import { authorizeManaging } from './endpoint-access';
import { EndpointRepository } from './endpoint-repository';
import { MessageSender } from './message-sender';

export interface RegisterEndpointCommand {
  readonly actor: Actor;
  readonly partyId: string;
  readonly url: string;
  readonly description: string;
  /** Types, `deal.*` or `*`. */
  readonly eventTypes: readonly string[];
}

/** The secret is told this once. */
export interface EndpointWithSecret {
  readonly endpoint: Endpoint;
  readonly secret: string;
}

/**
 * Registers where a party wants to be told of events from now on. Throws `NotFound`, `Forbidden`, `EndpointUrlRefused`,
 * `UnknownEventType`, `TooManyEndpoints`.
 */
@Injectable()
export class RegisterEndpoint {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
    private readonly endpoints: EndpointRepository,
    private readonly sender: MessageSender,
  ) {}

  async execute({ actor, partyId, description, ...wanted }: RegisterEndpointCommand): Promise<EndpointWithSecret> {
    authorizeManaging(actor, partyId);
    const eventTypes = checkWanted(wanted.eventTypes);
    const url = await this.sender.checkUrl(wanted.url);
    const createdAt = this.clock.now();
    const endpoint: Endpoint = {
      endpointId: this.ids.next(),
      partyId,
      url,
      description,
      eventTypes,
      state: 'enabled',
      stateReason: null,
      stateSince: createdAt,
      failingSince: null,
      createdAt,
    };
    const secret = this.sender.newSecret();
    return this.uow.run(actor, (tx) =>
      this.uow.asSystem(tx, async () => {
        if ((await this.endpoints.countLocked(tx, partyId)) >= MAX_ENDPOINTS) throw new TooManyEndpoints(MAX_ENDPOINTS);
        await this.endpoints.add(tx, endpoint);
        const secretId = this.ids.next();
        await this.endpoints.addSecret(tx, endpoint.endpointId, {
          secretId,
          secret,
          createdAt,
          othersUntil: createdAt,
        });
        return { endpoint, secret };
      }),
    );
  }
}
