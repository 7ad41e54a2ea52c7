import { type Actor, Clock, NotFound } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { EndpointDisabled, MessageForgotten } from '../domain/errors';
import { REMEMBERED_DAYS } from '../domain/message';
import { EndpointAccess } from './endpoint-access';
import { MessageStore } from './message-store';

export interface ReplayMessagesCommand {
  readonly actor: Actor;
  readonly endpointId: string;
  readonly messageIds: readonly string[];
}

export interface ReplayFailedMessagesCommand {
  readonly actor: Actor;
  readonly endpointId: string;
  /** Of those made at or after it. */
  readonly since: Date;
}

export interface ReplayedMessages {
  /** How many are sent again; those that were pending anyway do not count. */
  readonly replayed: number;
}

/** No call replays more; what is left is replayed by the next one. */
const MOST = 10_000;

/**
 * Sends messages again, with the same ids and bytes; asked twice it sends once. Throws `NotFound`, `Forbidden`,
 * `EndpointDisabled`, `MessageForgotten`.
 */
@Injectable()
export class ReplayMessages {
  constructor(
    private readonly access: EndpointAccess,
    private readonly clock: Clock,
    private readonly messages: MessageStore,
  ) {}

  async execute({ actor, endpointId, messageIds }: ReplayMessagesCommand): Promise<ReplayedMessages> {
    // With the actor's rights: an agency sends nothing of whom it represents no more.
    const found = await this.access.read(actor, endpointId, (tx) => this.messages.find(tx, endpointId, messageIds));
    const known = new Map(found.map((message) => [message.messageId, message]));
    return this.access.change(actor, endpointId, async (tx, endpoint) => {
      if (!messageIds.every((id) => known.has(id))) throw new NotFound('Webhook message');
      if (endpoint.state !== 'enabled') throw new EndpointDisabled();
      if (found.some(({ body }) => body === null)) throw new MessageForgotten(REMEMBERED_DAYS);
      return { replayed: await this.messages.replay(tx, endpointId, messageIds, this.clock.now()) };
    });
  }
}

/** Sends again what failed since an instant, 10,000 messages at most. Throws `NotFound`, `Forbidden`, `EndpointDisabled`. */
@Injectable()
export class ReplayFailedMessages {
  constructor(
    private readonly access: EndpointAccess,
    private readonly clock: Clock,
    private readonly messages: MessageStore,
  ) {}

  async execute({ actor, endpointId, since }: ReplayFailedMessagesCommand): Promise<ReplayedMessages> {
    const ids = await this.access.read(actor, endpointId, (tx) =>
      this.messages.failedSince(tx, endpointId, since, MOST),
    );
    return this.access.change(actor, endpointId, async (tx, endpoint) => {
      if (endpoint.state !== 'enabled') throw new EndpointDisabled();
      return { replayed: await this.messages.replay(tx, endpointId, ids, this.clock.now()) };
    });
  }
}
