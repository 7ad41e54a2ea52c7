import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The writer of the ledger and its steps. Errors carry a SQLSTATE of class EV and a JSON detail that names the item.
 * Arrays go in and out of every step; items, accounts, terms and seats are named by their place in them, from 1.
 * The steps have the search path of the function that was called: setting it anew would cost more than some of them do.
 */
export class LedgerWriter1764000061000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RIGHTS_AND_BOOKS);
    await runner.query(OPEN_ACCOUNTS);
    await runner.query(LOCK_BALANCES);
    await runner.query(CLAIM_KEYS);
    await runner.query(PLACE_POSTINGS);
    await runner.query(WRITE_POSTINGS);
    await runner.query(WRITE_EARNINGS);
    await runner.query(WRITE_REVERSALS);
    await runner.query(POST_BATCH);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function ledger.post_batch, ledger.write_conversions, ledger.write_reversals, ledger.check_reversals,
        ledger.write_earnings, ledger.write_postings, ledger.place_postings, ledger.refuse_shortfall,
        ledger.cash_partners, ledger.with_cash_partners, ledger.claim_keys, ledger.next_instant, ledger.lock_payables,
        ledger.lock_balances, ledger.open_rules, ledger.open_accounts, ledger.check_period,
        ledger.in_open_period,
        ledger.enter_book, ledger.open_book,
        ledger.require_system`);
  }
}

const RIGHTS_AND_BOOKS = `
  create function ledger.require_system() returns void language plpgsql stable as $$
  begin
    if not access.is_system() then
      raise exception 'only the system writes the ledger' using errcode = 'insufficient_privilege';
    end if;
  end $$;

  create function ledger.open_book(p_brand uuid) returns integer
  language plpgsql security definer set search_path = ledger, pg_temp as $$
  declare
    v_book integer;
  begin
    perform require_system();
    select book_id into v_book from books where brand_id = p_brand;
    if v_book is null then
      insert into books (brand_id) values (p_brand) on conflict (brand_id) do nothing;
      select book_id into v_book from books where brand_id = p_brand;
    end if;
    return v_book;
  end $$;
  grant execute on function ledger.open_book(uuid) to evenhand_app;

  -- Where everything that posts begins; returns the instant before which the book is closed. The number of the
  -- transaction is drawn here, before the clock is read: see tick.
  create function ledger.enter_book(p_book integer) returns timestamptz
  language plpgsql as $$
  declare
    v_closed_before timestamptz;
  begin
    perform require_system(), pg_current_xact_id(), keep_from_closing(p_book);
    -- A statement of its own: it sees what the last close has left.
    select b.closed_before into v_closed_before from books b where b.book_id = p_book;
    if not found then
      raise exception 'there is no book %', p_book using errcode = 'EV006';
    end if;
    return v_closed_before;
  end $$;

  -- What was earned or refunded in a period that is closed by now takes effect at the first open instant.
  create function ledger.in_open_period(p_closed_before timestamptz, p_effective_at timestamptz[], p_kinds text[])
  returns timestamptz[] language plpgsql as $$
  begin
    if p_closed_before is null then return p_effective_at; end if;
    return array(
      select case when w.kind in ('milestone_approved', 'sale_recorded', 'bonus_earned', 'earning_reversed')
                  then greatest(w.at, p_closed_before) else w.at end
      from unnest(p_effective_at, p_kinds) with ordinality w (at, kind, n) order by w.n);
  end $$;

  -- Refuses what takes effect in a closed period. What was recorded before it closed is told again, not refused.
  create function ledger.check_period(p_closed_before timestamptz, p_effective_at timestamptz[], p_fresh boolean[])
  returns void language plpgsql as $$
  declare
    v_item bigint;
  begin
    if p_closed_before is null then return; end if;
    select min(w.n) into v_item from unnest(p_effective_at, p_fresh) with ordinality w (at, is_fresh, n)
    where w.is_fresh and w.at < p_closed_before;
    if v_item is not null then
      raise exception 'the period is closed' using errcode = 'EV005',
        detail = json_build_object('item', v_item, 'closedBefore', p_closed_before);
    end if;
  end $$;
