import type { DealSummary } from '@evenhand/deals';
import { groupBy, type Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { type MessagePage, MessageStore, type NewMessage, type ReadableMessage } from '../application/message-store';
import type { Message } from '../domain/message';

/** A message of the page; one row without any where the deal has none there. */
interface PageRow extends Omit<ReadableMessage, 'id'> {
  readonly id: string | null;
  readonly conversationOf: string;
  readonly totalCount: number;
}

const COLUMNS = `message.message_id as id, message.deal_id as "dealId", message.number, message.author_id as "authorId",
  message.party_id as "partyId", message.text, message.written_at as "writtenAt"`;

const IS_SIDE = `(c.brand_id = any ((select access.party_ids())::uuid[])
  or c.influencer_id = any ((select access.party_ids() || access.represented_ids())::uuid[]))`;

/** Conversations with the read mark of user $1. */
const MARKED = `
  select c.deal_id, c.last_number, coalesce(mark.read_through, 0) as read_through, ${IS_SIDE} as is_side
  from messages.conversations c
  left join messages.read_marks mark on mark.deal_id = c.deal_id and mark.user_id = $1`;

const PAGES = `
  with marked as (${MARKED} where c.deal_id = any ($2::uuid[]))
  select ${COLUMNS}, marked.deal_id as "conversationOf", marked.last_number as "totalCount",
         marked.is_side and message.number > marked.read_through and message.author_id <> $1 as unread
  from marked left join lateral (
    select * from messages.messages m
    where m.deal_id = marked.deal_id and ($3::integer is null or m.number < $3)
    order by m.number desc limit $4
  ) message on true
  order by marked.deal_id, message.number desc`;

// The side is asked for again where row-level security has: in this form it finds an index.
const unread = (deals: string) => `
  with marked as (${MARKED} where ${deals} and ${IS_SIDE})
  select marked.deal_id as "dealId", count(*)::integer as count
  from marked join messages.messages m on m.deal_id = marked.deal_id and m.number > marked.read_through
  where marked.last_number > marked.read_through and m.author_id <> $1
  group by marked.deal_id`;
const UNREAD_OF_DEALS = unread('c.deal_id = any ($2::uuid[])');
const UNREAD_OF_ALL = unread('true');

@Injectable()
export class SqlMessageStore extends MessageStore {
  override async lockConversation(tx: Transaction, { id, brandId, influencerId }: DealSummary): Promise<number> {
    await managerOf(tx).query(
      `insert into messages.conversations (deal_id, brand_id, influencer_id) values ($1, $2, $3)
       on conflict (deal_id) do nothing`,
      [id, brandId, influencerId],
    );
    const [row] = await managerOf(tx).query<{ last: number }[]>(
      'select last_number as last from messages.conversations where deal_id = $1 for update',
      [id],
    );
    if (!row) throw new Error(`Deal ${id} has no conversation.`);
    return row.last;
  }

  override async findByKey(
    tx: Transaction,
    dealId: string,
    authorId: string,
    key: string,
  ): Promise<Message | undefined> {
    const [row] = await managerOf(tx).query<Message[]>(
      `select ${COLUMNS} from messages.messages message
       where message.deal_id = $1 and message.author_id = $2 and message.idempotency_key = $3`,
      [dealId, authorId, key],
    );
    return row;
  }

  override async add(tx: Transaction, message: NewMessage): Promise<void> {
    const { id, dealId, brandId, influencerId, number, authorId, partyId, text, idempotencyKey, writtenAt } = message;
    await managerOf(tx).query(
      `insert into messages.messages (message_id, deal_id, brand_id, influencer_id, number, author_id, party_id, text,
                                      idempotency_key, written_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [id, dealId, brandId, influencerId, number, authorId, partyId, text, idempotencyKey, writtenAt],
    );
    await managerOf(tx).query('update messages.conversations set last_number = $2 where deal_id = $1', [
      dealId,
      number,
    ]);
  }

  override async numberOf(tx: Transaction, dealId: string, messageId: string): Promise<number | undefined> {
    const [row] = await managerOf(tx).query<{ number: number }[]>(
      'select number from messages.messages where deal_id = $1 and message_id = $2',
      [dealId, messageId],
    );
    return row?.number;
  }

  override async markRead(tx: Transaction, dealId: string, userId: string, number: number): Promise<void> {
    await managerOf(tx).query(
      `insert into messages.read_marks as mark (deal_id, user_id, read_through) values ($1, $2, $3)
       on conflict (deal_id, user_id) do update set read_through = greatest(mark.read_through, excluded.read_through)`,
      [dealId, userId, number],
    );
  }

  override async pagesOf(
    tx: Transaction,
    userId: string,
    dealIds: readonly string[],
    limit: number,
    before: number | null,
  ): Promise<ReadonlyMap<string, MessagePage>> {
    const rows = await managerOf(tx).query<PageRow[]>(PAGES, [userId, dealIds, before, limit]);
    const byDeal = groupBy(rows, ({ conversationOf }) => conversationOf);
    return new Map([...byDeal].map(([dealId, ofDeal]) => [dealId, pageIn(ofDeal)]));
  }

  override async unreadOf(
    tx: Transaction,
    userId: string,
    dealIds: readonly string[] | null,
  ): Promise<ReadonlyMap<string, number>> {
    const [sql, values] = dealIds === null ? [UNREAD_OF_ALL, [userId]] : [UNREAD_OF_DEALS, [userId, dealIds]];
    const rows = await managerOf(tx).query<{ dealId: string; count: number }[]>(sql, [...values]);
    return new Map(rows.map(({ dealId, count }) => [dealId, count]));
  }
}

function pageIn(rows: readonly PageRow[]): MessagePage {
  const messages = rows.flatMap(({ conversationOf: _deal, totalCount: _ofDeal, id, ...message }) =>
    id === null ? [] : [{ ...message, id }],
  );
  return { messages, totalCount: rows[0]?.totalCount ?? 0 };
}
