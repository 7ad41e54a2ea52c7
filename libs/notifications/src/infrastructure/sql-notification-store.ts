import { cursorOf, isInstant, isUuid, type Page, pageOf, type PageRequest, type Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import {
  type ClaimedEmail,
  type EmailBacklog,
  type Notice,
  type Notification,
  NotificationStore,
} from '../application/notification-store';
import type { EmailDecision } from '../domain/email';
import { tellOnce } from './tell-once';

const NOTIFICATION = `
  select n.notification_id as "notificationId", n.user_id as "userId", n.party_id as "partyId",
         n.represented_id as "representedId", n.staff_role as "staffRole", n.kind, n.object_id as "objectId",
         n.actor_id as "actorId", n.campaign_id as "campaignId", n.deal_id as "dealId", n.data, n.count,
         n.last_at as "lastAt", n.read_at as "readAt", e.state as "emailState"
  from notifications.notifications n left join notifications.emails e using (notification_id)`;

/** Those of user $1 that are shown at $2. */
const SHOWN = 'n.user_id = $1 and n.in_product and n.shown_from <= $2';

const MARK = `update notifications.notifications n set read_at = $2 where ${SHOWN} and n.read_at is null`;

@Injectable()
export class SqlNotificationStore extends NotificationStore {
  override tell(tx: Transaction, notice: Notice, now: Date): Promise<void> {
    return tellOnce(tx, notice, now);
  }

  override async page(
    tx: Transaction,
    userId: string,
    { unreadOnly, page, now }: { readonly unreadOnly: boolean; readonly page: PageRequest; readonly now: Date },
  ): Promise<Page<Notification>> {
    const [after, afterId] = placeOf(page.after) ?? [null, null];
    const filter = `where ${SHOWN} and ($3::boolean is false or n.read_at is null)`;
    const rows = await managerOf(tx).query<Notification[]>(
      `${NOTIFICATION} ${filter} and ($4::timestamptz is null or (n.last_at, n.notification_id) < ($4::timestamptz, $5::uuid))
       order by n.last_at desc, n.notification_id desc limit $6`,
      [userId, now, unreadOnly, after, afterId, page.first + 1],
    );
    const [count] = await managerOf(tx).query<{ count: number }[]>(
      `select count(*)::integer as count from notifications.notifications n ${filter}`,
      [userId, now, unreadOnly],
    );
    return pageOf(rows, page, count?.count ?? 0, ({ lastAt, notificationId }) => [
      lastAt.toISOString(),
      notificationId,
    ]);
  }

  override async unread(tx: Transaction, userId: string, now: Date): Promise<number> {
    const [row] = await managerOf(tx).query<{ count: number }[]>(
      `select count(*)::integer as count from notifications.notifications n where ${SHOWN} and n.read_at is null`,
      [userId, now],
    );
    return row?.count ?? 0;
  }

  override async markRead(
    tx: Transaction,
    userId: string,
    notificationIds: readonly string[],
    now: Date,
  ): Promise<number> {
    const values = [userId, now, notificationIds];
    await managerOf(tx).query(`${MARK} and n.notification_id = any ($3::uuid[])`, values);
    const [row] = await managerOf(tx).query<{ count: number }[]>(
      `select count(*)::integer as count from notifications.notifications n
       where ${SHOWN} and n.notification_id = any ($3::uuid[])`,
      values,
    );
    return row?.count ?? 0;
  }

  override async markReadThrough(tx: Transaction, userId: string, cursor: string, now: Date): Promise<void> {
    const [at, id] = placeOf(cursor) ?? [];
    await managerOf(tx).query(`${MARK} and (n.last_at, n.notification_id) <= ($3::timestamptz, $4::uuid)`, [
      userId,
      now,
      at,
      id,
    ]);
  }

  override async emailsDue(tx: Transaction, now: Date, limit: number): Promise<readonly string[]> {
    const rows = await managerOf(tx).query<{ id: string }[]>(
      `select notification_id as id from notifications.emails
       where state = 'pending' and due_at <= $1 order by due_at limit $2`,
      [now, limit],
    );
    return rows.map(({ id }) => id);
  }

  override async claimEmail(
    tx: Transaction,
    notificationId: string,
    now: Date,
    until: Date,
  ): Promise<ClaimedEmail | undefined> {
    const [[claimed]] = await managerOf(tx).query<[{ attempts: number }[], number]>(
      `update notifications.emails set attempts = attempts + 1, due_at = $3
       where notification_id = $1 and state = 'pending' and due_at <= $2 returning attempts`,
      [notificationId, now, until],
    );
    if (!claimed) return undefined;
    const sql = `${NOTIFICATION} where n.notification_id = $1`;
    const [notification] = await managerOf(tx).query<Notification[]>(sql, [notificationId]);
    return notification && { notification, attempt: claimed.attempts };
  }

  override async concludeEmail(
    tx: Transaction,
    { notification, attempt }: ClaimedEmail,
    { state, dueAt, error }: EmailDecision,
    now: Date,
  ): Promise<void> {
    await managerOf(tx).query(
      `update notifications.emails
       set state = $3, due_at = $4, last_error = $5, decided_at = case when $3 <> 'pending' then $6::timestamptz end
       where notification_id = $1 and attempts = $2 and state = 'pending'`,
      [notification.notificationId, attempt, state, dueAt, error, now],
    );
  }

  override async emailBacklog(tx: Transaction, now: Date): Promise<EmailBacklog> {
    const [row] = await managerOf(tx).query<{ pending: number; failed: number; oldest: Date | null }[]>(
      `select (select count(*)::integer from notifications.emails where state = 'pending') as pending,
              (select count(*)::integer from notifications.emails where state = 'failed') as failed,
              (select min(due_at) from notifications.emails where state = 'pending' and due_at <= $1) as oldest`,
      [now],
    );
    return { pending: row?.pending ?? 0, failed: row?.failed ?? 0, oldestDueAt: row?.oldest ?? null };
  }

  override async emailedTo(tx: Transaction, userId: string): Promise<readonly string[]> {
    const rows = await managerOf(tx).query<{ id: string }[]>(
      `select notification_id as id from notifications.emails join notifications.notifications using (notification_id)
       where user_id = $1`,
      [userId],
    );
    return rows.map(({ id }) => id);
  }

  override async eraseOf(tx: Transaction, userId: string): Promise<void> {
    await managerOf(tx).query('select notifications.erase_told($1)', [userId]);
  }
}

/** Instant and id of the row at a cursor; null for none. */
function placeOf(after: string | null): readonly string[] | null {
  return cursorOf({ after }, [isInstant, isUuid]);
}
