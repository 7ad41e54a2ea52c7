export const RIGHTS_AND_BOOKS = `
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

  -- Where everything that posts begins, but for post_earning, which says the same in its own words. Returns the instant
  -- before which the book is closed. The number of the transaction is drawn here, before the clock is read: see tick.
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
