import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
  create schema payouts;

  create table payouts.batches (
    id uuid primary key,
    number bigint generated always as identity unique,
    state text not null default 'draft'
      check (state in ('draft', 'submitted', 'approved', 'exported', 'settled', 'rejected', 'cancelled')),
    cut_off timestamptz not null,
    time_zone text not null check (length(time_zone) between 1 and 64),
    currencies char(3)[] check (cardinality(currencies) > 0),
    idempotency_key text not null unique check (length(idempotency_key) between 1 and 200),
    request_hash bytea not null check (length(request_hash) = 32),
    prepared_by uuid references identity.users,
    prepared_at timestamptz not null,
    submitted_at timestamptz,
    submitted_hash bytea check (length(submitted_hash) = 32),
    approved_by uuid references identity.users,
    approved_at timestamptz,
    approved_hash bytea check (length(approved_hash) = 32),
    approval_expires_at timestamptz,
    exported_at timestamptz,
    settled_at timestamptz,
    closed_by uuid references identity.users,
    closed_at timestamptz,
    close_reason text check (length(close_reason) between 1 and 500),
    constraint maker_is_not_checker check (approved_by <> prepared_by),
    constraint approval_is_whole check (num_nonnulls(approved_by, approved_at, approved_hash, approval_expires_at) in (0, 4)),
    constraint approved_as_submitted check (approved_hash is null or approved_hash = submitted_hash),
    constraint no_export_without_approval check (state not in ('approved', 'exported', 'settled') or approved_by is not null),
    constraint submitted_has_hash check (state not in ('submitted', 'approved', 'exported', 'settled') or submitted_hash is not null),
    constraint export_has_time check ((state in ('exported', 'settled')) = (exported_at is not null)),
    constraint settled_has_time check ((state = 'settled') = (settled_at is not null)),
    constraint closed_has_reason check ((state in ('rejected', 'cancelled')) = (close_reason is not null))
  );
  create index batches_latest on payouts.batches (prepared_at desc, id desc);

  create table payouts.minimums (
    batch_id uuid not null references payouts.batches,
    currency char(3) not null,
    minimum_minor bigint not null check (minimum_minor >= 0),
    primary key (batch_id, currency)
  );

  create table payouts.items (
    id uuid primary key,
    batch_id uuid not null references payouts.batches,
    ordinal integer not null check (ordinal > 0),
    party_id uuid not null references parties.parties,
    currency char(3) not null,
    amount_minor bigint not null check (amount_minor > 0),
    end_to_end_id text not null unique check (end_to_end_id ~ '^[A-Z0-9]{1,35}$'),
    state text not null default 'planned'
      check (state in ('planned', 'excluded', 'cancelled', 'held_back', 'sent', 'unknown', 'paid', 'rejected')),
    live boolean not null generated always as (state in ('planned', 'sent', 'unknown', 'paid')) stored,
    state_reason text check (length(state_reason) between 1 and 500),
    state_since timestamptz not null,
    paid_at timestamptz,
    bank_reference text check (length(bank_reference) between 1 and 140),
    unique (batch_id, ordinal),
    unique (batch_id, party_id, currency),
    unique (id, live, party_id),
    constraint reason_where_owed check (state not in ('excluded', 'held_back', 'rejected') or state_reason is not null),
    constraint paid_has_proof check ((state = 'paid') = (paid_at is not null and bank_reference is not null))
  );
  create index items_payee on payouts.items (party_id, currency);

  create table payouts.lines (
    item_id uuid not null,
    live boolean not null,
    party_id uuid not null,
    book_id integer not null,
    posting_id bigint not null,
    earning_id bigint not null,
    share_id bigint not null,
    amount_minor bigint not null check (amount_minor <> 0),
    primary key (item_id, book_id, posting_id, share_id),
    foreign key (item_id, live, party_id) references payouts.items (id, live, party_id) on update cascade
  );
  create unique index lines_once on payouts.lines (book_id, posting_id, share_id) where live;
  create index lines_share on payouts.lines (book_id, share_id) where live;

  create table payouts.exclusions (
    batch_id uuid not null references payouts.batches,
    party_id uuid not null references parties.parties,
    currency char(3) not null,
    book_id integer not null,
    reason text not null check (reason in ('held_until', 'release_due', 'disputed', 'risk_review', 'after_cut_off',
      'no_payout_account', 'negative_balance', 'below_minimum', 'waiting_for_brand_money')),
    amount_minor bigint not null check (amount_minor <> 0),
    entries integer not null check (entries > 0),
    expected_from timestamptz,
    expected_until timestamptz check (expected_until >= expected_from),
    primary key (batch_id, party_id, currency, book_id, reason)
  );

  create table payouts.item_accounts (
    item_id uuid primary key references payouts.items,
    account_id uuid not null,
    set_at timestamptz not null,
    hint text not null
  );

  create table payouts.outcomes (
    idempotency_key text primary key check (length(idempotency_key) between 1 and 200),
    request_hash bytea not null check (length(request_hash) = 32),
    item_id uuid not null references payouts.items,
    outcome text not null check (outcome in ('paid', 'rejected', 'unknown')),
    bank_reference text check (length(bank_reference) between 1 and 140),
    reason text check (length(reason) between 1 and 500),
    occurred_at timestamptz not null,
    recorded_by uuid references identity.users,
    recorded_at timestamptz not null,
    constraint paid_has_reference check (outcome <> 'paid' or bank_reference is not null),
    constraint failure_has_reason check (outcome = 'paid' or reason is not null)
  );
  create index outcomes_item on payouts.outcomes (item_id, recorded_at);

  create table payouts.bank_files (
    batch_id uuid primary key references payouts.batches,
    file_name text not null,
    sealed_text text not null,
    exported_by uuid references identity.users,
    exported_at timestamptz not null
  );
