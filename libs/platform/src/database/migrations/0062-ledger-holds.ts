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
      drop function ledger.release_due, ledger.release_shares, ledger.books_with_due, ledger.freeze_deal, ledger.hold_off_freezes, ledger.unfreeze_deal,
        ledger.lock_earnings, ledger.add_fx_rates`);
  }
}

const RELEASE_DUE = `
  create function ledger.books_with_due(p_now timestamptz, p_limit integer) returns setof integer
  language plpgsql stable security definer set search_path = ledger, pg_temp as $$
  begin
    perform require_system();
    return query
      select b.book_id from books b
      cross join lateral (select s.release_at from shares s
                          where s.book_id = b.book_id and s.state = 'held' and s.release_at <= p_now
                          order by s.release_at limit 1) due
      order by due.release_at limit p_limit;
  end $$;
  grant execute on function ledger.books_with_due(timestamptz, integer) to evenhand_app;

  -- p_places names the owner of each share by its place in p_parties; the platform's fee has no party.
  create function ledger.release_shares(
    p_book integer, p_now timestamptz, p_key text, p_shares bigint[], p_places integer[], p_lefts bigint[],
    p_parties uuid[], p_currencies text[]
  ) returns void language plpgsql set search_path = ledger, pg_temp as $$
  declare
    v_kinds text[];
    v_parties uuid[];
    v_currencies text[];
    v_shares bigint[];
    v_pending integer[];
    v_available integer[];
    v_lefts bigint[];
  begin
    -- Two accounts per owner, side by side: pending at 2 · place - 1, available at 2 · place.
    select array_agg(k.kind order by o.n, k.side), array_agg(o.party_id order by o.n, k.side),
           array_agg(o.currency order by o.n, k.side)
      into v_kinds, v_parties, v_currencies
    from unnest(p_parties, p_currencies) with ordinality o (party_id, currency, n)
    cross join lateral (values
      (1, case when o.party_id is null then 'platform_fee_pending' else 'payee_pending' end),
      (2, case when o.party_id is null then 'platform_fee' else 'payee_available' end)) k (side, kind);
    select array_agg(w.share_id), array_agg(2 * w.place - 1), array_agg(2 * w.place), array_agg(w.left_minor)
      into v_shares, v_pending, v_available, v_lefts
    from unnest(p_shares, p_places, p_lefts) w (share_id, place, left_minor) where w.left_minor > 0;

    perform post_batch(
      p_book, array[p_key], array[sha256(p_key::bytea)], array['holds_released'], array[p_now], array[null::text],
      coalesce(v_kinds, '{}'), coalesce(v_currencies, '{}'), coalesce(v_parties, '{}'),
      array_fill(null::uuid, array[coalesce(cardinality(v_kinds), 0)]),
      array_fill(null::text, array[coalesce(cardinality(v_kinds), 0)]),
      array_fill(1, array[coalesce(cardinality(v_shares), 0)]), coalesce(v_pending, '{}'),
      array_fill(0, array[coalesce(cardinality(v_shares), 0)]), coalesce(v_available, '{}'), coalesce(v_lefts, '{}'),
      array_fill(0, array[coalesce(cardinality(v_shares), 0)]), coalesce(v_shares, '{}'),
      '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}',
      '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}');
  end $$;

  -- Releases up to p_limit due shares of one book as one transaction, one posting per share with anything left of it.
  -- Shares somebody else has locked are left for the next run; shares of frozen deals wait until no freeze holds them.
  create function ledger.release_due(p_book integer, p_now timestamptz, p_limit integer) returns integer
  language plpgsql security definer set search_path = ledger, pg_temp as $$
  declare
    v_frozen uuid[];
    v_ids bigint[];
    v_accounts integer[];
    v_lefts bigint[];
    v_key text := 'release:' || gen_random_uuid();
    v_parties uuid[];
    v_currencies text[];
  begin
    perform require_system();
    if p_limit > 4000 then
      raise exception 'at most 4000 shares are released in one transaction' using errcode = 'EV008';
    end if;
    -- Freezing takes the same row for itself, so no release that began before it ends after it.
    perform 1 from books b where b.book_id = p_book for share;
    v_frozen := array(select distinct f.deal_id from freezes f where f.lifted_at is null);

    with due as (
      select s.share_id, case s.role when 'platform' then null else s.party_id end as party_id, s.currency::text as currency,
             s.amount_minor - s.reversed_minor as left_minor
      from shares s
      where s.book_id = p_book and s.state = 'held' and s.release_at <= p_now
        and (cardinality(v_frozen) = 0 or not exists (
          select 1 from earnings e
          where e.book_id = p_book and e.earning_id = s.share_id >> 6 and e.deal_id = any (v_frozen)))
      order by s.release_at, s.share_id limit p_limit
      for update of s skip locked
    ), placed as (
      select d.*, dense_rank() over (order by d.currency, d.party_id)::integer as place from due d order by d.share_id
    ), owners as (
      select array_agg(o.party_id order by o.place) as parties, array_agg(o.currency order by o.place) as currencies
      from (select distinct p.place, p.party_id, p.currency from placed p) o
    )
    select array_agg(p.share_id), array_agg(p.place), array_agg(p.left_minor), o.parties, o.currencies
      into v_ids, v_accounts, v_lefts, v_parties, v_currencies
    from placed p cross join owners o group by o.parties, o.currencies;
    if v_ids is null then return 0; end if;

    -- What refunds took back whole and zero shares are released too, with nothing to post.
    perform release_shares(p_book, p_now, v_key, v_ids, v_accounts, v_lefts, v_parties, v_currencies);
    update shares s set state = 'released', released_at = p_now
    where s.book_id = p_book and s.share_id = any (v_ids);
    return cardinality(v_ids);
  end $$;
  grant execute on function ledger.release_due(integer, timestamptz, integer) to evenhand_app;
