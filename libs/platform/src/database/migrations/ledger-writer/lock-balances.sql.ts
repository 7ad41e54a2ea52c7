export const LOCK_BALANCES = `
  -- Locks the balances of the accounts with a floor, sorted, and gives them as the last holder left them; null for the
  -- accounts that are summed. One that is only drawn on while it lasts is left alone where it holds nothing: to see it
  -- empty is as good as having come before whoever is filling it. What is spread is gathered.
  create function ledger.lock_balances(
    p_book integer, p_accounts bigint[], p_floors boolean[], p_drawn boolean[], out balances bigint[], out latest timestamptz
  ) language plpgsql as $$
  declare
    v_spread bigint[];
  begin
    if not true = any (p_floors) then
      balances := array_fill(null::bigint, array[cardinality(p_accounts)]);
      return;
    end if;
    with locked as materialized (
      select b.account_id, b.balance_minor, b.recorded_at, b.is_spread
      from unnest(p_accounts, p_floors, p_drawn) w (account_id, has_floor, is_drawn)
      join balances b on b.book_id = p_book and b.account_id = w.account_id and b.part = 0
      where w.has_floor and (b.balance_minor > 0 or b.is_spread or not w.is_drawn)
      order by b.account_id for update of b
    )
    select array_agg(l.balance_minor order by w.n), max(l.recorded_at), array_agg(l.account_id) filter (where l.is_spread)
      into balances, latest, v_spread
    from unnest(p_accounts) with ordinality w (account_id, n) left join locked l on l.account_id = w.account_id;
    if v_spread is not null then
      perform gather_balances(p_book, v_spread);
      -- Of what is locked, and of nothing that was filled meanwhile: that would be locked out of order.
      select l.balances, l.latest into balances, latest
      from lock_balances(p_book, p_accounts, array(select w.has_floor and w.balance is not null
                                                   from unnest(p_floors, balances) with ordinality w (has_floor, balance, n)
                                                   order by w.n), p_drawn) l;
    end if;
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
  -- where the clock was set back. Whoever asks has drawn the number of the transaction before: see tick.
  create function ledger.instant_after(p_announced timestamptz, p_latest timestamptz) returns timestamptz
  language sql as $$
    select greatest(clock_timestamp(), p_announced + interval '1 microsecond', p_latest + interval '1 microsecond')
  $$;

  create function ledger.next_instant(p_latest timestamptz) returns timestamptz
  language sql as $$ select ledger.instant_after(c.announced_at, p_latest) from ledger.clock c $$;
`;