`;

/** The one place where payouts look at balances of the ledger. */
const VIEWS = `
  create view payouts.book_cash with (security_invoker = true) as
    select a.book_id, a.currency::text as currency,
           sum(case a.kind when 'client_cash' then b.balance_minor else -b.balance_minor end)::bigint as cash_minor
    from ledger.accounts a
    join ledger.balances b on b.book_id = a.book_id and b.account_id = a.account_id
    where a.kind in ('client_cash', 'payout_in_transit')
    group by a.book_id, a.currency;

  create view payouts.payable_balances with (security_invoker = true) as
    select a.book_id, a.party_id, a.currency::text as currency, a.balance_minor as payable_minor
    from ledger.account_balances a where a.kind = 'payee_available';
`;

/** A payee sees its own items and what they are made of, an agency those of whom it represents; accounts and files are finance's. */
const POLICIES = `
  alter table payouts.batches enable row level security;
  alter table payouts.minimums enable row level security;
  alter table payouts.items enable row level security;
  alter table payouts.lines enable row level security;
  alter table payouts.exclusions enable row level security;
  alter table payouts.item_accounts enable row level security;
  alter table payouts.outcomes enable row level security;
  alter table payouts.bank_files enable row level security;

  create function payouts.sees_all() returns boolean language sql stable parallel safe as
    $$ select access.is_system() or access.is_finance() or access.is_operator() $$;
  create function payouts.may_pay() returns boolean language sql stable parallel safe as
    $$ select access.is_system() or access.is_finance() $$;
  create function payouts.visible_party_ids() returns uuid[] language sql stable parallel safe as
    $$ select access.party_ids() || access.represented_ids() $$;

  create policy batches_read on payouts.batches for select using ((select payouts.sees_all()));
  create policy batches_add on payouts.batches for insert with check ((select payouts.may_pay()));
  create policy batches_change on payouts.batches for update using ((select payouts.may_pay()));

  create policy minimums_read on payouts.minimums for select using ((select payouts.sees_all()));
  create policy minimums_add on payouts.minimums for insert with check ((select payouts.may_pay()));

  create policy items_read on payouts.items for select
    using ((select payouts.sees_all()) or party_id = any ((select payouts.visible_party_ids())::uuid[]));
  create policy items_add on payouts.items for insert with check ((select payouts.may_pay()));
  create policy items_change on payouts.items for update using ((select payouts.may_pay()));

  create policy lines_read on payouts.lines for select
    using ((select payouts.sees_all()) or party_id = any ((select payouts.visible_party_ids())::uuid[]));
  create policy lines_add on payouts.lines for insert with check ((select payouts.may_pay()));

  create policy exclusions_read on payouts.exclusions for select
    using ((select payouts.sees_all()) or party_id = any ((select payouts.visible_party_ids())::uuid[]));
  create policy exclusions_add on payouts.exclusions for insert with check ((select payouts.may_pay()));

  create policy item_accounts_all on payouts.item_accounts using ((select payouts.may_pay()));
  create policy outcomes_all on payouts.outcomes using ((select payouts.may_pay()));
  create policy bank_files_all on payouts.bank_files using ((select payouts.may_pay()));
`;

/** What was decided stays as it was: only states and the marks of each step change; lines follow their item's state. */
const GRANTS = `
  grant usage on schema payouts to evenhand_app;
  grant select, insert on payouts.batches, payouts.minimums, payouts.items, payouts.lines, payouts.exclusions,
    payouts.item_accounts, payouts.outcomes, payouts.bank_files to evenhand_app;
  grant select on payouts.book_cash, payouts.payable_balances to evenhand_app;
  grant update (state, submitted_at, submitted_hash, approved_by, approved_at, approved_hash, approval_expires_at,
    exported_at, settled_at, closed_by, closed_at, close_reason) on payouts.batches to evenhand_app;
  grant update (state, state_reason, state_since, paid_at, bank_reference) on payouts.items to evenhand_app;
`;

/** Payout batches: items, the postings each pays, what a batch leaves out and why, bank files and outcomes. */
export class Payouts1764000070000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(VIEWS);
    await runner.query(POLICIES);
    await runner.query(GRANTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema payouts cascade');
  }
}
