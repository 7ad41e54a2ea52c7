import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Release of held shares, freezes, the locks a refund takes, and the loading of exchange rates. */
export class LedgerHolds1764000062000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RELEASE_DUE);
    await runner.query(FREEZE);
    await runner.query(FREEZE_EARNINGS);
    await runner.query(LOCK_EARNINGS);
    await runner.query(ADD_FX_RATES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function ledger.release_due, ledger.lock_due, ledger.books_with_due,
        ledger.freeze_deal, ledger.hold_off_freezes, ledger.unfreeze_deal, ledger.freeze_earnings,
        ledger.unfreeze_earnings, ledger.held_earnings, ledger.lock_earnings, ledger.add_fx_rates`);
  }
}

/**
 * The shares of the earnings `w (id)` of a book. They are one short range of the key for each earning; the planner thinks a
 * range long, and the limit is what keeps it from reading the whole table instead. Where there is no order, an offset of 0 does.
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
                          where h.book_id = b.book_id and h.released_by is null and h.freezes = 0
                            and h.release_at <= p_now
                          order by h.release_at limit 1) due
      order by due.release_at limit p_limit;
  end $$;
  grant execute on function ledger.books_with_due(timestamptz, integer) to evenhand_app;

  -- Locks up to p_limit due holds. Those somebody else has locked are left for the next run; frozen ones, and those of
  -- frozen deals, wait until no freeze holds them.
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
        where h.book_id = p_book and h.released_by is null and h.freezes = 0 and h.release_at <= p_now
          and (cardinality(v_frozen) = 0 or not exists (
            select 1 from earnings e
            where e.book_id = p_book and e.earning_id = h.earning_id and e.deal_id = any (v_frozen)))
        order by h.release_at, h.earning_id limit p_limit
        for update of h skip locked
      ) due order by due.earning_id);
  end $$;

  -- Releases up to p_limit due holds of one book in one transaction, by one posting for all that a payee is released, with
  -- the shares it moves beside it; fewer where a transaction has no room for so many payees. What refunds took back whole
  -- and zero shares are released too, with nothing to post. Returns how many holds.
  create function ledger.release_due(p_book integer, p_now timestamptz, p_limit integer) returns integer
  language plpgsql security definer set search_path = ledger, pg_temp
  set plan_cache_mode = force_generic_plan as $$
  declare
    v_closed_before timestamptz;
    v_earnings bigint[];
    v_shares record;
    v_payees record;
    v_none text[];
    v_pending bigint[];
    v_available bigint[];
    v_id bigint;
    v_recorded_at timestamptz;
  begin
    v_closed_before := enter_book(p_book);
    v_earnings := lock_due(p_book, p_now, p_limit);
    if cardinality(v_earnings) = 0 then return 0; end if;
    perform check_period(v_closed_before, array[p_now], array[true]);
    select array_agg(h.share_id) as ids, array_agg(h.left_minor) as amounts, array_agg(h.party_id) as parties,
           array_agg(h.currency) as currencies, array_agg(h.payee) as payees, coalesce(max(h.payee), 0) as payee_count
      into v_shares
    from (
      select s.share_id, s.amount_minor - s.reversed_minor as left_minor, p.party_id, s.currency::text as currency,
             dense_rank() over (order by s.currency, p.party_id) as payee
      from unnest(v_earnings) w (id)
      ${SHARES_OF_EARNING}
      cross join lateral (select case s.role when 'platform' then null else s.party_id end as party_id) p
      where s.is_held and s.amount_minor > s.reversed_minor
    ) h;
    if v_shares.payee_count > 4095 then return release_due(p_book, p_now, p_limit / 2); end if;

    v_id := nextval('transaction_ids');
    v_recorded_at := next_instant(null);
    insert into transactions (book_id, transaction_id, kind, idempotency_key, request_hash, effective_at, recorded_at)
    values (p_book, v_id, 'holds_released', 'release:' || v_id, sha256(('release:' || v_id)::bytea), p_now, v_recorded_at);
    if v_shares.payee_count > 0 then
      with owed as (
        select w.payee, w.party_id, w.currency, sum(w.amount)::bigint as amount,
               array_agg(w.share_id order by w.share_id) as share_ids, array_agg(w.amount order by w.share_id) as amounts
        from unnest(v_shares.ids, v_shares.amounts, v_shares.parties, v_shares.currencies, v_shares.payees)
               w (share_id, amount, party_id, currency, payee)
        group by w.payee, w.party_id, w.currency
      ), moved as (
        insert into posting_shares (book_id, posting_id, party_id, share_ids, amounts_minor)
        select p_book, (v_id << 12) + o.payee, o.party_id, o.share_ids, o.amounts from owed o
      )
      select array_agg(o.party_id order by o.payee) as parties, array_agg(o.currency order by o.payee) as currencies,
             array_agg(o.amount order by o.payee) as amounts,
             array_agg(case when o.party_id is null then 'platform_fee_pending' else 'payee_pending' end order by o.payee)
               as pending_kinds,
             array_agg(case when o.party_id is null then 'platform_fee' else 'payee_available' end order by o.payee)
               as available_kinds
        into v_payees
      from owed o;
      v_none := array_fill(null::text, array[cardinality(v_payees.parties)]);
      v_pending := (select o.ids from open_accounts(p_book, v_payees.pending_kinds, v_payees.currencies, v_payees.parties,
                                                    v_none::uuid[], v_none) o);
      v_available := (select o.ids from open_accounts(p_book, v_payees.available_kinds, v_payees.currencies,
                                                      v_payees.parties, v_none::uuid[], v_none) o);
      insert into postings
        (book_id, recorded_at, posting_id, debit_account_id, credit_account_id, amount_minor, currency)
      select p_book, v_recorded_at, (v_id << 12) + w.n, w.pending_id, w.available_id, w.amount, w.currency
      from unnest(v_pending, v_available, v_payees.amounts, v_payees.currencies)
             with ordinality w (pending_id, available_id, amount, currency, n);
    end if;
    update holds h set released_by = v_id, released_at = p_now
    where h.book_id = p_book and h.earning_id = any (v_earnings);
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

const FREEZE_EARNINGS = `
  -- Locks the holds of the sources, released ones only where they are asked for, in the order in which a refund locks them.
  create function ledger.held_earnings(p_book integer, p_types text[], p_sources uuid[], p_released boolean)
  returns bigint[]
  language sql set search_path = ledger, pg_temp as $$
    select coalesce(array_agg(l.earning_id), '{}') from (
      select h.earning_id from unnest(p_types, p_sources) w (source_type, source_id)
      join earnings e on e.book_id = p_book and e.source_type = w.source_type and e.source_id = w.source_id
      join holds h on h.book_id = p_book and h.earning_id = e.earning_id
      where h.released_by is null or p_released
      order by h.earning_id for update of h
    ) l
  $$;

  -- Stops the release of held earnings one by one; returns how many are frozen for this reason by it, or were before. What
  -- is released already is stopped from being paid out, where it is asked for. A release under way has locked its holds
  -- and is waited for; one that begins meanwhile finds the hold changed. Payouts that are being sent are waited for, as a
  -- freeze of a deal waits for them; no book is entered then, so that nobody who closes a period stands between the two.
  create function ledger.freeze_earnings(p_book integer, p_types text[], p_sources uuid[], p_reason text, p_at timestamptz,
    p_released boolean)
  returns integer language plpgsql security definer set search_path = ledger, pg_temp
  set plan_cache_mode = force_generic_plan as $$
  declare
    v_ids bigint[];
  begin
    perform require_system();
    if p_released then perform pg_advisory_xact_lock(7208, p_book); else perform enter_book(p_book); end if;
    v_ids := held_earnings(p_book, p_types, p_sources, p_released);
    with frozen as (
      insert into earning_freezes (book_id, earning_id, reason, frozen_at, after_release)
      select p_book, w.id, p_reason, p_at, h.released_by is not null
      from unnest(v_ids) w (id) join holds h on h.book_id = p_book and h.earning_id = w.id
      on conflict (book_id, earning_id, reason) where lifted_at is null do nothing
      returning earning_id, after_release
    )
    update holds h set freezes = h.freezes + 1 from frozen f
    where h.book_id = p_book and h.earning_id = f.earning_id and not f.after_release;
    return cardinality(v_ids);
  end $$;
  grant execute on function ledger.freeze_earnings(integer, text[], uuid[], text, timestamptz, boolean) to evenhand_app;

  create function ledger.unfreeze_earnings(p_book integer, p_types text[], p_sources uuid[], p_reason text, p_at timestamptz)
  returns void language plpgsql security definer set search_path = ledger, pg_temp
  set plan_cache_mode = force_generic_plan as $$
  declare
    v_ids bigint[];
  begin
    perform require_system();
    perform enter_book(p_book);
    v_ids := held_earnings(p_book, p_types, p_sources, true);
    with lifted as (
      update earning_freezes f set lifted_at = p_at
      where f.book_id = p_book and f.earning_id = any (v_ids) and f.reason = p_reason and f.lifted_at is null
      returning f.earning_id, f.after_release
    )
    update holds h set freezes = h.freezes - 1 from lifted l
    where h.book_id = p_book and h.earning_id = l.earning_id and not l.after_release;
  end $$;
  grant execute on function ledger.unfreeze_earnings(integer, text[], uuid[], text, timestamptz) to evenhand_app;
`;

const LOCK_EARNINGS = `
  -- Locks the earnings of the sources and their holds, in the order of their ids, until the transaction ends.
  create function ledger.lock_earnings(p_book integer, p_types text[], p_sources uuid[])
  returns table (
    earning_id bigint, kind ledger.earning_kind, source_type ledger.source_type, source_id uuid, deal_id uuid, currency char(3),
    base_minor ledger.amount_minor_or_none, base_reversed_minor ledger.amount_minor_or_none, gross_minor ledger.amount_minor_or_none,
    gross_reversed_minor ledger.amount_minor_or_none, from_escrow_minor ledger.amount_minor_or_none, share_id bigint, party_id uuid,
    role ledger.share_role, amount_minor ledger.amount_minor_or_none, reversed_minor ledger.amount_minor_or_none, is_held boolean
  ) language plpgsql security definer set search_path = ledger, pg_temp
  set plan_cache_mode = force_generic_plan as $$
  declare
    v_ids bigint[];
  begin
    -- As whoever posts: before any row is locked, or a period waiting to be closed would come between the two.
    perform enter_book(p_book);
    v_ids := array(
      select l.earning_id from (
        select e.earning_id from unnest(p_types, p_sources) w (source_type, source_id)
        join earnings e on e.book_id = p_book and e.source_type = w.source_type and e.source_id = w.source_id
        join holds h on h.book_id = p_book and h.earning_id = e.earning_id
        order by e.earning_id for update of e, h
      ) l);
    return query
      select e.earning_id, e.kind, e.source_type, e.source_id, e.deal_id, e.currency, e.base_minor,
             e.base_reversed_minor, e.gross_minor, e.gross_reversed_minor, e.from_escrow_minor,
             s.share_id, s.party_id, s.role, s.amount_minor, s.reversed_minor,
             s.is_held and h.released_by is null as is_held
      from unnest(v_ids) w (id)
      cross join lateral (select o.* from earnings o where o.book_id = p_book and o.earning_id = w.id offset 0) e
      cross join lateral (select o.* from holds o where o.book_id = p_book and o.earning_id = w.id offset 0) h
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
