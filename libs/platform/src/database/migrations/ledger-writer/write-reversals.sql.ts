export const WRITE_REVERSALS = `
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
        -- By their keys one by one, whatever the statistics say: the offset keeps the planner from reading the book.
        cross join lateral (select from shares s
                            where s.book_id = p_book and s.share_id = w.share_id and s.is_held offset 0) s
        cross join lateral (select from holds h where h.book_id = p_book and h.earning_id = w.share_id >> 6
                                                  and h.released_by is null offset 0) h
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
    where e.book_id = p_book and e.earning_id = d.earning_id;

    update shares s set reversed_minor = s.reversed_minor + d.amount
    from (select w.share_id, sum(w.amount)::bigint as amount
          from unnest(p_share_items, p_shares, p_share_amounts) w (item, share_id, amount)
          where p_fresh[w.item] group by w.share_id) d
    where s.book_id = p_book and s.share_id = d.share_id;
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
