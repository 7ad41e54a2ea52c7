import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people are told, where they want to be told, and the e-mails that tell them. */
export class Notifications1764000046000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(VISIBILITY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema notifications cascade');
  }
}

const TABLES = `
  create schema notifications;
  grant usage on schema notifications to evenhand_app;

  create table notifications.notifications (
    notification_id uuid primary key,
    user_id uuid not null references identity.users,
    -- As whom they were told: a member of a party, for an influencer whom it represents, or staff.
    party_id uuid references parties.parties,
    represented_id uuid references parties.parties,
    staff_role text check (staff_role in ('finance_preparer', 'finance_approver', 'operator')),
    kind text not null check (kind ~ '^[a-z_]{1,60}$'),
    object_id uuid not null,
    actor_id uuid,
    campaign_id uuid,
    deal_id uuid,
    -- Ids and amounts that its text speaks of; names are looked up when it is read.
    data jsonb not null check (jsonb_typeof(data) = 'object'),
    count integer not null check (count > 0),
    -- False where it was wanted by e-mail alone.
    in_product boolean not null,
    -- Later than its making for a review that is still blind.
    shown_from timestamptz(3) not null,
    last_at timestamptz(3) not null,
    read_at timestamptz(3),
    created_at timestamptz(3) not null,
    check ((party_id is null) = (staff_role is not null)),
    check (represented_id is null or party_id is not null)
  );
  create index notifications_latest on notifications.notifications (user_id, last_at desc, notification_id desc)
    where in_product;
  create index notifications_unread on notifications.notifications (user_id, kind, object_id, created_at)
    where read_at is null;

  create table notifications.heard (
    user_id uuid not null references identity.users,
    -- Of an event, or of what several events may tell; however often and in whatever order, somebody is told it once.
    key text not null check (length(key) between 1 and 200),
    notification_id uuid not null references notifications.notifications deferrable initially deferred,
    primary key (user_id, key)
  );

  create table notifications.emails (
    notification_id uuid primary key references notifications.notifications deferrable initially deferred,
    state text not null default 'pending' check (state in ('pending', 'sent', 'failed', 'skipped')),
    attempts integer not null default 0 check (attempts >= 0),
    -- While it is being sent: when the attempt counts as interrupted.
    due_at timestamptz(3) not null,
    last_error text check (length(last_error) <= 500),
    created_at timestamptz(3) not null,
    decided_at timestamptz(3),
    check ((state = 'pending') = (decided_at is null))
  );
  create index emails_due on notifications.emails (due_at) where state = 'pending';
  create index emails_failed on notifications.emails (created_at) where state = 'failed';

  create table notifications.preferences (
    user_id uuid not null references identity.users,
    "group" text not null check ("group" ~ '^[a-z_]{1,40}$' and "group" <> 'security'),
    in_product boolean not null,
    email boolean not null,
    primary key (user_id, "group")
  );
`;

/** A notification is its user's, while they are as whom they were told. */
const VISIBILITY = `
  alter table notifications.notifications enable row level security;
  alter table notifications.heard enable row level security;
  alter table notifications.emails enable row level security;
  alter table notifications.preferences enable row level security;

  create policy notifications_system on notifications.notifications using ((select access.is_system()));
  create policy heard_system on notifications.heard using ((select access.is_system()));
  create policy emails_system on notifications.emails using ((select access.is_system()));
  create policy preferences_system on notifications.preferences using ((select access.is_system()));

  create policy notifications_read on notifications.notifications for select using (
    user_id = (select access.user_id())
    and (party_id is null or party_id = any ((select access.party_ids())::uuid[]))
    and (represented_id is null or represented_id = any ((select access.represented_ids())::uuid[]))
    and (staff_role is null or (select access.has_staff_role('finance_preparer')) and staff_role = 'finance_preparer'
      or (select access.has_staff_role('finance_approver')) and staff_role = 'finance_approver'
      or (select access.is_operator()) and staff_role = 'operator'));
  create policy notifications_mark on notifications.notifications for update
    using (user_id = (select access.user_id()));
  -- Whoever sees the notification sees what became of its e-mail.
  create policy emails_read on notifications.emails for select using (
    exists (select from notifications.notifications told where told.notification_id = emails.notification_id));
  create policy preferences_own on notifications.preferences
    using (user_id = (select access.user_id()));

  grant select, insert on notifications.notifications, notifications.heard, notifications.emails,
    notifications.preferences to evenhand_app;
  grant update (actor_id, data, count, shown_from, last_at, read_at) on notifications.notifications to evenhand_app;
  grant update (state, attempts, due_at, last_error, decided_at) on notifications.emails to evenhand_app;
  grant update (in_product, email) on notifications.preferences to evenhand_app;
`;
