import type { DealSummary } from '@evenhand/deals';
import type { Transaction } from '@evenhand/kernel';
import type { Message } from '../domain/message';

export interface NewMessage extends Message {
  readonly brandId: string;
  readonly influencerId: string;
  readonly idempotencyKey: string;
}

export interface ReadableMessage extends Message {
  /** By somebody else, of the reader's own deals, and after their read mark. */
  readonly unread: boolean;
}

/** Some messages of one deal, newest first, of `totalCount` that there are. */
export interface MessagePage {
  readonly messages: readonly ReadableMessage[];
  readonly totalCount: number;
}

/** Conversations with their messages and read marks, with the rights of the transaction's actor. */
export abstract class MessageStore {
  /** The number of the deal's latest message, 0 where there is none. Until the transaction ends nobody else writes there. */
  abstract lockConversation(tx: Transaction, deal: DealSummary): Promise<number>;

  /** What the author has written in the deal under this idempotency key. */
  abstract findByKey(tx: Transaction, dealId: string, authorId: string, key: string): Promise<Message | undefined>;

  /** The conversation has to be locked, and `number` the next one. */
  abstract add(tx: Transaction, message: NewMessage): Promise<void>;

  /** The number of the deal's message; undefined for one that is not there, or not for the actor to see. */
  abstract numberOf(tx: Transaction, dealId: string, messageId: string): Promise<number | undefined>;

  /** The user has read the deal's messages through `number`, or further if they had before. */
  abstract markRead(tx: Transaction, dealId: string, userId: string, number: number): Promise<void>;

  /** Of each deal up to `limit` messages with numbers below `before` (null: the newest); deals without any are left out. */
  abstract pagesOf(
    tx: Transaction,
    userId: string,
    dealIds: readonly string[],
    limit: number,
    before: number | null,
  ): Promise<ReadonlyMap<string, MessagePage>>;

  /** Unread messages of each of these deals, or of all the user is a side of (null); deals without any are left out. */
  abstract unreadOf(
    tx: Transaction,
    userId: string,
    dealIds: readonly string[] | null,
  ): Promise<ReadonlyMap<string, number>>;
}
