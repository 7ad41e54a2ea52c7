import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import type { Notice, Told } from '../application/notification-store';

/** Facts of one kind about one object wait for one another: of two at once the second finds what the first has made. */
const LOCK = `select pg_advisory_xact_lock(hashtextextended($1, 0))`;

/**
 * Those of users $2 who have heard it already. Where it is to be shown earlier than it was, as a review whose other side has
 * written too, it comes forward.
 */
const ALREADY_TOLD = `
  with known as (select user_id, notification_id from notifications.heard where key = $1 and user_id = any ($2::uuid[])),
  forward as (
    update notifications.notifications n set shown_from = $3, last_at = $3
    from known where n.notification_id = known.notification_id and n.shown_from > $3
    returning n.notification_id),
  sooner as (
    update notifications.emails e set due_at = $4
    from forward where e.notification_id = forward.notification_id and e.state = 'pending')
  select user_id as "userId" from known`;

/** Counts it on what users $1 have not read of the same kind and object; answers who had that. */
const FOLD = `
  with folded as (
    update notifications.notifications set count = count + $4, last_at = greatest(last_at, $5), data = $6, actor_id = $7
    where user_id = any ($1::uuid[]) and kind = $2 and object_id = $3 and read_at is null
      and created_at > $8 and shown_from <= $5
    returning user_id, notification_id),
  heard as (
    insert into notifications.heard (user_id, key, notification_id)
    select user_id, $9, notification_id from folded
    on conflict (user_id, key) do nothing)
  select user_id as "userId" from folded`;

const ADD = `
  with told as (
    select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::boolean[], $7::boolean[])
      as told (notification_id, user_id, party_id, represented_id, staff_role, in_product, email)),
  added as (
    insert into notifications.notifications (notification_id, user_id, party_id, represented_id, staff_role, in_product,
      kind, object_id, actor_id, campaign_id, deal_id, data, count, shown_from, last_at, created_at)
    select notification_id, user_id, party_id, represented_id, staff_role, in_product,
      $8, $9::uuid, $10::uuid, $11::uuid, $12::uuid, $13::jsonb, $14::integer, $15::timestamptz, $15::timestamptz,
      $16::timestamptz
    from told),
  heard as (
    insert into notifications.heard (user_id, key, notification_id) select user_id, $17, notification_id from told)
  insert into notifications.emails (notification_id, due_at, created_at)
  select notification_id, $18::timestamptz, $16::timestamptz from told where email`;

/** Tells each user once for each key: what is new to them is folded into what is unread, or added with its e-mail. */
export async function tellOnce(tx: Transaction, notice: Notice, now: Date): Promise<void> {
  const { kind, objectId, key, from, emailDueAt } = notice;
  await managerOf(tx).query(LOCK, [`notifications ${kind} ${objectId}`]);
  const known = await usersFrom(tx, ALREADY_TOLD, [key, usersOf(notice.told), from, emailDueAt]);
  const fresh = notice.told.filter(({ userId }) => !known.has(userId));
  const folded = await fold(tx, notice, fresh, now);
  await add(
    tx,
    notice,
    fresh.filter(({ userId }) => !folded.has(userId)),
    now,
  );
}

async function fold(
  tx: Transaction,
  { kind, objectId, key, count, from, data, actorId, foldsAfter }: Notice,
  told: readonly Told[],
  now: Date,
): Promise<ReadonlySet<string>> {
  if (foldsAfter === null || from > now || told.length === 0) return new Set();
  return usersFrom(tx, FOLD, [usersOf(told), kind, objectId, count, from, data, actorId, foldsAfter, key]);
}

async function add(tx: Transaction, notice: Notice, told: readonly Told[], now: Date): Promise<void> {
  if (told.length === 0) return;
  const { kind, objectId, key, actorId, campaignId, dealId, data, count, from, emailDueAt } = notice;
  await managerOf(tx).query(ADD, [
    told.map(({ notificationId }) => notificationId),
    usersOf(told),
    told.map(({ partyId }) => partyId),
    told.map(({ representedId }) => representedId),
    told.map(({ staffRole }) => staffRole),
    told.map(({ inProduct }) => inProduct),
    told.map(({ email }) => email),
    kind,
    objectId,
    actorId,
    campaignId,
    dealId,
    data,
    count,
    from,
    now,
    key,
    emailDueAt,
  ]);
}

async function usersFrom(tx: Transaction, sql: string, values: readonly unknown[]): Promise<ReadonlySet<string>> {
  const rows = await managerOf(tx).query<{ userId: string }[]>(sql, [...values]);
  return new Set(rows.map(({ userId }) => userId));
}

function usersOf(told: readonly Told[]): readonly string[] {
  return told.map(({ userId }) => userId);
}
