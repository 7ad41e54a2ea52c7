import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The tables of the commission ledger. `book_id` leads every key, so that a book lives whole on one shard; ids of deals,
 * parties and sources are opaque. Postings, shares, earnings and holds have no foreign keys: the ledger's own functions
 * alone write them, from rows they have just read, and a key per row would cost a third of their speed.
 */
export class LedgerTables1764000060000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(DOMAINS);
    await runner.query(BOOKS_AND_ACCOUNTS);
    await runner.query(TRANSACTIONS_AND_POSTINGS);
    await runner.query(EARNINGS_AND_SHARES);
    await runner.query(FREEZES_AND_RATES);
    await runner.query(CLOCK);
    await runner.query(PARTITIONS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema ledger cascade');
  }
}

/**
 * What the columns of the tables that every sale is written into may hold. A check of a table is read and prepared anew by
 * each statement that inserts into it, the one of a domain once a session: it takes a tenth of the time.
 */
const DOMAINS = `
  create schema ledger;
  grant usage on schema ledger to evenhand_app;

  create domain ledger.amount_minor as bigint check (value > 0);
  create domain ledger.amount_minor_or_none as bigint check (value >= 0);
  create domain ledger.digest as bytea check (length(value) = 32);
  create domain ledger.idempotency_key as text collate "C" check (length(value) between 1 and 300);
  create domain ledger.transaction_kind as text check (value in ('brand_funded', 'brand_paid', 'deal_funded',
    'escrow_returned', 'milestone_approved', 'sale_recorded', 'bonus_earned', 'earning_reversed', 'holds_released',
    'payout_sent', 'payout_confirmed', 'payout_rejected', 'gift_received', 'gift_returned', 'gift_value_corrected',
    'balance_converted'));
  create domain ledger.earning_kind as text
    check (value in ('cash', 'note_commission', 'livestream_commission', 'bonus'));
  create domain ledger.source_type as text check (value in ('deliverable', 'sale', 'bonus'));
  create domain ledger.share_role as text check (value in ('platform', 'agency', 'influencer'));
`;

