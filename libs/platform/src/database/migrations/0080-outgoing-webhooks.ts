import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where parties want to be told of events, what they are told, and how each attempt to tell them went. */
export class OutgoingWebhooks1764000080000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ENDPOINTS);
    await runner.query(MESSAGES);
    await runner.query(VISIBILITY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema webhooks cascade');
  }
}

const ENDPOINTS = `
  create schema webhooks;
  grant usage on schema webhooks to evenhand_app;

  create table webhooks.endpoints (
    endpoint_id uuid primary key,
    party_id uuid not null references parties.parties,
    url text not null check (length(url) between 8 and 2000),
    description text not null check (length(description) <= 200),
    event_types text[] not null check (cardinality(event_types) between 1 and 50),
    state text not null default 'enabled' check (state in ('enabled', 'disabled', 'deleted')),
    state_reason text check (state_reason in ('by_member', 'gone', 'failing')),
    state_since timestamptz not null,
    -- The first failure since something last arrived.
    failing_since timestamptz,
    created_at timestamptz not null,
    check ((state = 'disabled') = (state_reason is not null))
  );
  create index endpoints_party on webhooks.endpoints (party_id) where state <> 'deleted';

  create table webhooks.secrets (
    secret_id uuid primary key,
    endpoint_id uuid not null references webhooks.endpoints,
    -- Encrypted, and bound to this row.
    sealed text not null,
    created_at timestamptz not null,
    -- Null for the newest one.
    expires_at timestamptz
  );
  create unique index secrets_newest on webhooks.secrets (endpoint_id) where expires_at is null;
`;

const MESSAGES = `
  create table webhooks.messages (
    message_id uuid primary key,
    endpoint_id uuid not null references webhooks.endpoints,
    -- Of the endpoint, repeated for row-level security.
    party_id uuid not null,
    -- Of the outbox; null for what a person sent to try the endpoint.
    event_id bigint,
    -- Among what the event tells.
    place integer not null check (place >= 0),
    type text not null check (length(type) between 1 and 64),
    -- The influencer for whom an agency is told; null where the event is the party's own.
    represented_id uuid,
    -- The very bytes of every attempt; null once they are forgotten.
    body text,
    state text not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
    attempts integer not null default 0 check (attempts >= 0),
    failures integer not null default 0 check (failures >= 0),
    -- While it is being sent: when the attempt counts as interrupted.
    due_at timestamptz not null,
    reason text,
    created_at timestamptz not null,
    decided_at timestamptz,
    -- However often an event is handed out, an endpoint has one message of each thing that it tells.
    unique (event_id, endpoint_id, place),
    check ((state = 'pending') = (decided_at is null)),
    check ((state = 'failed') = (reason is not null)),
    check (state <> 'pending' or body is not null)
  );
  create index messages_due on webhooks.messages (endpoint_id, due_at, message_id) where state = 'pending';
  create index messages_failed on webhooks.messages (endpoint_id, created_at) where state = 'failed';
  create index messages_latest on webhooks.messages (endpoint_id, created_at desc, message_id desc);
  create index messages_remembered on webhooks.messages (decided_at) where body is not null and state <> 'pending';

  create table webhooks.attempts (
    message_id uuid not null references webhooks.messages,
    number integer not null check (number > 0),
    started_at timestamptz not null,
    -- Null while it is under way.
    duration_ms integer check (duration_ms >= 0),
    status integer check (status between 100 and 999),
    error text,
    response_excerpt text check (length(response_excerpt) <= 1000),
    primary key (message_id, number)
  );
`;

/** Whoever sees the message sees its attempts: the subselect is bound by the policies of messages itself. */
const VISIBILITY = `
  alter table webhooks.endpoints enable row level security;
  alter table webhooks.secrets enable row level security;
  alter table webhooks.messages enable row level security;
  alter table webhooks.attempts enable row level security;

  create policy endpoints_system on webhooks.endpoints using ((select access.is_system()));
  create policy secrets_system on webhooks.secrets using ((select access.is_system()));
  create policy messages_system on webhooks.messages using ((select access.is_system()));
  create policy attempts_system on webhooks.attempts using ((select access.is_system()));

  create policy endpoints_party on webhooks.endpoints for select using (
    party_id = any ((select access.party_ids())::uuid[]) or (select access.is_operator()));
  create policy messages_party on webhooks.messages for select using (
    (select access.is_operator())
    or (party_id = any ((select access.party_ids())::uuid[])
        and (represented_id is null or represented_id = any ((select access.represented_ids())::uuid[]))));
  create policy attempts_party on webhooks.attempts for select using (
    exists (select from webhooks.messages message where message.message_id = attempts.message_id));

  grant select, insert on webhooks.endpoints, webhooks.secrets, webhooks.messages, webhooks.attempts to evenhand_app;
  grant update (url, description, event_types, state, state_reason, state_since, failing_since)
    on webhooks.endpoints to evenhand_app;
  grant update (expires_at), delete on webhooks.secrets to evenhand_app;
  grant update (body, state, attempts, failures, due_at, reason, decided_at) on webhooks.messages to evenhand_app;
  grant update (duration_ms, status, error, response_excerpt) on webhooks.attempts to evenhand_app;
`;
