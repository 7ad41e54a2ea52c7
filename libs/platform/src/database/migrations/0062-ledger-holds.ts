import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Release of held shares, freezes, the locks a refund takes, and the loading of exchange rates. */
export class LedgerHolds1764000062000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RELEASE_DUE);
    await runner.query(FREEZE);
    await runner.query(LOCK_EARNINGS);
    await runner.query(ADD_FX_RATES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function ledger.release_due, ledger.open_release_accounts, ledger.lock_due, ledger.books_with_due,
        ledger.freeze_deal, ledger.hold_off_freezes, ledger.unfreeze_deal, ledger.lock_earnings, ledger.add_fx_rates`);
  }
}

/**
 * The shares of the earnings `w (id)` of a book. They are one short range of the key for each earning; the planner thinks a
 * range long, and the limit is what keeps it from reading the whole table instead.
 */
const SHARES_OF_EARNING = `cross join lateral (
        select o.* from shares o
        where o.book_id = p_book and o.share_id between (w.id << 6) + 1 and (w.id << 6) + 63
        order by o.share_id limit 63) s`;

const RELEASE_DUE = `
  create function ledger.books_with_due(p_now timestamptz, p_limit integer) returns setof integer
  language plpgsql stable security definer set search_path = ledger, pg_temp as $$
  begin
    perform require_system();
    return query
      select b.book_id from books b
      cross join lateral (select h.release_at from holds h
                          where h.book_id = b.book_id and h.released_by is null and h.release_at <= p_now
                          order by h.release_at limit 1) due
      order by due.release_at limit p_limit;
  end $$;
  grant execute on function ledger.books_with_due(timestamptz, integer) to evenhand_app;

  -- Locks up to p_limit due holds. Those somebody else has locked are left for the next run; those of frozen deals wait
  -- until no freeze holds them.
  create function ledger.lock_due(p_book integer, p_now timestamptz, p_limit integer) returns bigint[]
  language plpgsql set search_path = ledger, pg_temp as $$
  declare
    v_frozen uuid[];
  begin
    -- Freezing takes the same lock for itself, so no release that began before it ends after it.
    perform pg_advisory_xact_lock_shared(7208, p_book);
    v_frozen := array(select distinct f.deal_id from freezes f where f.lifted_at is null);
    return array(
      select due.earning_id from (
        select h.earning_id from holds h
        where h.book_id = p_book and h.released_by is null and h.release_at <= p_now
          and (cardinality(v_frozen) = 0 or not exists (
            select 1 from earnings e
            where e.book_id = p_book and e.earning_id = h.earning_id and e.deal_id = any (v_frozen)))
        order by h.release_at, h.earning_id limit p_limit
        for update of h skip locked
      ) due order by due.earning_id);
  end $$;

  -- The accounts of whoever has held shares of the earnings: pending at 2 · n - 1 and available at 2 · n.
  create function ledger.open_release_accounts(
    p_book integer, p_earnings bigint[], out parties uuid[], out currencies text[], out ids bigint[]
  ) language plpgsql set search_path = ledger, pg_temp as $$
  declare
    v_kinds text[];
    v_none text[];
  begin
    select array_agg(k.kind order by o.n, k.side), array_agg(o.party_id order by o.n, k.side),
           array_agg(o.currency order by o.n, k.side)
      into v_kinds, parties, currencies
    from (select row_number() over () as n, d.* from (
            select distinct case s.role when 'platform' then null else s.party_id end as party_id,
                   s.currency::text as currency
            from unnest(p_earnings) w (id)
            ${SHARES_OF_EARNING}
            where s.is_held) d) o
    cross join lateral (values
      (1, case when o.party_id is null then 'platform_fee_pending' else 'payee_pending' end),
      (2, case when o.party_id is null then 'platform_fee' else 'payee_available' end)) k (side, kind);
    v_none := array_fill(null::text, array[cardinality(v_kinds)]);
    select o.ids into ids from open_accounts(p_book, v_kinds, currencies, parties, v_none::uuid[], v_none) o;
  end $$;

  -- Releases up to p_limit due holds of one book, 64 in a transaction, one posting per share with anything left of it:
  -- what refunds took back whole and zero shares are released too, with nothing to post. Returns how many holds.
  create function ledger.release_due(p_book integer, p_now timestamptz, p_limit integer) returns integer
  language plpgsql security definer set search_path = ledger, pg_temp as $$
  declare
    v_earnings bigint[];
    v_ids bigint[];
    v_accounts record;
    v_recorded_at timestamptz;
  begin
    perform check_period(enter_book(p_book), array[p_now], array[true]);
    v_earnings := lock_due(p_book, p_now, p_limit);
    if cardinality(v_earnings) = 0 then return 0; end if;
    v_accounts := open_release_accounts(p_book, v_earnings);
    v_recorded_at := next_instant(null);
    v_ids := array(select nextval('transaction_ids') from generate_series(0, (cardinality(v_earnings) - 1) / 64));

    insert into transactions (book_id, transaction_id, kind, idempotency_key, request_hash, effective_at, recorded_at)
    select p_book, w.id, 'holds_released', 'release:' || w.id, sha256(('release:' || w.id)::bytea), p_now, v_recorded_at
    from unnest(v_ids) w (id);

    with held as (
      select v_ids[(w.n - 1) / 64 + 1] as transaction_id, s.share_id, s.currency, s.amount_minor - s.reversed_minor as left_minor,
             case s.role when 'platform' then null else s.party_id end as party_id
      from unnest(v_earnings) with ordinality w (id, n)
      ${SHARES_OF_EARNING}
      where s.is_held
    ), owners as (
      select o.party_id, o.currency, v_accounts.ids[o.n] as pending_id, v_accounts.ids[o.n + 1] as available_id
      from unnest(v_accounts.parties, v_accounts.currencies) with ordinality o (party_id, currency, n) where o.n % 2 = 1
    )
    insert into postings
      (book_id, recorded_at, posting_id, debit_account_id, credit_account_id, amount_minor, share_id, currency)
    select p_book, v_recorded_at,
           (h.transaction_id << 12) + row_number() over (partition by h.transaction_id order by h.share_id),
           o.pending_id, o.available_id, h.left_minor, h.share_id, h.currency
    from held h join owners o on o.party_id is not distinct from h.party_id and o.currency = h.currency
    where h.left_minor > 0;

    update holds h set released_by = v_ids[(w.n - 1) / 64 + 1], released_at = p_now
    from unnest(v_earnings) with ordinality w (id, n) where h.book_id = p_book and h.earning_id = w.id;
    return cardinality(v_earnings);
  end $$;
  grant execute on function ledger.release_due(integer, timestamptz, integer) to evenhand_app;
`;

const FREEZE = `
  -- Waits for releases under way in the books in which the deal has earnings, and lets none begin until it is done.
  create function ledger.freeze_deal(p_deal uuid, p_reason text, p_at timestamptz) returns void
  language plpgsql security definer set search_path = ledger, pg_temp as $$
  begin
    perform require_system();
    perform pg_advisory_xact_lock(7208, b.book_id)
    from (select distinct e.book_id from earnings e where e.deal_id = p_deal order by e.book_id) b;
    insert into freezes (deal_id, reason, frozen_at) values (p_deal, p_reason, p_at)
    on conflict (deal_id, reason) where lifted_at is null do nothing;
  end $$;
  grant execute on function ledger.freeze_deal(uuid, text, timestamptz) to evenhand_app;

  -- Until the transaction ends no deal with earnings in these books is frozen: what it reads of freezes stays true.
  create function ledger.hold_off_freezes(p_books integer[]) returns void
  language plpgsql security definer set search_path = ledger, pg_temp as $$
  begin
    perform require_system();
    perform pg_advisory_xact_lock_shared(7208, b.book_id)
    from (select distinct w.book_id from unnest(p_books) w (book_id) order by w.book_id) b;
  end $$;
  grant execute on function ledger.hold_off_freezes(integer[]) to evenhand_app;

  create function ledger.unfreeze_deal(p_deal uuid, p_reason text, p_at timestamptz) returns void
  language plpgsql security definer set search_path = ledger, pg_temp as $$
  begin
    perform require_system();
    update freezes f set lifted_at = p_at where f.deal_id = p_deal and f.reason = p_reason and f.lifted_at is null;
  end $$;
  grant execute on function ledger.unfreeze_deal(uuid, text, timestamptz) to evenhand_app;
`;

const LOCK_EARNINGS = `
  -- Locks the earnings of the sources and their holds, in the order of their ids, until the transaction ends.
  create function ledger.lock_earnings(p_book integer, p_types text[], p_sources uuid[])
  returns table (
    earning_id bigint, kind text, source_type text, source_id uuid, deal_id uuid, currency text, base_minor bigint,
    base_reversed_minor bigint, gross_minor bigint, gross_reversed_minor bigint, from_escrow_minor bigint,
    share_id bigint, party_id uuid, role text, amount_minor bigint, reversed_minor bigint, is_held boolean
  ) language plpgsql security definer set search_path = ledger, pg_temp as $$
  declare
    v_ids bigint[];
  begin
    perform require_system();
    v_ids := array(
      select e.earning_id from unnest(p_types, p_sources) w (source_type, source_id)
      join earnings e on e.book_id = p_book and e.source_type = w.source_type and e.source_id = w.source_id);
    perform 1 from earnings e where e.book_id = p_book and e.earning_id = any (v_ids) order by e.earning_id for update;
    perform 1 from holds h where h.book_id = p_book and h.earning_id = any (v_ids) order by h.earning_id for update;
    return query
      select e.earning_id, e.kind, e.source_type, e.source_id, e.deal_id, e.currency::text, e.base_minor,
             e.base_reversed_minor, e.gross_minor, e.gross_reversed_minor, e.from_escrow_minor,
             s.share_id, s.party_id, s.role, s.amount_minor, s.reversed_minor,
             s.is_held and h.released_by is null as is_held
      from unnest(v_ids) w (id)
      join earnings e on e.book_id = p_book and e.earning_id = w.id
      join holds h on h.book_id = p_book and h.earning_id = w.id
      ${SHARES_OF_EARNING}
      order by s.share_id;
  end $$;
  grant execute on function ledger.lock_earnings(integer, text[], uuid[]) to evenhand_app;
`;

const ADD_FX_RATES = `
  create function ledger.add_fx_rates(p_source text, p_dates date[], p_currencies text[], p_per_euro numeric[])
  returns integer language plpgsql security definer set search_path = ledger, pg_temp as $$
  declare
    v_count integer;
  begin
    perform require_system();
    insert into fx_rates (rate_date, currency, per_euro, source)
    select w.rate_date, w.currency, w.per_euro, p_source
    from unnest(p_dates, p_currencies, p_per_euro) w (rate_date, currency, per_euro)
    on conflict (currency, rate_date) do nothing;
    get diagnostics v_count = row_count;
    return v_count;
  end $$;
  grant execute on function ledger.add_fx_rates(text, date[], text[], numeric[]) to evenhand_app;
`;
