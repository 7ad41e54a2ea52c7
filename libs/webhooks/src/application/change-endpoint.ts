import { type Actor, Clock, IdGenerator } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type Endpoint, OVERLAP_MS } from '../domain/endpoint';
import { checkWanted } from '../domain/event-types';
import { EndpointAccess } from './endpoint-access';
import { EndpointRepository } from './endpoint-repository';
import { MessageSender } from './message-sender';
import { MessageStore } from './message-store';
import type { EndpointWithSecret } from './register-endpoint';

export interface EndpointCommand {
  readonly actor: Actor;
  readonly endpointId: string;
}

/** What is null stays. */
export interface UpdateEndpointCommand extends EndpointCommand {
  readonly url: string | null;
  readonly description: string | null;
  readonly eventTypes: readonly string[] | null;
}

export interface RotateEndpointSecretCommand extends EndpointCommand {
  /** True where the secret before has leaked: it signs no more, instead of for another day. */
  readonly revokeOld: boolean;
}

/** Changes what an endpoint wants; what is pending goes to the new URL. Throws `NotFound`, `Forbidden`, `EndpointUrlRefused`, `UnknownEventType`. */
@Injectable()
export class UpdateEndpoint {
  constructor(
    private readonly access: EndpointAccess,
    private readonly endpoints: EndpointRepository,
    private readonly sender: MessageSender,
  ) {}

  async execute({ actor, endpointId, description, ...wanted }: UpdateEndpointCommand): Promise<Endpoint> {
    // Whose it is comes first: a stranger makes us look up no name.
    await this.access.change(actor, endpointId, async () => undefined);
    const eventTypes = wanted.eventTypes && checkWanted(wanted.eventTypes);
    const url = wanted.url === null ? null : await this.sender.checkUrl(wanted.url);
    return this.access.change(actor, endpointId, async (tx, endpoint) => {
      const changed: Endpoint = {
        ...endpoint,
        url: url ?? endpoint.url,
        description: description ?? endpoint.description,
        eventTypes: eventTypes ?? endpoint.eventTypes,
      };
      await this.endpoints.save(tx, changed);
      return changed;
    });
  }
}

/** Gives an endpoint a new secret; for a day messages are signed with the old one too. Throws `NotFound`, `Forbidden`. */
@Injectable()
export class RotateEndpointSecret {
  constructor(
    private readonly access: EndpointAccess,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
    private readonly endpoints: EndpointRepository,
    private readonly sender: MessageSender,
  ) {}

  execute({ actor, endpointId, revokeOld }: RotateEndpointSecretCommand): Promise<EndpointWithSecret> {
    return this.access.change(actor, endpointId, async (tx, endpoint) => {
      const secret = this.sender.newSecret();
      const createdAt = this.clock.now();
      const othersUntil = new Date(createdAt.getTime() + (revokeOld ? 0 : OVERLAP_MS));
      await this.endpoints.addSecret(tx, endpointId, { secretId: this.ids.next(), secret, createdAt, othersUntil });
      return { endpoint, secret };
    });
  }
}

/** Sends an endpoint nothing more; what is pending fails, and may be replayed later. Throws `NotFound`, `Forbidden`. */
@Injectable()
export class DisableEndpoint {
  constructor(
    private readonly access: EndpointAccess,
    private readonly clock: Clock,
    private readonly endpoints: EndpointRepository,
    private readonly messages: MessageStore,
  ) {}

  execute({ actor, endpointId }: EndpointCommand): Promise<Endpoint> {
    return this.access.change(actor, endpointId, async (tx, endpoint) => {
      if (endpoint.state === 'disabled') return endpoint;
      const stateSince = this.clock.now();
      const disabled: Endpoint = { ...endpoint, state: 'disabled', stateReason: 'by_member', stateSince };
      await this.endpoints.save(tx, disabled);
      await this.messages.failPending(tx, endpointId, 'endpoint_disabled', stateSince);
      return disabled;
    });
  }
}

/** Tells an endpoint of events again, from now on. Throws `NotFound`, `Forbidden`. */
@Injectable()
export class EnableEndpoint {
  constructor(
    private readonly access: EndpointAccess,
    private readonly clock: Clock,
    private readonly endpoints: EndpointRepository,
  ) {}

  execute({ actor, endpointId }: EndpointCommand): Promise<Endpoint> {
    return this.access.change(actor, endpointId, async (tx, endpoint) => {
      if (endpoint.state === 'enabled') return endpoint;
      const stateSince = this.clock.now();
      const enabled: Endpoint = { ...endpoint, state: 'enabled', stateReason: null, stateSince, failingSince: null };
      await this.endpoints.save(tx, enabled);
      return enabled;
    });
  }
}

/** Removes an endpoint with its secrets and what is pending. Throws `NotFound`, `Forbidden`. */
@Injectable()
export class DeleteEndpoint {
  constructor(
    private readonly access: EndpointAccess,
    private readonly clock: Clock,
    private readonly endpoints: EndpointRepository,
    private readonly messages: MessageStore,
  ) {}

  execute({ actor, endpointId }: EndpointCommand): Promise<{ readonly endpointId: string }> {
    return this.access.change(actor, endpointId, async (tx, endpoint) => {
      const stateSince = this.clock.now();
      await this.endpoints.save(tx, { ...endpoint, state: 'deleted', stateReason: null, stateSince });
      await this.endpoints.dropSecrets(tx, endpointId);
      await this.messages.failPending(tx, endpointId, 'endpoint_deleted', stateSince);
      return { endpointId };
    });
  }
}
