import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The inbox of what could not be recorded, how people mended it, and files of sales. */
export class SalesImports1764000053000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MENDING);
    await runner.query(IMPORTS);
    await runner.query(INBOX);
    await runner.query(VISIBILITY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view sales.inbox;
      drop table sales.import_rows, sales.import_parts, sales.imports, sales.file_mappings, sales.mends;
      alter table sales.sales drop column recorded_seq;
      alter table sales.refunds drop column recorded_seq;
      drop sequence sales.recorded_seq;
      alter table sales.deliveries drop column dismissed_at, drop column mended_at;
      alter table sales.intake_events drop column via, drop column import_id, drop column mended_content,
        drop column mended_at, drop column dismissed_at`);
  }
}

const MENDING = `
  alter table sales.intake_events
    add column via text not null default 'api' check (via in ('api', 'file', 'webhook')),
    add column import_id uuid,
    -- What a person made of the content; the content itself stays as it came.
    add column mended_content text,
    add column mended_at timestamptz,
    add column dismissed_at timestamptz;
  alter table sales.deliveries
    add column mended_at timestamptz,
    add column dismissed_at timestamptz;
  create index intake_events_mended on sales.intake_events (brand_id, received_at desc, event_id desc)
    where state = 'recorded' and mended_at is not null;
  create index deliveries_mended on sales.deliveries (brand_id, received_at desc, delivery_id desc)
    where state = 'taken' and mended_at is not null;

  -- The order in which sales and refunds were recorded: what tiers, caps and refunds depend on.
  create sequence sales.recorded_seq;
  alter table sales.sales add column recorded_seq bigint not null default nextval('sales.recorded_seq');
  alter table sales.refunds add column recorded_seq bigint not null default nextval('sales.recorded_seq');

  -- What people did with problems, one row each time.
  create table sales.mends (
    brand_id uuid not null,
    mend_id uuid not null,
    problem_id uuid not null,
    action text not null check (action in ('mended', 'replayed', 'dismissed')),
    -- What was changed, as canonical JSON.
    changes text,
    note text check (length(note) between 1 and 1000),
    -- What became of the problem by it.
    outcome text not null,
    made_by uuid,
    made_at timestamptz not null,
    primary key (brand_id, mend_id),
    check ((action = 'mended') = (changes is not null)),
    check ((action = 'dismissed') = (note is not null))
  );
  create index mends_by_problem on sales.mends (brand_id, problem_id, mend_id);
`;

const IMPORTS = `
  create table sales.file_mappings (
    brand_id uuid not null,
    mapping_id uuid not null,
    name text not null check (name ~ '^[a-z0-9][a-z0-9_.-]{0,63}$'),
    definition jsonb not null,
    changed_at timestamptz not null,
    changed_by uuid,
    primary key (brand_id, mapping_id),
    unique (brand_id, name)
  );

  create table sales.imports (
    brand_id uuid not null,
    import_id uuid not null,
    file_name text not null check (length(file_name) between 1 and 200),
    mapping_name text not null,
    -- The mapping as it was then: a later change of it changes no import.
    mapping jsonb not null,
    source text not null check (source ~ '^[a-z0-9][a-z0-9_.-]{0,63}$'),
    dry_run boolean not null,
    state text not null default 'receiving' check (state in ('receiving', 'waiting', 'running', 'done', 'failed')),
    size_bytes bigint not null default 0 check (size_bytes >= 0),
    content_sha256 bytea check (length(content_sha256) = 32),
    -- Not read before, after it could not be for a reason of ours.
    due_at timestamptz not null,
    attempts integer not null default 0 check (attempts >= 0),
    rows_total integer,
    rows_read integer not null default 0,
    sales_recorded integer not null default 0,
    refunds_recorded integer not null default 0,
    known_before integer not null default 0,
    unattributed integer not null default 0,
    parked integer not null default 0,
    refused integer not null default 0,
    bad_rows integer not null default 0,
    ignored integer not null default 0,
    reason_code text,
    reason text,
    created_at timestamptz not null,
    created_by uuid,
    finished_at timestamptz,
    primary key (brand_id, import_id),
    check ((state = 'receiving') = (content_sha256 is null)),
    check ((state = 'failed') = (reason_code is not null and reason is not null)),
    check ((state in ('done', 'failed')) = (finished_at is not null))
  );
  -- The same file by the same mapping is one import.
  create unique index imports_once on sales.imports (brand_id, content_sha256, source, jsonb_hash_extended(mapping, 0))
    where not dry_run and state in ('waiting', 'running', 'done');
  create index imports_by_time on sales.imports (brand_id, created_at desc, import_id desc);
  create index imports_by_id on sales.imports (import_id);
  create index imports_due on sales.imports (due_at) where state in ('receiving', 'waiting', 'running');

  -- The file in pieces, compressed and encrypted: a report may tell of customers.
  create table sales.import_parts (
    brand_id uuid not null,
    import_id uuid not null,
    part_number integer not null check (part_number >= 1),
    sealed text not null,
    primary key (brand_id, import_id, part_number),
    foreign key (brand_id, import_id) references sales.imports
  );

  -- Rows of a file that were not recorded. Only what could not be read waits here; anything else is an event.
  create table sales.import_rows (
    brand_id uuid not null,
    row_id uuid not null,
    import_id uuid not null,
    line integer not null,
    column_name text,
    outcome text not null check (outcome in ('unreadable', 'refused', 'unattributed', 'parked')),
    source text not null,
    external_id text,
    -- The rows of the order as they came, by column, each with its line.
    records text not null,
    mended_records text,
    reason_code text not null,
    reason text not null,
    state text not null default 'open' check (state in ('open', 'mended', 'dismissed')),
    is_dry_run boolean not null,
    received_at timestamptz not null,
    decided_at timestamptz not null,
    primary key (brand_id, row_id),
    foreign key (brand_id, import_id) references sales.imports
  );
  create index import_rows_by_line on sales.import_rows (brand_id, import_id, line, row_id);
  create index import_rows_inbox on sales.import_rows (brand_id, received_at desc, row_id desc)
    where outcome = 'unreadable' and not is_dry_run;
`;

const INBOX = `
  -- Whoever asks sees what the tables beneath show them.
  create view sales.inbox with (security_invoker = true) as
    select brand_id, event_id as problem_id, 'event' as form, kind, state,
      case when dismissed_at is null then 'open' else 'dismissed' end as status,
      via, source, external_id, import_id, null::integer as line, null::text as column_name, content as raw,
      mended_content as mended, reason_code, reason, received_at, decided_at
    from sales.intake_events
    where state in ('unattributed', 'refused', 'parked')
  union all
    select brand_id, event_id, 'event', kind, state, 'mended', via, source, external_id, import_id, null, null, content,
      mended_content, reason_code, reason, received_at, decided_at
    from sales.intake_events where state = 'recorded' and mended_at is not null
  union all
    select d.brand_id, d.delivery_id, 'message', null, 'unreadable',
      case when d.state = 'taken' then 'mended' when d.dismissed_at is null then 'open' else 'dismissed' end,
      'webhook', s.name, d.message_id, null, null, null, null, null, d.reason_code, d.reason, d.received_at, d.decided_at
    from sales.deliveries d join sales.sources s on s.brand_id = d.brand_id and s.source_id = d.source_id
    where d.state = 'failed' or (d.state = 'taken' and d.mended_at is not null)
  union all
    select brand_id, row_id, 'row', null, 'unreadable', state, 'file', source, external_id, import_id, line, column_name,
      records, mended_records, reason_code, reason, received_at, decided_at
    from sales.import_rows where outcome = 'unreadable' and not is_dry_run;
  grant select on sales.inbox to evenhand_app;
`;

const READ_BY_BRAND = ['mends', 'file_mappings', 'imports', 'import_rows'] as const;
const TABLES = [...READ_BY_BRAND, 'import_parts'] as const;

const VISIBILITY = `
  ${TABLES.map(
    (table) => `
  alter table sales.${table} enable row level security;
  create policy ${table}_system on sales.${table} using ((select access.is_system()));`,
  ).join('')}
  ${READ_BY_BRAND.map(
    (table) => `
  create policy ${table}_brand on sales.${table} for select using (
    brand_id = any ((select access.party_ids())::uuid[])
    or (select access.is_finance()) or (select access.is_operator()));`,
  ).join('')}

  grant usage on sequence sales.recorded_seq to evenhand_app;
  grant update (mended_content, mended_at, dismissed_at, sale_external_id) on sales.intake_events to evenhand_app;
  grant select, insert on sales.mends, sales.import_parts, sales.import_rows to evenhand_app;
  grant update (mended_records, reason_code, reason, column_name, state, decided_at) on sales.import_rows to evenhand_app;
  grant select, insert, update, delete on sales.file_mappings, sales.imports to evenhand_app;
  grant delete on sales.import_parts to evenhand_app;
`;
