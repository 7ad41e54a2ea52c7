import { DealDirectory } from '@evenhand/deals';
import { type Actor, authorize, NotFound, requirePerson, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { isSideOf } from './conversation-access';
import { MessageStore } from './message-store';

export interface MarkMessagesReadCommand {
  readonly actor: Actor;
  readonly dealId: string;
  /** This message and all before it. */
  readonly throughMessageId: string;
}

export interface MessagesRead {
  readonly dealId: string;
  /** Those that are left. */
  readonly unread: number;
}

/**
 * Somebody of either side has read the messages of a deal through one of them. Their mark moves forward only: an earlier
 * message than the one it stands at changes nothing. Throws NotFound, Forbidden.
 */
@Injectable()
export class MarkMessagesRead {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealDirectory,
    private readonly store: MessageStore,
  ) {}

  async execute({ actor, dealId, throughMessageId }: MarkMessagesReadCommand): Promise<MessagesRead> {
    const person = requirePerson(actor);
    return this.uow.run(person, async (tx) => {
      const deal = (await this.deals.summariesOf(tx, [dealId])).get(dealId);
      if (!deal) throw new NotFound('Deal');
      authorize(isSideOf(person, deal), true, 'Deal', 'keep a read mark in its conversation');
      const number = await this.store.numberOf(tx, dealId, throughMessageId);
      if (number === undefined) throw new NotFound('Message');
      await this.store.markRead(tx, dealId, person.userId, number);
      const unread = await this.store.unreadOf(tx, person.userId, [dealId]);
      return { dealId, unread: unread.get(dealId) ?? 0 };
    });
  }
}
