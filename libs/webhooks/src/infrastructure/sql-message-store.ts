import { decodeCursor, type Page, pageOf, type PageRequest, type Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import {
  type AttemptView,
  type ClaimedMessage,
  type MessageBacklog,
  MessageStore,
  type MessageView,
  type NewMessage,
} from '../application/message-store';
import type { AttemptError, AttemptOutcome } from '../domain/attempt';
import { TEST_EVENT_TYPE } from '../domain/event-types';
import type { FailureReason, MessageDecision, MessageState } from '../domain/message';

type MessageRow = Omit<MessageView, 'attempts'>;
type AttemptRow = AttemptView & { readonly messageId: string };
const INTERRUPTED: AttemptError = 'interrupted';

const MESSAGE = `
  select message_id as "messageId", endpoint_id as "endpointId", type, body, state, reason,
         case state when 'pending' then due_at end as "nextAttemptAt", created_at as "createdAt", decided_at as "decidedAt"
  from webhooks.messages`;

const CLAIM = `
  update webhooks.messages m set attempts = m.attempts + 1, due_at = $3
  from webhooks.endpoints e
  where e.endpoint_id = m.endpoint_id and e.state = 'enabled' and m.message_id = (
    select message_id from webhooks.messages
    where endpoint_id = $1 and state = 'pending' and due_at <= $2
    order by due_at, message_id limit 1 for update skip locked)
  returning m.message_id as "messageId", m.endpoint_id as "endpointId", m.party_id as "partyId",
    m.represented_id as "representedId", m.body, e.url, m.attempts as attempt, m.failures,
    e.failing_since as "failingSince"`;

@Injectable()
export class SqlMessageStore extends MessageStore {
  override async add(tx: Transaction, messages: readonly NewMessage[]): Promise<void> {
    await managerOf(tx).query(
      `insert into webhooks.messages
         (message_id, endpoint_id, party_id, event_id, place, type, represented_id, body, created_at, due_at)
       select message_id, endpoint_id, party_id, event_id, place, type, represented_id, body, created_at, created_at
       from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::integer[], $6::text[], $7::uuid[], $8::text[],
                   $9::timestamptz[])
         as message (message_id, endpoint_id, party_id, event_id, place, type, represented_id, body, created_at)
       on conflict (event_id, endpoint_id, place) do nothing`,
      [
        messages.map(({ messageId }) => messageId),
        messages.map(({ endpointId }) => endpointId),
        messages.map(({ partyId }) => partyId),
        messages.map(({ eventId }) => eventId),
        messages.map(({ place }) => place),
        messages.map(({ type }) => type),
        messages.map(({ representedId }) => representedId),
        messages.map(({ body }) => body),
        messages.map(({ createdAt }) => createdAt),
      ],
    );
  }

  override async endpointsWithDue(tx: Transaction, now: Date, limit: number): Promise<readonly string[]> {
    const rows = await managerOf(tx).query<{ endpoint_id: string }[]>(
      `select e.endpoint_id from webhooks.endpoints e
       cross join lateral (select m.due_at from webhooks.messages m
                           where m.endpoint_id = e.endpoint_id and m.state = 'pending' and m.due_at <= $1
                           order by m.due_at limit 1) due
       where e.state = 'enabled' order by due.due_at limit $2`,
      [now, limit],
    );
    return rows.map((row) => row.endpoint_id);
  }

  override async claim(
    tx: Transaction,
    endpointId: string,
    now: Date,
    until: Date,
  ): Promise<ClaimedMessage | undefined> {
    const [[message]] = await managerOf(tx).query<[ClaimedMessage[], number]>(CLAIM, [endpointId, now, until]);
    if (!message) return undefined;
    await managerOf(tx).query(
      `update webhooks.attempts set error = $2, duration_ms = 0 where message_id = $1 and duration_ms is null`,
      [message.messageId, INTERRUPTED],
    );
    await managerOf(tx).query('insert into webhooks.attempts (message_id, number, started_at) values ($1, $2, $3)', [
      message.messageId,
      message.attempt,
      now,
    ]);
    return message;
  }

  override async conclude(
    tx: Transaction,
    { messageId, attempt }: ClaimedMessage,
    { durationMs, status, error, excerpt }: AttemptOutcome,
    { state, failures, dueAt, reason }: MessageDecision,
    now: Date,
  ): Promise<void> {
    await managerOf(tx).query(
      `update webhooks.attempts set duration_ms = $3, status = $4, error = $5, response_excerpt = $6
       where message_id = $1 and number = $2`,
      [messageId, attempt, durationMs, status, error, excerpt],
    );
    // What arrived has arrived, though the endpoint was disabled in between.
    await managerOf(tx).query(
      `update webhooks.messages
       set state = $3, failures = $4, due_at = $5, reason = $6,
           decided_at = case when $3 <> 'pending' then $7::timestamptz end
       where message_id = $1 and attempts = $2 and (state = 'pending' or $3 = 'delivered')`,
      [messageId, attempt, state, failures, dueAt, reason, now],
    );
  }

  override async failPending(tx: Transaction, endpointId: string, reason: FailureReason, now: Date): Promise<void> {
    await managerOf(tx).query(
      `update webhooks.messages set state = 'failed', reason = $2, decided_at = $3
       where endpoint_id = $1 and state = 'pending'`,
      [endpointId, reason, now],
    );
  }

  override async page(
    tx: Transaction,
    endpointId: string,
    state: MessageState | null,
    page: PageRequest,
  ): Promise<Page<MessageView>> {
    const [after, afterId] = page.after === null ? [null, null] : decodeCursor(page.after, 2);
    const filter = 'where endpoint_id = $1 and ($2::text is null or state = $2)';
    const rows = await managerOf(tx).query<MessageRow[]>(
      `${MESSAGE} ${filter} and ($3::timestamptz is null or (created_at, message_id) < ($3::timestamptz, $4::uuid))
       order by created_at desc, message_id desc limit $5`,
      [endpointId, state, after, afterId, page.first + 1],
    );
    const [count] = await managerOf(tx).query<{ count: number }[]>(
      `select count(*)::integer as count from webhooks.messages ${filter}`,
      [endpointId, state],
    );
    return pageOf(await withAttempts(tx, rows), page, count?.count ?? 0, ({ createdAt, messageId }) => [
      createdAt.toISOString(),
      messageId,
    ]);
  }

  override async find(
    tx: Transaction,
    endpointId: string,
    messageIds: readonly string[],
  ): Promise<readonly MessageView[]> {
    const sql = `${MESSAGE} where endpoint_id = $1 and message_id = any ($2::uuid[])`;
    return withAttempts(tx, await managerOf(tx).query<MessageRow[]>(sql, [endpointId, messageIds]));
  }

  override async pendingTest(tx: Transaction, endpointId: string): Promise<string | undefined> {
    const [row] = await managerOf(tx).query<{ id: string }[]>(
      `select message_id as id from webhooks.messages
       where endpoint_id = $1 and state = 'pending' and event_id is null and type = $2 limit 1`,
      [endpointId, TEST_EVENT_TYPE],
    );
    return row?.id;
  }

  override async failedSince(
    tx: Transaction,
    endpointId: string,
    since: Date,
    limit: number,
  ): Promise<readonly string[]> {
    const rows = await managerOf(tx).query<{ id: string }[]>(
      `select message_id as id from webhooks.messages
       where endpoint_id = $1 and state = 'failed' and created_at >= $2 and body is not null
       order by created_at, message_id limit $3`,
      [endpointId, since, limit],
    );
    return rows.map(({ id }) => id);
  }

  override async replay(
    tx: Transaction,
    endpointId: string,
    messageIds: readonly string[],
    now: Date,
  ): Promise<number> {
    const [, count] = await managerOf(tx).query<[unknown, number]>(
      `update webhooks.messages set state = 'pending', failures = 0, due_at = $3, reason = null, decided_at = null
       where endpoint_id = $1 and message_id = any ($2::uuid[]) and state <> 'pending' and body is not null`,
      [endpointId, messageIds, now],
    );
    return count;
  }

  override async forget(tx: Transaction, before: Date, limit: number): Promise<number> {
    const [rows] = await managerOf(tx).query<[{ message_id: string }[], number]>(
      `update webhooks.messages set body = null where message_id in (
         select message_id from webhooks.messages
         where body is not null and state <> 'pending' and decided_at < $1 order by decided_at limit $2
         for update skip locked)
       returning message_id`,
      [before, limit],
    );
    const ids = rows.map((row) => row.message_id);
    await managerOf(tx).query(
      `update webhooks.attempts set response_excerpt = null
       where message_id = any ($1::uuid[]) and response_excerpt is not null`,
      [ids],
    );
    return ids.length;
  }

  override async backlog(tx: Transaction, now: Date): Promise<MessageBacklog> {
    const [row] = await managerOf(tx).query<{ pending: number; oldest: Date | null; failed: number }[]>(
      `select (select count(*)::integer from webhooks.messages where state = 'pending') as pending,
              (select min(due_at) from webhooks.messages where state = 'pending' and due_at <= $1) as oldest,
              (select count(*)::integer from webhooks.messages where state = 'failed') as failed`,
      [now],
    );
    return { pending: row?.pending ?? 0, failed: row?.failed ?? 0, oldestDueAt: row?.oldest ?? null };
  }
}

/** The messages with their attempts, read at once. */
async function withAttempts(tx: Transaction, rows: readonly MessageRow[]): Promise<readonly MessageView[]> {
  const attempts = await managerOf(tx).query<AttemptRow[]>(
    `select message_id as "messageId", number, started_at as "startedAt", duration_ms as "durationMs", status, error,
            response_excerpt as excerpt
     from webhooks.attempts where message_id = any ($1::uuid[]) order by number desc`,
    [rows.map((row) => row.messageId)],
  );
  return rows.map((row) => ({ ...row, attempts: attempts.filter(({ messageId }) => messageId === row.messageId) }));
}