const BOOKS_AND_ACCOUNTS = `
  create table ledger.account_kinds (
    kind text primary key,
    class text not null check (class in ('asset', 'liability', 'revenue', 'conversion', 'in_kind')),
    normal_side text not null check (normal_side in ('debit', 'credit')),
    -- Of a floor account the balance is kept in a row of its own, under a lock; all others are summed.
    has_floor boolean not null,
    -- Moved by shares alone: what is pending is what is left of the held shares.
    is_pending boolean not null
  );
  insert into ledger.account_kinds (kind, class, normal_side, has_floor, is_pending) values
    ('client_cash', 'asset', 'debit', true, false),
    ('brand_receivable', 'asset', 'debit', false, false),
    ('brand_balance', 'liability', 'credit', true, false),
    ('deal_escrow', 'liability', 'credit', true, false),
    ('payee_pending', 'liability', 'credit', false, true),
    ('payee_available', 'liability', 'credit', false, false),
    ('payout_in_transit', 'liability', 'credit', true, false),
    ('platform_fee_pending', 'revenue', 'credit', false, true),
    ('platform_fee', 'revenue', 'credit', false, false),
    ('fx_position', 'conversion', 'credit', false, false),
    ('gift_given', 'in_kind', 'debit', false, false),
    ('gift_received', 'in_kind', 'credit', false, false);

  create table ledger.books (
    book_id integer generated always as identity primary key,
    brand_id uuid not null unique,
    opened_at timestamptz not null default now(),
    -- Transactions that take effect before this instant are refused; null while no period is closed.
    closed_before timestamptz
  );

  -- One text for what an account is for, so that "the same account" is one unique key whatever is null in it.
  create function ledger.account_key(kind text, currency text, party_id uuid, deal_id uuid, purpose text)
  returns text language sql immutable parallel safe as $$
    select kind || '/' || currency || coalesce('/' || party_id::text, '')
           || coalesce('/' || deal_id::text || '/' || purpose, '')
  $$;

  create table ledger.accounts (
    book_id integer not null references ledger.books,
    account_id bigint not null generated always as identity,
    kind text not null references ledger.account_kinds,
    currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
    party_id uuid,
    deal_id uuid,
    purpose text check (purpose in ('cash', 'commission_reserve')),
    -- 1 where a debit increases the account, -1 where it decreases it.
    debit_sign smallint not null check (debit_sign in (-1, 1)),
    has_floor boolean not null,
    is_pending boolean not null,
    account_key text collate "C" not null
      generated always as (ledger.account_key(kind, currency::text, party_id, deal_id, purpose)) stored,
    opened_at timestamptz not null default now(),
    primary key (book_id, account_id),
    unique (book_id, account_key),
    check ((party_id is not null) = (kind in ('payee_pending', 'payee_available', 'gift_received'))),
    check ((deal_id is not null and purpose is not null) = (kind = 'deal_escrow')),
    check ((deal_id is null) = (purpose is null))
  );
  create index accounts_party on ledger.accounts (party_id) where party_id is not null;
  create index accounts_deal on ledger.accounts (book_id, deal_id) where deal_id is not null;

  -- Of accounts with a floor, and of those alone: positive on the account's normal side. Of a reserve that many draw on
  -- at once the balance is the sum of its parts, each with a lock of its own; part 0 is there always, and says whether
  -- there are others.
  create table ledger.balances (
    book_id integer not null,
    part smallint not null default 0,
    is_spread boolean not null default false,
    account_id bigint not null,
    balance_minor bigint not null default 0,
    recorded_at timestamptz not null default '-infinity',
    primary key (book_id, account_id, part),
    foreign key (book_id, account_id) references ledger.accounts,
    constraint balances_floor check (balance_minor >= 0)
  ) with (fillfactor = 50);

  -- The balance of an account after everything recorded up to an instant that is settled: sums start from here.
  create table ledger.checkpoints (
    book_id integer not null,
    account_id bigint not null,
    recorded_at timestamptz not null,
    -- A sum may be too large for the range of a single amount.
    balance_minor numeric not null,
    primary key (book_id, account_id, recorded_at),
    foreign key (book_id, account_id) references ledger.accounts
  );
`;

const TRANSACTIONS_AND_POSTINGS = `
  create sequence ledger.transaction_ids;

  create table ledger.transactions (
    book_id integer not null,
    transaction_id bigint not null,
    kind ledger.transaction_kind not null,
    idempotency_key ledger.idempotency_key not null,
    request_hash ledger.digest not null,
    effective_at timestamptz not null,
    recorded_at timestamptz not null,
    reference text,
    primary key (book_id, transaction_id),
    unique (book_id, idempotency_key)
  );
  create index transactions_recorded on ledger.transactions (book_id, recorded_at);

  -- posting_id = transaction_id · 4096 + number; recorded_at is that of its transaction. The postings of a transaction are
  -- one range of the primary key, those of an account one range of either index, in the order in which they count.
  create table ledger.postings (
    book_id integer not null,
    recorded_at timestamptz not null,
    posting_id bigint not null,
    debit_account_id bigint not null,
    credit_account_id bigint not null,
    amount_minor ledger.amount_minor not null,
    share_id bigint,
    currency char(3) not null,
    primary key (book_id, recorded_at, posting_id),
    check (debit_account_id <> credit_account_id)
  ) partition by range (recorded_at);
  create index postings_debit on ledger.postings (book_id, debit_account_id, recorded_at, posting_id);
  create index postings_credit on ledger.postings (book_id, credit_account_id, recorded_at, posting_id);

  -- A release moves all that a payee is released by one posting; here is which shares it moves, and how much of each.
  create table ledger.posting_shares (
    book_id integer not null,
    posting_id bigint not null,
    -- Whose shares they are; null for the platform's.
    party_id uuid,
    share_ids bigint[] not null check (cardinality(share_ids) > 0),
    amounts_minor bigint[] not null check (0 < all (amounts_minor)),
    primary key (book_id, posting_id),
    check (cardinality(share_ids) = cardinality(amounts_minor))
  );

  create table ledger.conversions (
    book_id integer not null,
    transaction_id bigint not null,
    from_currency char(3) not null,
    to_currency char(3) not null,
    from_minor ledger.amount_minor not null,
    to_minor ledger.amount_minor not null,
    rate text not null,
    rate_date date not null,
    rate_source text not null,
    primary key (book_id, transaction_id),
    foreign key (book_id, transaction_id) references ledger.transactions,
    check (from_currency <> to_currency)
  );
`;

