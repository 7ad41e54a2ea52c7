export const CLAIM_KEYS = `
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