`;

const OPEN_ACCOUNTS = `
  -- The accounts in their order; those never seen before are opened, sorted, and one of two rivals opens them.
  create function ledger.open_accounts(
    p_book integer, p_kinds text[], p_currencies text[], p_parties uuid[], p_deals uuid[], p_purposes text[],
    out ids bigint[], out signs integer[], out floors boolean[], out pendings boolean[]
  ) language plpgsql as $$
  begin
    for attempt in 1..2 loop
      select array_agg(a.account_id order by w.n), array_agg(a.debit_sign::integer order by w.n),
             array_agg(a.has_floor order by w.n), array_agg(a.is_pending order by w.n)
        into ids, signs, floors, pendings
      from unnest(p_kinds, p_currencies, p_parties, p_deals, p_purposes)
             with ordinality w (kind, currency, party_id, deal_id, purpose, n)
      left join accounts a on a.book_id = p_book
        and a.account_key = account_key(w.kind, w.currency, w.party_id, w.deal_id, w.purpose);
      exit when array_position(ids, null) is null;

      with opened as (
        insert into accounts
          (book_id, kind, currency, party_id, deal_id, purpose, debit_sign, has_floor, is_pending)
        select p_book, w.kind, w.currency, w.party_id, w.deal_id, w.purpose,
               case k.normal_side when 'debit' then 1 else -1 end, k.has_floor, k.is_pending
        from unnest(p_kinds, p_currencies, p_parties, p_deals, p_purposes)
               with ordinality w (kind, currency, party_id, deal_id, purpose, n)
        join account_kinds k on k.kind = w.kind
        where ids[w.n] is null
        order by account_key(w.kind, w.currency, w.party_id, w.deal_id, w.purpose)
        on conflict (book_id, account_key) do nothing
        returning book_id, account_id, has_floor
      )
      insert into balances (book_id, account_id)
      select book_id, account_id from opened where has_floor order by account_id;
    end loop;

    if (select count(distinct id) from unnest(ids) id) <> cardinality(p_kinds) then
      raise exception 'each account of a batch is named once, by a kind of the chart' using errcode = 'EV008';
    end if;
  end $$;

  -- The ids of the rules in their order; a rule is stored once.
  create function ledger.open_rules(p_book integer, p_versions text[], p_rules text[], p_hashes bytea[])
  returns integer[] language plpgsql as $$
  declare
    v_ids integer[];
  begin
    for attempt in 1..2 loop
      select array_agg(r.rule_id order by w.n) into v_ids
      from unnest(p_hashes) with ordinality w (hash, n)
      left join rules r on r.book_id = p_book and r.rule_hash = w.hash;
      exit when array_position(v_ids, null) is null;
      insert into rules (book_id, rule_version, rule, rule_hash)
      select p_book, w.version, w.rule::jsonb, w.hash
      from unnest(p_versions, p_rules, p_hashes) w (version, rule, hash)
      order by w.hash on conflict (book_id, rule_hash) do nothing;
    end loop;
    return v_ids;
  end $$;