const EARNINGS_AND_SHARES = `
  -- What a deal pinned for one kind of earning: the split plan and, for commission, its terms; enough to replay any split.
  create table ledger.rules (
    book_id integer not null references ledger.books,
    rule_id integer not null generated always as identity,
    rule_version text not null,
    rule jsonb not null,
    rule_hash ledger.digest not null,
    primary key (book_id, rule_id),
    unique (book_id, rule_hash)
  );

  -- earning_id is the id of the transaction that recorded it.
  create table ledger.earnings (
    book_id integer not null,
    earning_id bigint not null,
    rule_id integer not null,
    kind ledger.earning_kind not null,
    source_type ledger.source_type not null,
    source_id uuid not null,
    deal_id uuid not null,
    campaign_id uuid not null,
    influencer_id uuid not null,
    currency char(3) not null,
    base_minor ledger.amount_minor_or_none not null,
    base_reversed_minor ledger.amount_minor_or_none not null default 0,
    -- The deal's running net sales before a sale of tiered or capped commission; null where the pool needs none.
    net_sales_before_minor bigint,
    -- What the deal's cap left before the sale; null where there is no cap.
    cap_left_minor bigint,
    gross_minor ledger.amount_minor_or_none not null,
    gross_reversed_minor ledger.amount_minor_or_none not null default 0,
    -- The part of the gross that the deal's escrow paid; the brand owes the rest.
    from_escrow_minor ledger.amount_minor_or_none not null,
    earned_at timestamptz not null,
    primary key (book_id, earning_id),
    constraint earnings_source unique (book_id, source_type, source_id),
    check (base_reversed_minor <= base_minor and gross_reversed_minor <= gross_minor
           and from_escrow_minor <= gross_minor)
  ) with (fillfactor = 90);
  create index earnings_influencer on ledger.earnings (influencer_id, earning_id);
  create index earnings_deal on ledger.earnings (deal_id, earning_id);

  -- share_id = earning_id · 64 + place in the chain, so that an earning's shares are one range of the primary key.
  create table ledger.shares (
    book_id integer not null,
    share_id bigint not null,
    party_id uuid not null,
    influencer_id uuid not null,
    role ledger.share_role not null,
    share text not null,
    currency char(3) not null,
    -- True where the share waits for its earning's hold, false where it was available at once.
    is_held boolean not null,
    amount_minor ledger.amount_minor_or_none not null,
    reversed_minor ledger.amount_minor_or_none not null default 0,
    primary key (book_id, share_id),
    check (reversed_minor <= amount_minor)
  ) with (fillfactor = 90);
  create index shares_party on ledger.shares (party_id, share_id);

  -- One for all held shares of an earning. Whoever releases or reverses them locks this row first.
  create table ledger.holds (
    book_id integer not null,
    earning_id bigint not null,
    release_at timestamptz not null,
    released_at timestamptz,
    -- The transaction that released them.
    released_by bigint,
    -- How many freezes of the earning itself are in force: while there is one, the hold cannot be released.
    freezes smallint not null default 0,
    primary key (book_id, earning_id),
    check ((released_by is null) = (released_at is null) and freezes >= 0 and (released_by is null or freezes = 0))
  );
  create index holds_due on ledger.holds (book_id, release_at, earning_id) where released_by is null and freezes = 0;

  create table ledger.reversals (
    book_id integer not null,
    transaction_id bigint not null,
    earning_id bigint not null,
    refund_id uuid not null,
    base_minor ledger.amount_minor not null,
    gross_minor ledger.amount_minor_or_none not null,
    primary key (book_id, transaction_id),
    foreign key (book_id, transaction_id) references ledger.transactions
  );
  create index reversals_earning on ledger.reversals (book_id, earning_id);
`;

