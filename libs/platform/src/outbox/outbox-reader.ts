import type { RecordedEvent, Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { managerOf } from '../database/typeorm-transaction';

interface OutboxRow {
  readonly event_id: string;
  readonly type: string;
  readonly subject_id: string;
  readonly payload: Record<string, unknown>;
  readonly recorded_at: Date;
}

/** What the relay and the dispatcher need of the outbox table; works with the system's rights. */
@Injectable()
export class OutboxReader {
  /**
   * Takes up to `limit` events that were never relayed, or were relayed before `staleBefore` without being completed
   * (their job was lost), and marks them as relayed now. Concurrent relays get different events.
   */
  async takeOpen(tx: Transaction, limit: number, staleBefore: Date): Promise<readonly RecordedEvent[]> {
    const [rows]: [OutboxRow[], number] = await managerOf(tx).query(
      `update platform.outbox set relayed_at = now()
       where event_id in (
         select event_id from platform.outbox
         where completed_at is null and (relayed_at is null or relayed_at < $2)
         order by event_id limit $1 for update skip locked)
       returning event_id, type, subject_id, payload, recorded_at`,
      [limit, staleBefore],
    );
    return rows.map(toEvent);
  }

  async find(tx: Transaction, eventId: string): Promise<RecordedEvent | null> {
    const rows: OutboxRow[] = await managerOf(tx).query(
      `select event_id, type, subject_id, payload, recorded_at from platform.outbox
       where event_id = $1 and completed_at is null`,
      [eventId],
    );
    return rows[0] === undefined ? null : toEvent(rows[0]);
  }

  /** The handlers that already had this event. */
  async deliveredTo(tx: Transaction, eventId: string): Promise<ReadonlySet<string>> {
    const rows: { handler: string }[] = await managerOf(tx).query(
      'select handler from platform.outbox_deliveries where event_id = $1',
      [eventId],
    );
    return new Set(rows.map((row) => row.handler));
  }

  async recordDelivery(tx: Transaction, eventId: string, handler: string): Promise<void> {
    await managerOf(tx).query(
      'insert into platform.outbox_deliveries (event_id, handler) values ($1, $2) on conflict do nothing',
      [eventId, handler],
    );
  }

  async complete(tx: Transaction, eventIds: readonly string[]): Promise<void> {
    await managerOf(tx).query('update platform.outbox set completed_at = now() where event_id = any($1)', [eventIds]);
  }

  /** Events not yet completed, and the age of the oldest in seconds. */
  async backlog(tx: Transaction): Promise<{ readonly open: number; readonly oldestSeconds: number }> {
    const rows: { open: string; oldest_seconds: string | null }[] = await managerOf(tx).query(
      `select count(*) as open, extract(epoch from now() - min(recorded_at)) as oldest_seconds
       from platform.outbox where completed_at is null`,
    );
    return { open: Number(rows[0]?.open ?? 0), oldestSeconds: Number(rows[0]?.oldest_seconds ?? 0) };
  }
}

function toEvent(row: OutboxRow): RecordedEvent {
  return {
    eventId: row.event_id,
    type: row.type,
    subjectId: row.subject_id,
    payload: row.payload,
    recordedAt: row.recorded_at,
  };
}
