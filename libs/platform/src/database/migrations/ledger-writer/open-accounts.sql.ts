export const OPEN_ACCOUNTS = `
  -- The accounts in their order; those never seen before are opened, sorted, and one of two rivals opens them.
  create function ledger.open_accounts(
    p_book integer, p_kinds text[], p_currencies text[], p_parties uuid[], p_deals uuid[], p_purposes text[],
    out ids bigint[], out signs integer[], out floors boolean[], out pendings boolean[]
  ) language plpgsql as $$
  declare
    v_count bigint;
  begin
    for attempt in 1..2 loop
      select count(distinct a.account_id), array_agg(a.account_id order by w.n), array_agg(a.debit_sign::integer order by w.n),
             array_agg(a.has_floor order by w.n), array_agg(a.is_pending order by w.n)
        into v_count, ids, signs, floors, pendings
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

    if v_count <> cardinality(p_kinds) then
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