`;

const LOCK_BALANCES = `
  -- Locks the balances of the accounts with a floor, sorted, and gives them as the last holder left them; null for the
  -- accounts that are summed. One that is only drawn on while it lasts is left alone where it holds nothing: to see it
  -- empty is as good as having come before whoever is filling it.
  create function ledger.lock_balances(
    p_book integer, p_accounts bigint[], p_floors boolean[], p_drawn boolean[], out balances bigint[], out latest timestamptz
  ) language plpgsql as $$
  begin
    if not true = any (p_floors) then
      balances := array_fill(null::bigint, array[cardinality(p_accounts)]);
      return;
    end if;
    with locked as materialized (
      select b.account_id, b.balance_minor, b.recorded_at
      from unnest(p_accounts, p_floors, p_drawn) w (account_id, has_floor, is_drawn)
      join balances b on b.book_id = p_book and b.account_id = w.account_id
      where w.has_floor and (b.balance_minor > 0 or not w.is_drawn)
      order by b.account_id for update of b
    )
    select array_agg(l.balance_minor order by w.n), max(l.recorded_at) into balances, latest
    from unnest(p_accounts) with ordinality w (account_id, n) left join locked l on l.account_id = w.account_id;
  end $$;

  -- Adds to the balances the exact sums of the payees' available accounts that are about to be paid from; whoever pays
  -- from one of them waits here for who does so now.
  create function ledger.lock_payables(
    p_book integer, p_accounts bigint[], p_kinds text[], p_debits integer[], p_credits integer[], inout balances bigint[]
  ) language plpgsql as $$
  declare
    v_paid integer[];
    v_place integer;
  begin
    v_paid := array(
      select distinct w.debit from unnest(p_debits, p_credits) w (debit, credit)
      where p_kinds[w.debit] = 'payee_available' and p_kinds[w.credit] = 'payout_in_transit');
    perform 1 from accounts a
    where a.book_id = p_book and a.account_id in (select p_accounts[n] from unnest(v_paid) n)
    order by a.account_id for no key update;
    foreach v_place in array v_paid loop
      balances[v_place] := balance_at(p_book, p_accounts[v_place], 'infinity');
    end loop;
  end $$;

  -- When what is written now is recorded: later than what the locked accounts hold and than the announced instant, also
  -- where the clock was set back.
  create function ledger.next_instant(p_latest timestamptz) returns timestamptz
  language sql as $$
    select greatest(clock_timestamp(), c.announced_at + interval '1 microsecond', p_latest + interval '1 microsecond')
    from ledger.clock c
  $$;
`;

const CLAIM_KEYS = `
  -- Inserts a transaction per key that is new. For a key seen before, also earlier in this batch, the id is that of its
  -- first transaction, or the batch is refused where the request was another one.
  create function ledger.claim_keys(
    p_book integer, p_keys text[], p_hashes bytea[], p_kinds text[], p_effective_at timestamptz[], p_references text[],
    p_recorded_at timestamptz, out ids bigint[], out fresh boolean[]
  ) language plpgsql as $$
  declare
    v_conflict bigint;
    v_count integer;
  begin
    ids := array(select nextval('transaction_ids') from generate_series(1, cardinality(p_keys)));
    insert into transactions
      (book_id, transaction_id, kind, idempotency_key, request_hash, effective_at, recorded_at, reference)
    select p_book, w.id, w.kind, w.key, w.hash, w.effective_at, p_recorded_at, w.reference
    from unnest(ids, p_keys, p_hashes, p_kinds, p_effective_at, p_references)
           with ordinality w (id, key, hash, kind, effective_at, reference, n)
    order by w.key collate "C", w.n
    on conflict (book_id, idempotency_key) do nothing;
    get diagnostics v_count = row_count;

    if v_count = cardinality(p_keys) then
      fresh := array_fill(true, array[v_count]);
      return;
    end if;
    select array_agg(t.transaction_id order by w.n), array_agg(t.transaction_id = ids[w.n] order by w.n),
           min(w.n) filter (where t.request_hash <> w.hash)
      into ids, fresh, v_conflict
    from unnest(p_keys, p_hashes) with ordinality w (key, hash, n)
    join transactions t on t.book_id = p_book and t.idempotency_key = w.key;
    if v_conflict is not null then
      raise exception 'idempotency key used for another request'
        using errcode = 'EV001', detail = json_build_object('item', v_conflict);
    end if;
  end $$;
