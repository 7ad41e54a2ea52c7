export const SPREAD_BALANCES = `
  -- Draws the parts of balances that are spread together in part 0, which the caller has locked: others hold a part, if
  -- any, and wait for nothing.
  create function ledger.gather_balances(p_book integer, p_accounts bigint[]) returns void language plpgsql as $$
  begin
    with locked as materialized (
      select account_id, part from balances
      where book_id = p_book and account_id = any (p_accounts) and part > 0 order by account_id, part for update
    ), removed as (
      delete from balances b using locked l
      where b.book_id = p_book and b.account_id = l.account_id and b.part = l.part
      returning b.account_id, b.balance_minor, b.recorded_at
    )
    update balances b set balance_minor = b.balance_minor + r.balance_minor, is_spread = false,
                          recorded_at = greatest(b.recorded_at, r.recorded_at)
    from (select account_id, sum(balance_minor) as balance_minor, max(recorded_at) as recorded_at
          from removed group by account_id) r
    where b.book_id = p_book and b.account_id = r.account_id and b.part = 0;
  end $$;

  -- Locks what there is to pay an amount from in a reserve that holds something. Who writes nothing else is given any part
  -- that covers the amount and that nobody holds; who finds none spreads what covers many, for those who come after.
  -- Whoever may need more of the reserve later gets all of it: two who hold a part each would wait for each other.
  create function ledger.lock_reserve(p_book integer, p_account bigint, p_needed bigint, p_is_alone boolean)
  returns ledger.balances language plpgsql as $$
  declare
    v_part ledger.balances;
  begin
    if p_is_alone then
      select b.* into v_part from balances b
      where b.book_id = p_book and b.account_id = p_account and b.balance_minor >= greatest(p_needed, 1)
      limit 1 for update skip locked;
      if found then return v_part; end if;
      -- A part that was drawn on in this very moment stays locked though it was refused. Whoever gathers would wait for it
      -- while we wait for part 0: so this transaction is run again, and sees then what is in the part.
      if exists (select from balances b where b.book_id = p_book and b.account_id = p_account and b.part > 0
                                          and b.xmax = pg_current_xact_id()::xid) then
        raise serialization_failure using message = 'a part of the reserve was drawn on in the same moment';
      end if;
    end if;
    for attempt in 1..2 loop
      select b.* into v_part from balances b
      where b.book_id = p_book and b.account_id = p_account and b.part = 0 for update;
      exit when not v_part.is_spread or p_is_alone and v_part.balance_minor >= greatest(p_needed, 1);
      perform gather_balances(p_book, array[p_account]);
    end loop;
    if p_is_alone and not v_part.is_spread and v_part.balance_minor / 64 >= greatest(p_needed, 1) then
      -- In sixteen, of which this one takes what is left over.
      insert into balances (book_id, account_id, part, balance_minor, recorded_at)
      select p_book, p_account, n, v_part.balance_minor / 16, v_part.recorded_at from generate_series(1, 15) n;
      update balances b set balance_minor = b.balance_minor - 15 * (b.balance_minor / 16), is_spread = true
      where b.book_id = p_book and b.account_id = p_account and b.part = 0 returning b.* into v_part;
    end if;
    return v_part;
  end $$;
`;