const FREEZES_AND_RATES = `
  -- A deal is frozen while a row of it is not lifted. A freeze has no end of its own.
  create table ledger.freezes (
    freeze_id bigint generated always as identity primary key,
    deal_id uuid not null,
    reason text not null check (length(reason) between 1 and 200),
    frozen_at timestamptz not null,
    lifted_at timestamptz
  );
  create unique index freezes_in_force on ledger.freezes (deal_id, reason) where lifted_at is null;

  -- The same of single earnings, whose holds count those in force; one that came after the release stops the payout.
  create table ledger.earning_freezes (
    book_id integer not null,
    freeze_id bigint generated always as identity,
    earning_id bigint not null,
    reason text not null check (length(reason) between 1 and 200),
    frozen_at timestamptz not null,
    lifted_at timestamptz,
    after_release boolean not null default false,
    primary key (book_id, freeze_id)
  );
  create unique index earning_freezes_in_force on ledger.earning_freezes (book_id, earning_id, reason)
    where lifted_at is null;

  create table ledger.fx_rates (
    rate_date date not null,
    currency char(3) not null check (currency ~ '^[A-Z]{3}$' and currency <> 'EUR'),
    -- Units of the currency for one euro, exactly as published.
    per_euro numeric not null check (per_euro > 0),
    source text not null,
    primary key (currency, rate_date)
  );
  -- To tell a day that is not loaded from one on which a currency was not published.
  create index fx_rates_by_date on ledger.fx_rates (rate_date);
`;

const CLOCK = `
  -- Nothing is recorded at or before the announced instant any more once every transaction below the fence has ended:
  -- then it is settled. See ledger.tick.
  create table ledger.clock (
    is_only boolean primary key default true check (is_only),
    announced_at timestamptz not null default '-infinity',
    fence xid8,
    settled_at timestamptz not null default '-infinity'
  ) with (fillfactor = 50);
  insert into ledger.clock default values;
`;

const PARTITIONS = `
  create function ledger.refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception '% of %.% is refused: the ledger is append-only', tg_op, tg_table_schema, tg_table_name
      using errcode = 'EV009';
  end $$;

  create function ledger.make_append_only(p_table regclass) returns void language plpgsql as $$
  begin
    execute format('create trigger append_only before update or delete or truncate on %s
                    for each statement execute function ledger.refuse_change()', p_table);
  end $$;

  -- One partition a month, from this month to p_months ahead; whatever falls outside goes to the default one, and a month
  -- of which something is there already stays there.
  create function ledger.ensure_partitions(p_months integer) returns integer
  language plpgsql security definer set search_path = ledger, pg_temp as $$
  declare
    v_from timestamptz;
    v_name text;
    v_created integer := 0;
  begin
    for i in 0..p_months loop
      v_from := (date_trunc('month', now() at time zone 'UTC') + make_interval(months => i)) at time zone 'UTC';
      v_name := 'postings_' || to_char(v_from at time zone 'UTC', 'YYYYMM');
      continue when to_regclass('ledger.' || v_name) is not null or exists (
        select 1 from postings_default d
        where d.recorded_at >= v_from and d.recorded_at < (v_from at time zone 'UTC' + interval '1 month') at time zone 'UTC');
      execute format('create table ledger.%I partition of ledger.postings for values from (%L) to (%L)', v_name, v_from,
        (v_from at time zone 'UTC' + interval '1 month') at time zone 'UTC');
      perform ledger.make_append_only(format('ledger.%I', v_name)::regclass);
      v_created := v_created + 1;
    end loop;
    return v_created;
  end $$;
  grant execute on function ledger.ensure_partitions(integer) to evenhand_app;

  create table ledger.postings_default partition of ledger.postings default;
  select ledger.make_append_only('ledger.postings'), ledger.make_append_only('ledger.postings_default'),
         ledger.make_append_only('ledger.transactions'), ledger.make_append_only('ledger.conversions'),
         ledger.make_append_only('ledger.posting_shares'), ledger.make_append_only('ledger.reversals'), ledger.make_append_only('ledger.checkpoints'),
         ledger.make_append_only('ledger.rules');
  select ledger.ensure_partitions(1);
`;
