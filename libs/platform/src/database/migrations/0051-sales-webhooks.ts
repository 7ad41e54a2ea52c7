import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where a brand's webhooks come from, the secrets they are signed with, and every one of them as it came. */
export class SalesWebhooks1764000051000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SOURCES);
    await runner.query(DELIVERIES);
    await runner.query(VISIBILITY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function sales.store_delivery;
      drop table sales.deliveries, sales.source_secrets, sales.sources`);
  }
}

const SOURCES = `
  create table sales.sources (
    brand_id uuid not null,
    source_id uuid not null,
    -- The source of the events it brings: with their external ids it names them forever.
    name text not null check (name ~ '^[a-z0-9][a-z0-9_.-]{0,63}$'),
    format text not null check (format in ('shopify', 'standard')),
    created_at timestamptz not null,
    closed_at timestamptz,
    primary key (brand_id, source_id),
    unique (source_id),
    unique (brand_id, name)
  );

  create table sales.source_secrets (
    brand_id uuid not null,
    secret_id uuid not null,
    source_id uuid not null,
    -- Encrypted, and bound to this row.
    sealed text not null,
    created_at timestamptz not null,
    -- Null for the newest one.
    expires_at timestamptz,
    primary key (brand_id, secret_id),
    foreign key (brand_id, source_id) references sales.sources
  );
  create unique index source_secrets_newest on sales.source_secrets (brand_id, source_id) where expires_at is null;
`;

const DELIVERIES = `
  create table sales.deliveries (
    brand_id uuid not null,
    delivery_id uuid not null,
    source_id uuid not null,
    -- The sender's id of the message, by which it is known when it is sent again.
    message_id text not null check (length(message_id) between 1 and 200),
    topic text check (length(topic) between 1 and 200),
    -- The body as it came, encrypted: shops send their customers along.
    sealed_body text not null,
    body_sha256 bytea not null check (length(body_sha256) = 32),
    received_at timestamptz not null,
    state text not null default 'waiting' check (state in ('waiting', 'taken', 'ignored', 'failed')),
    attempts integer not null default 0 check (attempts >= 0),
    -- Not taken in before.
    due_at timestamptz not null,
    reason_code text,
    reason text,
    decided_at timestamptz,
    primary key (brand_id, delivery_id),
    unique (brand_id, source_id, message_id),
    foreign key (brand_id, source_id) references sales.sources,
    check ((state = 'waiting') = (decided_at is null)),
    check (state <> 'failed' or (reason_code is not null and reason is not null))
  );
  create index deliveries_waiting on sales.deliveries (brand_id, due_at, delivery_id) where state = 'waiting';
  create index deliveries_failed on sales.deliveries (brand_id, received_at desc, delivery_id desc) where state = 'failed';

  create function sales.store_delivery(
    p_brand uuid, p_delivery uuid, p_source uuid, p_message text, p_topic text, p_sealed_body text,
    p_body_sha256 bytea, p_received_at timestamptz
  ) returns text language plpgsql as $$
  begin
    insert into sales.deliveries
      (brand_id, delivery_id, source_id, message_id, topic, sealed_body, body_sha256, received_at, due_at)
    values (p_brand, p_delivery, p_source, p_message, p_topic, p_sealed_body, p_body_sha256, p_received_at, p_received_at)
    on conflict (brand_id, source_id, message_id) do nothing;
    if found then return 'stored'; end if;
    return (select case when d.body_sha256 = p_body_sha256 then 'duplicate' else 'conflict' end
            from sales.deliveries d
            where d.brand_id = p_brand and d.source_id = p_source and d.message_id = p_message);
  end $$;
`;

const VISIBILITY = `
  alter table sales.sources enable row level security;
  alter table sales.source_secrets enable row level security;
  alter table sales.deliveries enable row level security;

  create policy sources_system on sales.sources using ((select access.is_system()));
  create policy source_secrets_system on sales.source_secrets using ((select access.is_system()));
  create policy deliveries_system on sales.deliveries using ((select access.is_system()));
  create policy sources_brand on sales.sources for select using (
    brand_id = any ((select access.party_ids())::uuid[])
    or (select access.is_finance()) or (select access.is_operator()));
  create policy deliveries_brand on sales.deliveries for select using (
    brand_id = any ((select access.party_ids())::uuid[])
    or (select access.is_finance()) or (select access.is_operator()));

  grant select, insert, update on sales.sources, sales.source_secrets, sales.deliveries to evenhand_app;
`;
