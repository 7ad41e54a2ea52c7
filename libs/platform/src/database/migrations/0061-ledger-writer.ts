import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The one writer of the ledger and its steps. Errors carry a SQLSTATE of class EV and a JSON detail that names the item. */
export class LedgerWriter1764000061000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RIGHTS_AND_BOOKS);
    await runner.query(OPEN_ACCOUNTS);
    await runner.query(CLAIM_KEYS);
    await runner.query(CHECKS);
    await runner.query(WRITE_EARNINGS);
    await runner.query(WRITE_REVERSALS);
    await runner.query(POST_BATCH);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function ledger.post_batch, ledger.write_reversals, ledger.write_earnings, ledger.check_payouts,
        ledger.check_floors, ledger.claim_keys, ledger.open_accounts, ledger.open_book, ledger.require_system`);
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
`;

const OPEN_ACCOUNTS = `
  -- Ids of the accounts in their order; those never seen before are opened, sorted, and one of two rivals opens them.
  create function ledger.open_accounts(
    p_book integer, p_kinds text[], p_currencies text[], p_parties uuid[], p_deals uuid[], p_purposes text[]
  ) returns bigint[] language plpgsql set search_path = ledger, pg_temp as $$
  declare
    v_ids bigint[];
  begin
    for attempt in 1..2 loop
      select array_agg(a.account_id order by w.n) into v_ids
      from unnest(p_kinds, p_currencies, p_parties, p_deals, p_purposes)
             with ordinality w (kind, currency, party_id, deal_id, purpose, n)
      left join accounts a on a.book_id = p_book
        and a.account_key = account_key(w.kind, w.currency, w.party_id, w.deal_id, w.purpose);
      exit when array_position(v_ids, null) is null;

      with opened as (
        insert into accounts (book_id, kind, currency, party_id, deal_id, purpose, debit_sign, has_floor)
        select p_book, w.kind, w.currency, w.party_id, w.deal_id, w.purpose,
               case k.normal_side when 'debit' then 1 else -1 end, k.has_floor
        from unnest(p_kinds, p_currencies, p_parties, p_deals, p_purposes)
               with ordinality w (kind, currency, party_id, deal_id, purpose, n)
        join account_kinds k on k.kind = w.kind
        where v_ids[w.n] is null
        order by account_key(w.kind, w.currency, w.party_id, w.deal_id, w.purpose)
        on conflict (book_id, account_key) do nothing
        returning book_id, account_id, has_floor
      )
      insert into balances (book_id, account_id, has_floor)
      select book_id, account_id, has_floor from opened order by account_id;
    end loop;

    if (select count(distinct id) from unnest(v_ids) id) <> cardinality(p_kinds) then
      raise exception 'each account of a batch is named once, by a kind of the chart' using errcode = 'EV008';
    end if;
    return v_ids;
  end $$;
`;