`;

const FREEZE = `
  -- Locks the books in which the deal has earnings, so that a release under way ends before the freeze begins.
  create function ledger.freeze_deal(p_deal uuid, p_reason text, p_at timestamptz) returns void
  language plpgsql security definer set search_path = ledger, pg_temp as $$
  begin
    perform require_system();
    perform 1 from books b
    where b.book_id in (select e.book_id from earnings e where e.deal_id = p_deal)
    order by b.book_id for no key update;
    insert into freezes (deal_id, reason, frozen_at) values (p_deal, p_reason, p_at)
    on conflict (deal_id, reason) where lifted_at is null do nothing;
  end $$;
  grant execute on function ledger.freeze_deal(uuid, text, timestamptz) to evenhand_app;

  -- Until the transaction ends no deal with earnings in these books is frozen: what it reads of freezes stays true.
  create function ledger.hold_off_freezes(p_books integer[]) returns void
  language plpgsql security definer set search_path = ledger, pg_temp as $$
  begin
    perform require_system();
    perform 1 from books b where b.book_id = any (p_books) order by b.book_id for share;
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
  -- Locks the earnings of the sources and their shares, in the order of their ids, until the transaction ends.
  create function ledger.lock_earnings(p_book integer, p_types text[], p_sources uuid[])
  returns table (
    earning_id bigint, kind text, source_type text, source_id uuid, deal_id uuid, currency text, base_minor bigint,
    base_reversed_minor bigint, gross_minor bigint, gross_reversed_minor bigint, from_escrow_minor bigint,
    share_id bigint, party_id uuid, role text, amount_minor bigint, reversed_minor bigint, state text
  ) language plpgsql security definer set search_path = ledger, pg_temp as $$
  declare
    v_ids bigint[];
  begin
    perform require_system();
    v_ids := array(
      select e.earning_id from unnest(p_types, p_sources) w (source_type, source_id)
      join earnings e on e.book_id = p_book and e.source_type = w.source_type and e.source_id = w.source_id);
    perform 1 from earnings e where e.book_id = p_book and e.earning_id = any (v_ids) order by e.earning_id for update;
    perform 1 from unnest(v_ids) w (id)
    join shares s on s.book_id = p_book and s.share_id between (w.id << 6) + 1 and (w.id << 6) + 63
    order by s.share_id for update of s;
    return query
      select e.earning_id, e.kind, e.source_type, e.source_id, e.deal_id, e.currency::text, e.base_minor,
             e.base_reversed_minor, e.gross_minor, e.gross_reversed_minor, e.from_escrow_minor,
             s.share_id, s.party_id, s.role, s.amount_minor, s.reversed_minor, s.state
      from unnest(v_ids) w (id)
      join earnings e on e.book_id = p_book and e.earning_id = w.id
      join shares s on s.book_id = p_book and s.share_id between (w.id << 6) + 1 and (w.id << 6) + 63
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
