export const PLACE_POSTINGS = `
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

      -- Most deals have no reserve, or have used it up.
      if p_overflows[n] > 0 and coalesce(balances[v_debit], 0) = 0 then v_debit := p_overflows[n]; end if;
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