const CLAIM_KEYS = `
  -- Inserts a transaction per key that is new. For a key seen before, also earlier in this batch, the id is that of its
  -- first transaction, or the batch is refused where the request was another one.
  create function ledger.claim_keys(
    p_book integer, p_keys text[], p_hashes bytea[], p_kinds text[], p_effective_at timestamptz[], p_references text[],
    p_recorded_at timestamptz, out ids bigint[], out fresh boolean[]
  ) language plpgsql set search_path = ledger, pg_temp as $$
  declare
    v_conflict bigint;
    v_count integer;
  begin
    ids := array(select nextval('transaction_ids') from generate_series(1, cardinality(p_keys)));
    insert into transactions
      (book_id, transaction_id, kind, idempotency_key, request_hash, effective_at, recorded_at, reference)
    select p_book, ids[w.n], w.kind, w.key, w.hash, w.effective_at, p_recorded_at, w.reference
    from unnest(p_keys, p_hashes, p_kinds, p_effective_at, p_references)
           with ordinality w (key, hash, kind, effective_at, reference, n)
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

const CHECKS = `
  -- Refuses the first posting that takes an account with a floor below zero.
  create function ledger.check_floors(
    p_accounts text[], p_currencies text[], p_floors boolean[], p_items integer[], p_debits integer[],
    p_credits integer[], p_amounts bigint[], p_balances bigint[]
  ) returns void language plpgsql as $$
  declare
    v_posting integer;
    v_account integer;
    v_balance bigint;
  begin
    select min(n) into v_posting from generate_series(1, cardinality(p_items)) n
    where (p_balances[2 * n - 1] < 0 and p_floors[p_debits[n]]) or (p_balances[2 * n] < 0 and p_floors[p_credits[n]])
       or (p_balances[2 * n - 1] < 0 and p_accounts[p_debits[n]] = 'payee_available'
           and p_accounts[p_credits[n]] = 'payout_in_transit');
    if v_posting is null then return; end if;

    v_account := p_debits[v_posting];
    v_balance := p_balances[2 * v_posting - 1];
    if v_balance >= 0 or not (p_floors[v_account] or p_accounts[v_account] = 'payee_available') then
      v_account := p_credits[v_posting];
      v_balance := p_balances[2 * v_posting];
    end if;
    raise exception 'the account does not hold the amount' using errcode = 'EV002', detail = json_build_object(
      'item', p_items[v_posting], 'account', p_accounts[v_account], 'currency', p_currencies[v_account],
      'needed', p_amounts[v_posting]::text, 'available', (v_balance + p_amounts[v_posting])::text);
  end $$;

  -- Refuses the first posting that leaves less client cash than is in transit: nobody is paid with another brand's money.
  create function ledger.check_payouts(
    p_accounts text[], p_currencies text[], p_starts bigint[], p_signs integer[], p_items integer[], p_debits integer[],
    p_credits integer[], p_amounts bigint[]
  ) returns void language plpgsql as $$
  declare
    v_failed record;
  begin
    with covers as (
      select currency, sum(case kind when 'client_cash' then start when 'payout_in_transit' then -start else 0 end) as start
      from unnest(p_accounts, p_currencies, p_starts) a (kind, currency, start) group by currency
    ), effects as (
      select n, p_currencies[p_debits[n]] as currency, p_amounts[n] * (
          case p_accounts[p_debits[n]] when 'client_cash' then 1 when 'payout_in_transit' then 1 else 0 end
        - case p_accounts[p_credits[n]] when 'client_cash' then 1 when 'payout_in_transit' then 1 else 0 end) as effect
      from generate_series(1, cardinality(p_items)) n
    ), covered as (
      select e.n, e.effect, e.currency, c.start + sum(e.effect) over (partition by e.currency order by e.n) as cover
      from effects e join covers c on c.currency = e.currency
    )
    select p_items[n] as item, currency, p_amounts[n] as needed, cover - effect as available into v_failed
    from covered where effect < 0 and cover < 0 order by n limit 1;
    if not found then return; end if;
    raise exception 'client cash does not cover what is in transit' using errcode = 'EV003', detail = json_build_object(
      'item', v_failed.item, 'account', 'client_cash', 'currency', v_failed.currency,
      'needed', v_failed.needed::text, 'available', v_failed.available::text);
  end $$;
`;

const WRITE_EARNINGS = `
  -- p_from_escrow is by item; arrays of earnings and shares as post_batch takes them.
  create function ledger.write_earnings(
    p_book integer, p_ids bigint[], p_fresh boolean[], p_effective_at timestamptz[], p_from_escrow bigint[],
    p_items integer[], p_kinds text[], p_source_types text[], p_sources uuid[], p_deals uuid[], p_campaigns uuid[],
    p_influencers uuid[], p_currencies text[], p_bases bigint[], p_grosses bigint[], p_rules text[],
    p_share_earnings integer[], p_share_nos integer[], p_share_parties uuid[], p_share_roles text[], p_shares text[],
    p_share_amounts bigint[], p_share_release_at timestamptz[]
  ) returns void language plpgsql set search_path = ledger, pg_temp as $$
  begin
    insert into earnings
      (book_id, earning_id, kind, source_type, source_id, deal_id, campaign_id, influencer_id, currency,
       base_minor, gross_minor, from_escrow_minor, rule_version, earned_at)
    select p_book, p_ids[w.item], w.kind, w.source_type, w.source_id, w.deal_id, w.campaign_id, w.influencer_id,
           w.currency, w.base, w.gross, p_from_escrow[w.item], w.rule, p_effective_at[w.item]
    from unnest(p_items, p_kinds, p_source_types, p_sources, p_deals, p_campaigns, p_influencers, p_currencies, p_bases,
                p_grosses, p_rules)
      w (item, kind, source_type, source_id, deal_id, campaign_id, influencer_id, currency, base, gross, rule)
    where p_fresh[w.item];

    insert into shares
      (book_id, share_id, party_id, influencer_id, role, share, currency, amount_minor, state, release_at, released_at)
    select p_book, (p_ids[p_items[w.earning]] << 6) + w.no, w.party_id, p_influencers[w.earning], w.role, w.share,
           p_currencies[w.earning], w.amount, case when w.release_at is null then 'released' else 'held' end,
           w.release_at, case when w.release_at is null then p_effective_at[p_items[w.earning]] end
    from unnest(p_share_earnings, p_share_nos, p_share_parties, p_share_roles, p_shares, p_share_amounts,
                p_share_release_at)
      w (earning, no, party_id, role, share, amount, release_at)
    where p_fresh[p_items[w.earning]];
  end $$;