`;

const PLACE_POSTINGS = `
  create function ledger.refuse_shortfall(
    p_state text, p_message text, p_item integer, p_kind text, p_currency text, p_needed bigint, p_available bigint
  ) returns void language plpgsql as $$
  begin
    raise exception '%', p_message using errcode = p_state, detail = json_build_object(
      'item', p_item, 'account', p_kind, 'currency', p_currency, 'needed', p_needed::text, 'available', p_available::text);
  end $$;

  -- The accounts with client cash beside what is in transit, and the reverse, in each currency that has one of them.
  create function ledger.with_cash_partners(
    inout kinds text[], inout currencies text[], inout parties uuid[], inout deals uuid[], inout purposes text[],
    inout drawn boolean[]
  ) language sql as $$
    with absent as (
      select k.kind, c.currency
      from (select distinct w.currency from unnest(kinds, currencies) w (kind, currency)
            where w.kind in ('client_cash', 'payout_in_transit')) c
      cross join (values ('client_cash'), ('payout_in_transit')) k (kind)
      except select w.kind, w.currency from unnest(kinds, currencies) w (kind, currency)
    )
    select kinds || coalesce(array_agg(a.kind), '{}'), currencies || coalesce(array_agg(a.currency), '{}'),
           parties || coalesce(array_agg(null::uuid), '{}'), deals || coalesce(array_agg(null::uuid), '{}'),
           purposes || coalesce(array_agg(null::text), '{}'), drawn || coalesce(array_agg(false), '{}')
    from absent a
  $$;

  -- For client cash the place of what is in transit in its currency, and the reverse; null for other accounts.
  create function ledger.cash_partners(p_kinds text[], p_currencies text[]) returns integer[] language sql as $$
    select array_agg(o.n::integer order by w.n)
    from unnest(p_kinds, p_currencies) with ordinality w (kind, currency, n)
    left join unnest(p_kinds, p_currencies) with ordinality o (kind, currency, n) on o.currency = w.currency
      and (w.kind, o.kind) in (('client_cash', 'payout_in_transit'), ('payout_in_transit', 'client_cash'))
  $$;

  -- The postings of the fresh items as they will be written: a posting with an overflow takes what its first account
  -- holds after those before it, and the rest from the overflow. Refuses the first one that takes an account below its
  -- floor, pays more than a payee is owed, leaves less client cash than is in transit (nobody is paid with another
  -- brand's money), joins two currencies, or moves what is pending without a share.
  create function ledger.place_postings(
    p_ids bigint[], p_fresh boolean[], p_kinds text[], p_currencies text[], p_signs integer[], p_floors boolean[],
    p_pendings boolean[], p_partners integer[], p_items integer[], p_debits integer[], p_overflows integer[],
    p_credits integer[], p_amounts bigint[], p_share_nos integer[], p_share_ids bigint[],
    inout balances bigint[], out posting_ids bigint[], out debits integer[], out credits integer[],
    out amounts bigint[], out shares bigint[], out from_escrow bigint[], out takes_pending boolean
  ) language plpgsql as $$
  declare
    v_item integer := 0;
    v_id bigint;
    v_count integer := 0;
    v_debit integer;
    v_credit integer;
    v_left bigint;
    v_amount bigint;
    v_share bigint;
    v_balance bigint;
  begin
    from_escrow := array_fill(0::bigint, array[cardinality(p_ids)]);
    takes_pending := false;
    for n in 1..cardinality(p_items) loop
      if p_items[n] <> v_item then
        if p_items[n] < v_item then
          raise exception 'postings come in the order of their items' using errcode = 'EV008';
        end if;
        v_item := p_items[n];
        v_id := p_ids[v_item] << 12;
      end if;
      continue when not p_fresh[v_item];
      v_debit := p_debits[n];
      v_credit := p_credits[n];
      v_left := p_amounts[n];
      v_share := case when p_share_nos[n] > 0 then (p_ids[v_item] << 6) + p_share_nos[n] else nullif(p_share_ids[n], 0) end;
      takes_pending := takes_pending or p_pendings[v_debit];
      if v_left is null or v_left <= 0 or v_debit = p_overflows[n] then
        raise exception 'a posting moves an amount above zero' using errcode = 'EV008';
      elsif p_currencies[v_debit] <> p_currencies[v_credit] then
        raise exception 'both accounts of a posting have one currency' using errcode = 'EV008';
      elsif v_share is null and (p_pendings[v_debit] or p_pendings[v_credit]) then
        raise exception 'what is pending is moved by shares alone' using errcode = 'EV008';
      elsif balances[v_credit] is null and p_floors[v_credit] then
        raise exception 'an account with a floor is moved under its lock' using errcode = 'EV008';
      end if;

      while v_left > 0 loop
        v_amount := v_left;
        if p_overflows[n] > 0 and v_debit = p_debits[n] then
          v_amount := least(v_left, coalesce(balances[v_debit], 0));
        end if;
        if v_amount > 0 then
          v_id := v_id + 1;
          v_count := v_count + 1;
          posting_ids[v_count] := v_id;
          debits[v_count] := v_debit;
          credits[v_count] := v_credit;
          amounts[v_count] := v_amount;
          shares[v_count] := v_share;
          if p_kinds[v_debit] = 'deal_escrow' then
            from_escrow[v_item] := from_escrow[v_item] + v_amount;
          end if;
          if p_floors[v_debit] or balances[v_debit] is not null then
            v_balance := coalesce(balances[v_debit], 0) + p_signs[v_debit] * v_amount;
            balances[v_debit] := v_balance;
            if v_balance < 0 and (p_floors[v_debit] or p_kinds[v_credit] = 'payout_in_transit') then
              perform ledger.refuse_shortfall('EV002', 'the account does not hold the amount', v_item, p_kinds[v_debit],
                p_currencies[v_debit], v_amount, v_balance + v_amount);
            end if;
          end if;
          if balances[v_credit] is not null then
            v_balance := balances[v_credit] - p_signs[v_credit] * v_amount;
            balances[v_credit] := v_balance;
            if v_balance < 0 and p_floors[v_credit] then
              perform ledger.refuse_shortfall('EV002', 'the account does not hold the amount', v_item, p_kinds[v_credit],
                p_currencies[v_credit], v_amount, v_balance + v_amount);
            end if;
          end if;
          if p_partners[v_credit] is not null and p_partners[v_debit] is null then
            v_balance := (balances[v_credit] - balances[p_partners[v_credit]])
              * case p_kinds[v_credit] when 'client_cash' then 1 else -1 end;
            if v_balance < 0 then
              perform ledger.refuse_shortfall('EV003', 'client cash does not cover what is in transit', v_item,
                'client_cash', p_currencies[v_credit], v_amount, v_balance + v_amount);
            end if;
          end if;
        end if;
        v_left := v_left - v_amount;
        v_debit := p_overflows[n];
      end loop;
    end loop;
  end $$;
`;

const WRITE_POSTINGS = `
  -- Debits, credits and balances name accounts by their place. Balances of accounts without a floor are not kept.
  create function ledger.write_postings(
    p_book integer, p_recorded_at timestamptz, p_accounts bigint[], p_currencies text[], p_floors boolean[],
    p_balances bigint[], p_posting_ids bigint[], p_debits integer[], p_credits integer[], p_amounts bigint[],
    p_shares bigint[]
  ) returns void language plpgsql as $$
  begin
    insert into postings
      (book_id, recorded_at, posting_id, debit_account_id, credit_account_id, amount_minor, share_id, currency)
    select p_book, p_recorded_at, w.id, p_accounts[w.debit], p_accounts[w.credit], w.amount, w.share_id,
           p_currencies[w.debit]
    from unnest(p_posting_ids, p_debits, p_credits, p_amounts, p_shares) w (id, debit, credit, amount, share_id);

    if true = any (p_floors) then
      update balances b set balance_minor = w.balance, recorded_at = p_recorded_at
      from unnest(p_accounts, p_floors, p_balances) w (account_id, has_floor, balance)
      where w.has_floor and b.book_id = p_book and b.account_id = w.account_id and b.balance_minor <> w.balance;
    end if;
  end $$;
`;

const WRITE_EARNINGS = `
  -- Terms are what many earnings have in common, seats what many shares have; from_escrow is by item.
  create function ledger.write_earnings(
    p_book integer, p_ids bigint[], p_fresh boolean[], p_effective_at timestamptz[], p_from_escrow bigint[],
    p_term_kinds text[], p_term_source_types text[], p_term_deals uuid[], p_term_campaigns uuid[],
    p_term_influencers uuid[], p_term_currencies text[], p_term_rules integer[],
    p_items integer[], p_terms integer[], p_sources uuid[], p_bases bigint[], p_net_sales_before bigint[],
    p_caps_left bigint[], p_grosses bigint[], p_release_at timestamptz[],
    p_seat_parties uuid[], p_seat_roles text[], p_seat_shares text[], p_seat_held boolean[],
    p_share_earnings integer[], p_share_nos integer[], p_share_seats integer[], p_share_amounts bigint[]
  ) returns void language plpgsql as $$
  begin
    insert into earnings
      (book_id, earning_id, rule_id, kind, source_type, source_id, deal_id, campaign_id, influencer_id, currency,
       base_minor, net_sales_before_minor, cap_left_minor, gross_minor, from_escrow_minor, earned_at)
    select p_book, p_ids[w.item], t.rule_id, t.kind, t.source_type, w.source_id, t.deal_id, t.campaign_id,
           t.influencer_id, t.currency, w.base, w.net_sales_before, w.cap_left, w.gross, p_from_escrow[w.item],
           p_effective_at[w.item]
    from unnest(p_items, p_terms, p_sources, p_bases, p_net_sales_before, p_caps_left, p_grosses)
           w (item, term, source_id, base, net_sales_before, cap_left, gross)
    join unnest(p_term_kinds, p_term_source_types, p_term_deals, p_term_campaigns, p_term_influencers, p_term_currencies,
                p_term_rules)
           with ordinality t (kind, source_type, deal_id, campaign_id, influencer_id, currency, rule_id, n) on t.n = w.term
    where p_fresh[w.item];

    insert into shares (book_id, share_id, party_id, influencer_id, role, share, currency, is_held, amount_minor)
    select p_book, (p_ids[p_items[w.earning]] << 6) + w.no, s.party_id, p_term_influencers[p_terms[w.earning]], s.role,
           s.share, p_term_currencies[p_terms[w.earning]], s.is_held, w.amount
    from unnest(p_share_earnings, p_share_nos, p_share_seats, p_share_amounts) w (earning, no, seat, amount)
    join unnest(p_seat_parties, p_seat_roles, p_seat_shares, p_seat_held)
           with ordinality s (party_id, role, share, is_held, n) on s.n = w.seat
    where p_fresh[p_items[w.earning]];

    insert into holds (book_id, earning_id, release_at)
    select p_book, p_ids[w.item], w.release_at from unnest(p_items, p_release_at) w (item, release_at)
    where p_fresh[w.item];
  end $$;
`;

const WRITE_REVERSALS = `
  -- What leaves the pending accounts is what is taken back of shares that are held still, and nothing else.
  create function ledger.check_reversals(
    p_book integer, p_fresh boolean[], p_pendings boolean[], p_debits integer[], p_amounts bigint[], p_shares bigint[],
    p_items integer[], p_reversed_shares bigint[], p_reversed_amounts bigint[]
  ) returns void language plpgsql as $$
  begin
    if exists (
      select 1 from (
        select w.share_id, sum(w.amount) as amount from unnest(p_debits, p_amounts, p_shares) w (debit, amount, share_id)
        where p_pendings[w.debit] group by w.share_id
      ) taken
      full join (
        select w.share_id, sum(w.amount) as amount
        from unnest(p_items, p_reversed_shares, p_reversed_amounts) w (item, share_id, amount)
        join shares s on s.book_id = p_book and s.share_id = w.share_id and s.is_held
        join holds h on h.book_id = p_book and h.earning_id = w.share_id >> 6 and h.released_by is null
        where p_fresh[w.item] group by w.share_id
      ) reversed on reversed.share_id = taken.share_id
      where taken.amount is distinct from reversed.amount
    ) then
      raise exception 'what leaves a pending account is what is taken back of a held share' using errcode = 'EV008';
    end if;
  end $$;

  create function ledger.write_reversals(
    p_book integer, p_ids bigint[], p_fresh boolean[], p_items integer[], p_earnings bigint[], p_refunds uuid[],
    p_bases bigint[], p_grosses bigint[], p_share_items integer[], p_shares bigint[], p_share_amounts bigint[]
  ) returns void language plpgsql as $$
  begin
    insert into reversals (book_id, transaction_id, earning_id, refund_id, base_minor, gross_minor)
    select p_book, p_ids[w.item], w.earning_id, w.refund_id, w.base, w.gross
    from unnest(p_items, p_earnings, p_refunds, p_bases, p_grosses) w (item, earning_id, refund_id, base, gross)
    where p_fresh[w.item];

    update earnings e
    set base_reversed_minor = e.base_reversed_minor + d.base, gross_reversed_minor = e.gross_reversed_minor + d.gross
    from (select w.earning_id, sum(w.base)::bigint as base, sum(w.gross)::bigint as gross
          from unnest(p_items, p_earnings, p_bases, p_grosses) w (item, earning_id, base, gross)
          where p_fresh[w.item] group by w.earning_id) d
    -- Named twice, so that whatever the plan is, no other rows are read.
    where e.book_id = p_book and e.earning_id = d.earning_id and e.earning_id = any (p_earnings);

    update shares s set reversed_minor = s.reversed_minor + d.amount
    from (select w.share_id, sum(w.amount)::bigint as amount
          from unnest(p_share_items, p_shares, p_share_amounts) w (item, share_id, amount)
          where p_fresh[w.item] group by w.share_id) d
    where s.book_id = p_book and s.share_id = d.share_id and s.share_id = any (p_shares);
  end $$;

  create function ledger.write_conversions(p_book integer, p_ids bigint[], p_fresh boolean[], p_conversions jsonb)
  returns void language sql as $$
    insert into ledger.conversions
    select p_book, p_ids[c.item], c.from_currency, c.to_currency, c.from_minor, c.to_minor, c.rate, c.rate_date,
           c.rate_source
    from jsonb_to_recordset(p_conversions) c (item integer, from_currency text, to_currency text, from_minor bigint,
      to_minor bigint, rate text, rate_date date, rate_source text)
    where p_fresh[c.item]
  $$;
`;

const POST_BATCH = `
  create function ledger.post_batch(
    p_book integer,
    -- One element per transaction.
    p_keys text[], p_hashes bytea[], p_kinds text[], p_effective_at timestamptz[], p_references text[],
    -- One element per account, each once.
    p_account_kinds text[], p_account_currencies text[], p_account_parties uuid[], p_account_deals uuid[],
    p_account_purposes text[],
    -- True for an account that is only debited, and by postings with an overflow.
    p_account_drawn boolean[],
    -- One element per posting, in order. Overflow 0: none. Share number 0: none of this item's; share id 0: none recorded.
    p_items integer[], p_debits integer[], p_overflows integer[], p_credits integer[], p_amounts bigint[],
    p_posting_share_nos integer[], p_posting_share_ids bigint[],
    p_rule_versions text[], p_rules text[], p_rule_hashes bytea[],
    p_term_kinds text[], p_term_source_types text[], p_term_deals uuid[], p_term_campaigns uuid[],
    p_term_influencers uuid[], p_term_currencies text[], p_term_rules integer[],
    p_earning_items integer[], p_earning_terms integer[], p_earning_sources uuid[], p_earning_bases bigint[],
    p_earning_net_sales_before bigint[], p_earning_caps_left bigint[], p_earning_grosses bigint[], p_earning_release_at timestamptz[],
    p_seat_parties uuid[], p_seat_roles text[], p_seat_shares text[], p_seat_held boolean[],
    p_share_earnings integer[], p_share_nos integer[], p_share_seats integer[], p_share_amounts bigint[],
    p_reversal_items integer[], p_reversal_earnings bigint[], p_reversal_refunds uuid[], p_reversal_bases bigint[],
    p_reversal_grosses bigint[], p_share_reversal_items integer[], p_share_reversal_shares bigint[],
    p_share_reversal_amounts bigint[],
    p_conversions jsonb default null
  ) returns table (transaction_id bigint, is_duplicate boolean)
  language plpgsql security definer set search_path = ledger, pg_temp as $$
  declare
    v_kinds text[] := p_account_kinds;
    v_currencies text[] := p_account_currencies;
    v_parties uuid[] := p_account_parties;
    v_deals uuid[] := p_account_deals;
    v_purposes text[] := p_account_purposes;
    v_drawn boolean[] := p_account_drawn;
    v_has_cash boolean := p_account_kinds && array['client_cash', 'payout_in_transit'];
    v_closed_before timestamptz;
    v_effective_at timestamptz[];
    v_partners integer[];
    v_accounts record;
    v_locked record;
    v_recorded_at timestamptz;
    v_ids bigint[];
    v_fresh boolean[];
    v_placed record;
    v_rules integer[];
  begin
    v_closed_before := enter_book(p_book);
    if cardinality(p_keys) = 0 then return; end if;
    v_effective_at := in_open_period(v_closed_before, p_effective_at, p_kinds);
    -- Cash and what is in transit are weighed against each other: whoever moves one locks both.
    if v_has_cash then
      select c.kinds, c.currencies, c.parties, c.deals, c.purposes, c.drawn
        into v_kinds, v_currencies, v_parties, v_deals, v_purposes, v_drawn
      from with_cash_partners(v_kinds, v_currencies, v_parties, v_deals, v_purposes, v_drawn) c;
      v_partners := cash_partners(v_kinds, v_currencies);
    end if;
    v_accounts := open_accounts(p_book, v_kinds, v_currencies, v_parties, v_deals, v_purposes);
    v_locked := lock_balances(p_book, v_accounts.ids, v_accounts.floors, v_drawn);
    if v_has_cash then
      v_locked.balances := lock_payables(p_book, v_accounts.ids, v_kinds, p_debits, p_credits, v_locked.balances);
    end if;
    v_recorded_at := next_instant(v_locked.latest);
    select k.ids, k.fresh into v_ids, v_fresh
    from claim_keys(p_book, p_keys, p_hashes, p_kinds, v_effective_at, p_references, v_recorded_at) k;
    perform check_period(v_closed_before, v_effective_at, v_fresh);

    v_placed := place_postings(v_ids, v_fresh, v_kinds, v_currencies, v_accounts.signs, v_accounts.floors,
      v_accounts.pendings, v_partners, p_items, p_debits, p_overflows, p_credits, p_amounts, p_posting_share_nos,
      p_posting_share_ids, v_locked.balances);
    perform write_postings(p_book, v_recorded_at, v_accounts.ids, v_currencies, v_accounts.floors, v_placed.balances,
      v_placed.posting_ids, v_placed.debits, v_placed.credits, v_placed.amounts, v_placed.shares);
    if cardinality(p_earning_items) > 0 then
      v_rules := open_rules(p_book, p_rule_versions, p_rules, p_rule_hashes);
      perform write_earnings(p_book, v_ids, v_fresh, v_effective_at, v_placed.from_escrow, p_term_kinds,
        p_term_source_types, p_term_deals, p_term_campaigns, p_term_influencers, p_term_currencies,
        array(select v_rules[r] from unnest(p_term_rules) with ordinality w (r, n) order by w.n), p_earning_items,
        p_earning_terms, p_earning_sources, p_earning_bases, p_earning_net_sales_before, p_earning_caps_left, p_earning_grosses,
        p_earning_release_at, p_seat_parties, p_seat_roles, p_seat_shares, p_seat_held, p_share_earnings, p_share_nos,
        p_share_seats, p_share_amounts);
    end if;
    if cardinality(p_reversal_items) > 0 or v_placed.takes_pending then
      perform check_reversals(p_book, v_fresh, v_accounts.pendings, v_placed.debits, v_placed.amounts, v_placed.shares,
        p_share_reversal_items, p_share_reversal_shares, p_share_reversal_amounts);
      perform write_reversals(p_book, v_ids, v_fresh, p_reversal_items, p_reversal_earnings, p_reversal_refunds,
        p_reversal_bases, p_reversal_grosses, p_share_reversal_items, p_share_reversal_shares, p_share_reversal_amounts);
    end if;
    if p_conversions is not null then
      perform write_conversions(p_book, v_ids, v_fresh, p_conversions);
    end if;
    return query select w.id, not w.fresh from unnest(v_ids, v_fresh) w (id, fresh);
  end $$;
  grant execute on function ledger.post_batch to evenhand_app;
`;
