import { type Actor, type Page, type PageRequest, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { Endpoint } from '../domain/endpoint';
import type { MessageState } from '../domain/message';
import { authorizeReading, EndpointAccess } from './endpoint-access';
import { EndpointRepository } from './endpoint-repository';
import { MessageStore, type MessageView } from './message-store';

export interface ListMessagesQuery {
  readonly actor: Actor;
  readonly endpointId: string;
  /** Null for all. */
  readonly state: MessageState | null;
  readonly page: PageRequest;
}

/** The endpoints of a party, oldest first. Throws `NotFound`. */
@Injectable()
export class ListEndpoints {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly endpoints: EndpointRepository,
  ) {}

  async execute(query: { readonly actor: Actor; readonly partyId: string }): Promise<readonly Endpoint[]> {
    authorizeReading(query.actor, query.partyId);
    return this.uow.read(query.actor, (tx) => this.endpoints.listByParty(tx, query.partyId));
  }
}

/** The log of an endpoint, newest message first, each with its attempts. Throws `NotFound`. */
@Injectable()
export class ListMessages {
  constructor(
    private readonly access: EndpointAccess,
    private readonly messages: MessageStore,
  ) {}

  async execute({ actor, endpointId, state, page }: ListMessagesQuery): Promise<Page<MessageView>> {
    return this.access.read(actor, endpointId, (tx) => this.messages.page(tx, endpointId, state, page));
  }
}