`;

const WRITE_REVERSALS = `
  create function ledger.write_reversals(
    p_book integer, p_ids bigint[], p_fresh boolean[], p_items integer[], p_earnings bigint[], p_refunds uuid[],
    p_bases bigint[], p_grosses bigint[], p_share_items integer[], p_shares bigint[], p_share_amounts bigint[]
  ) returns void language plpgsql set search_path = ledger, pg_temp as $$
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
    where e.book_id = p_book and e.earning_id = d.earning_id;

    update shares s set reversed_minor = s.reversed_minor + d.amount
    from (select w.share_id, sum(w.amount)::bigint as amount
          from unnest(p_share_items, p_shares, p_share_amounts) w (item, share_id, amount)
          where p_fresh[w.item] group by w.share_id) d
    where s.book_id = p_book and s.share_id = d.share_id;
  end $$;
`;

const POST_BATCH = `
  create function ledger.post_batch(
    p_book integer,
    -- One element per transaction, its item number counted from 1.
    p_keys text[], p_hashes bytea[], p_kinds text[], p_effective_at timestamptz[], p_references text[],
    -- One element per account, each once; postings name accounts by their place here, from 1.
    p_account_kinds text[], p_account_currencies text[], p_account_parties uuid[], p_account_deals uuid[],
    p_account_purposes text[],
    -- One element per posting, in order. Overflow 0: none. Share number 0: none of this item's; share id 0: none recorded.
    p_posting_items integer[], p_posting_debits integer[], p_posting_overflows integer[], p_posting_credits integer[],
    p_posting_amounts bigint[], p_posting_share_nos integer[], p_posting_share_ids bigint[],
    p_earning_items integer[], p_earning_kinds text[], p_earning_source_types text[], p_earning_sources uuid[],
    p_earning_deals uuid[], p_earning_campaigns uuid[], p_earning_influencers uuid[], p_earning_currencies text[],
    p_earning_bases bigint[], p_earning_grosses bigint[], p_earning_rules text[],
    -- One element per share, naming its earning by its place above, from 1. No release time: available at once.
    p_share_earnings integer[], p_share_nos integer[], p_share_parties uuid[], p_share_roles text[], p_shares text[],
    p_share_amounts bigint[], p_share_release_at timestamptz[],
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
    v_has_cash boolean := p_account_kinds && array['client_cash', 'payout_in_transit'];
    v_closed_before timestamptz;
    v_accounts bigint[];
    v_starts bigint[];
    v_signs integer[];
    v_floors boolean[];
    v_recorded_at timestamptz;
    v_ids bigint[];
    v_fresh boolean[];
    v_items integer[];
    v_nos integer[];
    v_debits integer[];
    v_credits integer[];
    v_amounts bigint[];
    v_shares bigint[];
    v_balances bigint[];
    v_from_escrow bigint[];
  begin
    perform require_system();
    if cardinality(p_keys) = 0 then return; end if;
    if not exists (select 1 from books b where b.book_id = p_book) then
      raise exception 'there is no book %', p_book using errcode = 'EV006';
    end if;
    v_closed_before := keep_from_closing(p_book);

    -- Cash and what is in transit are weighed against each other: whoever moves one locks both.
    if v_has_cash then
      with absent as (
        select k.kind, c.currency
        from (select distinct w.currency from unnest(v_kinds, v_currencies) w (kind, currency)
              where w.kind in ('client_cash', 'payout_in_transit')) c
        cross join (values ('client_cash'), ('payout_in_transit')) k (kind)
        except select w.kind, w.currency from unnest(v_kinds, v_currencies) w (kind, currency)
      )
      select v_kinds || coalesce(array_agg(a.kind), '{}'), v_currencies || coalesce(array_agg(a.currency), '{}'),
             v_parties || coalesce(array_agg(null::uuid), '{}'), v_deals || coalesce(array_agg(null::uuid), '{}'),
             v_purposes || coalesce(array_agg(null::text), '{}')
        into v_kinds, v_currencies, v_parties, v_deals, v_purposes
      from absent a;
    end if;

    v_accounts := open_accounts(p_book, v_kinds, v_currencies, v_parties, v_deals, v_purposes);

    -- Sorted, and a statement of its own: the next one sees what the last holder of each lock has left.
    perform 1 from balances b
    where b.book_id = p_book and b.account_id = any (v_accounts) and b.stripe = 0
    order by b.account_id for update;

    -- Later for each account than what it holds already, even where the clock was set back.
    select array_agg(b.balance_minor order by w.n), array_agg(a.debit_sign::integer order by w.n),
           array_agg(a.has_floor order by w.n), greatest(clock_timestamp(), max(b.recorded_at))
      into v_starts, v_signs, v_floors, v_recorded_at
    from unnest(v_accounts) with ordinality w (account_id, n)
    join balances b on b.book_id = p_book and b.account_id = w.account_id and b.stripe = 0
    join accounts a on a.book_id = p_book and a.account_id = w.account_id;

    select k.ids, k.fresh into v_ids, v_fresh
    from claim_keys(p_book, p_keys, p_hashes, p_kinds, p_effective_at, p_references, v_recorded_at) k;

    -- What was recorded before its period closed is told again, not refused.
    if exists (select 1 from unnest(p_effective_at, v_fresh) w (at, fresh) where w.fresh and w.at < v_closed_before) then
      raise exception 'the period is closed' using errcode = 'EV005', detail = json_build_object(
        'item', (select min(w.n) from unnest(p_effective_at, v_fresh) with ordinality w (at, fresh, n)
                 where w.fresh and w.at < v_closed_before),
        'closedBefore', v_closed_before);
    end if;

    -- A posting with an overflow takes what its first account holds, after the ones before it, and the rest there.
    with drafted as (
      select w.*, case when w.overflow = 0 then w.amount else greatest(0, least(w.amount, v_starts[w.debit] + w.amount
               - sum(w.amount) over (partition by w.overflow > 0, w.debit order by w.n))) end::bigint as held
      from unnest(p_posting_items, p_posting_debits, p_posting_overflows, p_posting_credits, p_posting_amounts,
                  p_posting_share_nos, p_posting_share_ids)
             with ordinality w (item, debit, overflow, credit, amount, share_no, share_id, n)
      where v_fresh[w.item]
    ), placed as (
      select d.item, d.n, 1 as part, d.debit, d.credit, d.held as amount, d.share_no, d.share_id
      from drafted d where d.held > 0
      union all
      select d.item, d.n, 2, d.overflow, d.credit, d.amount - d.held, d.share_no, d.share_id
      from drafted d where d.amount > d.held
    ), numbered as (
      select p.*, row_number() over (partition by p.item order by p.n, p.part) as no from placed p order by p.item, no
    )
    select array_agg(p.item), array_agg(p.no::integer), array_agg(p.debit), array_agg(p.credit), array_agg(p.amount),
           array_agg(case when p.share_no > 0 then (v_ids[p.item] << 6) + p.share_no else nullif(p.share_id, 0) end)
      into v_items, v_nos, v_debits, v_credits, v_amounts, v_shares
    from numbered p;

    if exists (select 1 from unnest(v_debits, v_credits) w (debit, credit)
               where v_currencies[w.debit] <> v_currencies[w.credit]) then
      raise exception 'both accounts of a posting have one currency' using errcode = 'EV008';
    end if;

    -- Two running balances per posting: the debited account's, then the credited one's.
    with legs as (
      select n, 0 as side, v_debits[n] as account, v_amounts[n] * v_signs[v_debits[n]] as delta
      from generate_series(1, cardinality(v_items)) n
      union all
      select n, 1, v_credits[n], -v_amounts[n] * v_signs[v_credits[n]] from generate_series(1, cardinality(v_items)) n
    ), running as (
      select l.n, l.side, (v_starts[l.account] + sum(l.delta) over (partition by l.account order by l.n))::bigint as balance
      from legs l order by l.n, l.side
    )
    select array_agg(r.balance) into v_balances from running r;

    perform check_floors(v_kinds, v_currencies, v_floors, v_items, v_debits, v_credits, v_amounts, v_balances);
    if v_has_cash then
      perform check_payouts(v_kinds, v_currencies, v_starts, v_signs, v_items, v_debits, v_credits, v_amounts);
    end if;

    update balances b set balance_minor = b.balance_minor + d.delta, recorded_at = v_recorded_at
    from (
      select v_accounts[l.account] as account_id, sum(l.amount * v_signs[l.account])::bigint as delta
      from (select w.account, w.amount from unnest(v_debits, v_amounts) w (account, amount)
            union all select w.account, -w.amount from unnest(v_credits, v_amounts) w (account, amount)) l
      group by l.account
    ) d
    where b.book_id = p_book and b.account_id = d.account_id and b.stripe = 0;

    insert into postings
      (book_id, posting_id, transaction_id, debit_account_id, credit_account_id, currency, amount_minor,
       debit_balance_minor, credit_balance_minor, share_id, recorded_at)
    select p_book, (v_ids[w.item] << 12) + w.no, v_ids[w.item], v_accounts[w.debit], v_accounts[w.credit],
           v_currencies[w.debit], w.amount, v_balances[2 * w.n - 1], v_balances[2 * w.n], w.share_id, v_recorded_at
    from unnest(v_items, v_nos, v_debits, v_credits, v_amounts, v_shares)
           with ordinality w (item, no, debit, credit, amount, share_id, n);

    if cardinality(p_earning_items) > 0 then
      select array_agg(e.amount order by e.item) into v_from_escrow
      from (select w.item, sum(w.amount)::bigint as amount
            from (select n as item, 0::bigint as amount from generate_series(1, cardinality(p_keys)) n
                  union all
                  select p.item, p.amount from unnest(v_items, v_debits, v_amounts) p (item, debit, amount)
                  where v_kinds[p.debit] = 'deal_escrow') w
            group by w.item) e;
      perform write_earnings(p_book, v_ids, v_fresh, p_effective_at, v_from_escrow, p_earning_items, p_earning_kinds,
        p_earning_source_types, p_earning_sources, p_earning_deals, p_earning_campaigns, p_earning_influencers,
        p_earning_currencies, p_earning_bases, p_earning_grosses, p_earning_rules, p_share_earnings, p_share_nos,
        p_share_parties, p_share_roles, p_shares, p_share_amounts, p_share_release_at);
    end if;
    if cardinality(p_reversal_items) > 0 then
      perform write_reversals(p_book, v_ids, v_fresh, p_reversal_items, p_reversal_earnings, p_reversal_refunds,
        p_reversal_bases, p_reversal_grosses, p_share_reversal_items, p_share_reversal_shares, p_share_reversal_amounts);
    end if;
    if p_conversions is not null then
      insert into conversions
      select p_book, v_ids[c.item], c.from_currency, c.to_currency, c.from_minor, c.to_minor, c.rate, c.rate_date,
             c.rate_source
      from jsonb_to_recordset(p_conversions) c (item integer, from_currency text, to_currency text, from_minor bigint,
        to_minor bigint, rate text, rate_date date, rate_source text)
      where v_fresh[c.item];
    end if;

    return query select v_ids[n], not v_fresh[n] from generate_series(1, cardinality(p_keys)) n;
  end $$;
  grant execute on function ledger.post_batch to evenhand_app;
`;
