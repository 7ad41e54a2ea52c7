import { DealDirectory, type DealSummary } from '@evenhand/deals';
import { UserProfiles } from '@evenhand/identity';
import {
  type Actor,
  Clock,
  IdempotencyConflict,
  IdGenerator,
  NotFound,
  Outbox,
  type PersonActor,
  requirePerson,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { PartyDirectory, PLATFORM_PARTY_ID } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import { DealNotDisputed } from '../domain/errors';
import { type Message, parseMessageText } from '../domain/message';
import { writingPartyOf } from './conversation-access';
import { MessageStore } from './message-store';
import { type MessageView, viewsOf } from './message-view';

export interface SendMessageCommand {
  readonly actor: Actor;
  readonly dealId: string;
  /** For whom the actor writes; null where there is one party only for whom they may. */
  readonly partyId: string | null;
  readonly text: string;
  /** The author's own within the deal. */
  readonly idempotencyKey: string;
}

type Written = Pick<SendMessageCommand, 'text' | 'idempotencyKey'> & { readonly partyId: string };

/**
 * Somebody who may act in a deal, in whatever state it is, writes to all who see its conversation; an operator while it is
 * disputed. The same key with the same text has the message that was sent first.
 * Throws NotFound, Forbidden, InvalidInput, IdempotencyConflict, DealNotDisputed.
 */
@Injectable()
export class SendMessage {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealDirectory,
    private readonly store: MessageStore,
    private readonly users: UserProfiles,
    private readonly parties: PartyDirectory,
    private readonly outbox: Outbox,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  async execute(command: SendMessageCommand): Promise<MessageView> {
    const { dealId, idempotencyKey } = command;
    const person = requirePerson(command.actor);
    const text = parseMessageText(command.text);
    return this.uow.run(person, async (tx) => {
      const deal = (await this.deals.summariesOf(tx, [dealId])).get(dealId);
      if (!deal) throw new NotFound('Deal');
      const partyId = writingPartyOf(person, deal, command.partyId);
      const message = await this.once(tx, person, deal, { text, partyId, idempotencyKey });
      const [view] = await viewsOf(tx, { users: this.users, parties: this.parties }, person.userId, [
        { ...message, unread: false },
      ]);
      if (!view) throw new Error('A message that was sent has no view.');
      return view;
    });
  }

  private async once(tx: Transaction, person: PersonActor, deal: DealSummary, written: Written): Promise<Message> {
    const { text, partyId, idempotencyKey } = written;
    const last = await this.store.lockConversation(tx, deal);
    const known = await this.store.findByKey(tx, deal.id, person.userId, idempotencyKey);
    if (known?.text === text && known.partyId === partyId) return known;
    if (known) throw new IdempotencyConflict(idempotencyKey);
    if (partyId === PLATFORM_PARTY_ID && deal.state !== 'disputed') throw new DealNotDisputed(deal.state);
    const { id: dealId, brandId, influencerId } = deal;
    const message = {
      id: this.ids.next(),
      dealId,
      number: last + 1,
      authorId: person.userId,
      partyId,
      text,
      writtenAt: this.clock.now(),
    };
    await this.store.add(tx, { ...message, brandId, influencerId, idempotencyKey });
    await this.announce(tx, deal, message);
    return message;
  }

  /** Without the text: what was said stays in the conversation. */
  private announce(tx: Transaction, { brandId, influencerId }: DealSummary, message: Message): Promise<void> {
    const { id: messageId, dealId, number, authorId, partyId, writtenAt } = message;
    const sides = { brandId, influencerId };
    const payload = { dealId, messageId, number, authorId, partyId, ...sides, occurredAt: writtenAt.toISOString() };
    return this.outbox.append(tx, [{ type: 'messages.message_sent', subjectId: dealId, payload }]);
  }
}
