import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Seals: per book a chain of sha256 roots over its settled transactions. What is hashed how is told in
 * libs/ledger/docs/seals.md, well enough to write a verifier from.
 */
export class LedgerSeals1764000065000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SEALS);
    await runner.query(CONTENTS);
    await runner.query(SEAL);
    await runner.query(VERIFY);
    await runner.query(RIGHTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function ledger.rows_of_no_transaction, ledger.sealed_transaction, ledger.seals_with_lists,
        ledger.present_leaves, ledger.seal_transactions, ledger.merkle_roots, ledger.leaf_of,
        ledger.transaction_contents, ledger.seal_text;
      drop table ledger.seals`);
  }
}

const SEALS = `
  create table ledger.seals (
    book_id integer not null references ledger.books,
    seal_no integer not null check (seal_no > 0),
    brand_id uuid not null,
    -- The transactions of the book recorded up to this instant and after the seal before.
    sealed_through timestamptz not null,
    transactions integer not null check (transactions > 0),
    root bytea not null check (length(root) = 32),
    salt_hash bytea not null check (length(salt_hash) = 32),
    previous_hash bytea not null check (length(previous_hash) = 32),
    skipped_hash bytea not null check (length(skipped_hash) = 32),
    sealed_at timestamptz not null,
    hash bytea not null check (length(hash) = 32),
    -- Of each leaf one is derived from it, so that nobody guesses a transaction from the hash beside his own.
    salt bytea not null check (length(salt) = 32),
    -- In the order of the tree, to name what was changed: ids, leaves of 32 bytes each, and ten bits per part.
    transaction_ids bigint[] not null,
    leaf_hashes bytea not null,
    part_checks bigint[] not null,
    primary key (book_id, seal_no),
    unique (book_id, sealed_through),
    check (cardinality(transaction_ids) = transactions and cardinality(part_checks) = transactions
           and length(leaf_hashes) = 32 * transactions)
  );
  -- Hashes do not compress.
  alter table ledger.seals alter leaf_hashes set storage external, alter part_checks set storage external;
  select ledger.make_append_only('ledger.seals');

  -- The header of a seal as it is hashed.
  create function ledger.seal_text(
    p_book integer, p_brand uuid, p_seal_no integer, p_through timestamptz, p_transactions integer, p_root bytea,
    p_salt_hash bytea, p_previous bytea, p_skipped bytea, p_sealed_at timestamptz
  ) returns text language sql stable parallel safe set timezone = 'UTC' set datestyle = 'ISO, YMD' as $$
    select concat('{"format":"evenhand/seal/1","book":"', p_book, '","brand":"', p_brand, '","seal":"', p_seal_no,
      '","through":"', p_through, '","transactions":"', p_transactions, '","root":"', encode(p_root, 'hex'),
      '","saltHash":"', encode(p_salt_hash, 'hex'), '","previous":"', encode(p_previous, 'hex'),
      '","skipped":"', encode(p_skipped, 'hex'), '","sealedAt":"', p_sealed_at, '"}')
  $$;
`;

const CONTENTS = `
  -- What each of the transactions consists of, as it is hashed: a JSON array of its parts, every value a string or null.
  -- Reads each table by one range of its key per book and puts the parts together by one sort. How is laid down here: what
  -- was recorded a second ago is unknown to the statistics, by which a planner would choose loops within loops. Texts are
  -- put together by ||, which copies less than concat. A null would swallow its part: what may be null is coalesced.
  create function ledger.transaction_contents(p_books integer[], p_ids bigint[])
  returns table (book_id integer, transaction_id bigint, content text, part_checks bigint)
  language sql stable
  set search_path = ledger, pg_temp set timezone = 'UTC' set datestyle = 'ISO, YMD' set work_mem = '64MB'
  set enable_nestloop = off set enable_mergejoin = off set enable_sort = off set enable_seqscan = off set max_parallel_workers_per_gather = 0 set jit = off as $$
    with chosen as materialized (
      select w.book_id, w.id from unnest(p_books, p_ids) w (book_id, id)
    ), spans as materialized (
      select c.book_id, min(c.id) as first, max(c.id) as last from chosen c group by c.book_id
    ), headers as materialized (
      select t.* from spans s
      cross join lateral (select * from transactions t where t.book_id = s.book_id
                          and t.transaction_id between s.first and s.last offset 0) t
      join chosen c on c.book_id = t.book_id and c.id = t.transaction_id
    ), times as materialized (
      select h.book_id, min(h.transaction_id) as first, max(h.transaction_id) as last, min(h.recorded_at) as since,
             max(h.recorded_at) as until
      from headers h group by h.book_id
    ), moved as materialized (
      select h.transaction_id, p.* from times s
      cross join lateral (select * from postings p where p.book_id = s.book_id
                          and p.recorded_at between s.since and s.until
                          and p.posting_id between s.first << 12 and (s.last << 12) + 4095 offset 0) p
      join headers h on h.book_id = p.book_id and h.transaction_id = p.posting_id >> 12
        and h.recorded_at = p.recorded_at
    ), gathered as materialized (
      select m.* from spans s
      cross join lateral (select * from posting_shares m where m.book_id = s.book_id
                          and m.posting_id between s.first << 12 and (s.last << 12) + 4095 offset 0) m
    ), account_names as materialized (
      -- Number, key, normal side, F for a floor, P for pending, when it was opened.
      select a.book_id, a.account_id, concat(a.account_id, ' ', a.account_key, case a.debit_sign when 1 then ' D' else ' C' end,
               case when a.has_floor then 'F' end, case when a.is_pending then 'P' end, ' ', a.opened_at) as name
      from (select distinct w.book_id, w.account_id
            from (select m.book_id, m.debit_account_id as account_id from moved m
                  union all select m.book_id, m.credit_account_id from moved m) w) u
      cross join lateral (select * from accounts a where a.book_id = u.book_id and a.account_id = u.account_id offset 0) a
    ), earned as materialized (
      select e.* from spans s
      cross join lateral (select * from earnings e where e.book_id = s.book_id
                          and e.earning_id between s.first and s.last offset 0) e
    ), rule_hashes as materialized (
      select r.book_id, r.rule_id, encode(sha256(convert_to(concat(r.rule_version, ' ', encode(r.rule_hash, 'hex'), ' ', r.rule), 'UTF8')), 'hex') as hash
      from (select distinct e.book_id, e.rule_id from earned e) u
      cross join lateral (select * from rules r where r.book_id = u.book_id and r.rule_id = u.rule_id offset 0) r
    ), parts as (
      select h.book_id, h.transaction_id as id, 0 as place, 0 as bits,
             '{"part":"transaction","book":"' || h.book_id || '","id":"' || h.transaction_id || '","kind":"' || h.kind
               || '","idempotencyKey":' || to_json(h.idempotency_key)::text || ',"requestHash":"' || encode(h.request_hash, 'hex')
               || '","effectiveAt":"' || h.effective_at || '","recordedAt":"' || h.recorded_at || '","reference":'
               || coalesce(to_json(h.reference)::text, 'null') || '}' as part
      from headers h
      union all
      select m.book_id, m.transaction_id, (m.posting_id & 4095)::integer, 10,
             '{"part":"posting","id":"' || m.posting_id || '","debit":"' || d.name || '","credit":"' || c.name
               || '","currency":"' || m.currency || '","amountMinor":"' || m.amount_minor || '","share":'
               || coalesce('"' || m.share_id || '"', 'null')
               || case when g.posting_id is null then '}' else ',"sharesOf":' || coalesce('"' || g.party_id || '"', 'null') || ',"shares":"'
                    || (select string_agg(w.id || ' ' || w.amount, ',' order by w.n)
                        from unnest(g.share_ids, g.amounts_minor) with ordinality w (id, amount, n)) || '"}' end
      from moved m
      left join gathered g on g.book_id = m.book_id and g.posting_id = m.posting_id
      join account_names d on d.book_id = m.book_id and d.account_id = m.debit_account_id
      join account_names c on c.book_id = m.book_id and c.account_id = m.credit_account_id
      union all
      select e.book_id, e.earning_id, 4096, 20,
             '{"part":"earning","kind":"' || e.kind || '","sourceType":"' || e.source_type || '","source":"' || e.source_id
               || '","deal":"' || e.deal_id || '","campaign":"' || e.campaign_id || '","influencer":"' || e.influencer_id
               || '","currency":"' || e.currency || '","baseMinor":"' || e.base_minor || '","grossMinor":"' || e.gross_minor
               || '","fromEscrowMinor":"' || e.from_escrow_minor || '","netSalesBeforeMinor":'
               || coalesce('"' || e.net_sales_before_minor || '"', 'null') || ',"capLeftMinor":'
               || coalesce('"' || e.cap_left_minor || '"', 'null') || ',"rule":"' || e.rule_id || '","ruleHash":'
               || coalesce('"' || r.hash || '"', 'null') || ',"earnedAt":"' || e.earned_at || '","releaseAt":'
               || coalesce('"' || l.release_at || '"', 'null') || '}'
      from earned e
      left join rule_hashes r on r.book_id = e.book_id and r.rule_id = e.rule_id
      left join (
        select l.* from spans s
        cross join lateral (select * from holds l where l.book_id = s.book_id
                            and l.earning_id between s.first and s.last offset 0) l
      ) l on l.book_id = e.book_id and l.earning_id = e.earning_id
      union all
      select p.book_id, p.share_id >> 6, 4096 + (p.share_id & 63)::integer, 30,
             '{"part":"share","id":"' || p.share_id || '","party":"' || p.party_id || '","influencer":"' || p.influencer_id
               || '","role":"' || p.role || '","share":' || to_json(p.share)::text || ',"currency":"' || p.currency || '","amountMinor":"'
               || p.amount_minor || '","isHeld":"' || case when p.is_held then 't' else 'f' end || '"}'
      from spans s
      cross join lateral (select * from shares p where p.book_id = s.book_id
                          and p.share_id between s.first << 6 and (s.last << 6) + 63 offset 0) p
      union all
      select r.book_id, r.transaction_id, 5000, 40,
             '{"part":"reversal","earning":"' || r.earning_id || '","refund":"' || r.refund_id || '","baseMinor":"'
               || r.base_minor || '","grossMinor":"' || r.gross_minor || '"}'
      from spans s
      cross join lateral (select * from reversals r where r.book_id = s.book_id
                          and r.transaction_id between s.first and s.last offset 0) r
      union all
      select c.book_id, c.transaction_id, 5001, 50,
             '{"part":"conversion","fromCurrency":"' || c.from_currency || '","toCurrency":"' || c.to_currency
               || '","fromMinor":"' || c.from_minor || '","toMinor":"' || c.to_minor || '","rate":' || to_json(c.rate)::text
               || ',"rateDate":"' || c.rate_date || '","rateSource":' || to_json(c.rate_source)::text || '}'
      from spans s
      cross join lateral (select * from conversions c where c.book_id = s.book_id
                          and c.transaction_id between s.first and s.last offset 0) c
    )
    -- What lies within a range but is of no transaction that was asked for has no header.
    select p.book_id, p.id, concat('[', string_agg(p.part, ',' order by p.place), ']'),
           bit_xor((hashtext(p.part) & 1023)::bigint << p.bits)
    from parts p group by p.book_id, p.id having min(p.place) = 0
  $$;

  create function ledger.leaf_of(p_salt bytea, p_transaction bigint, p_content text)
  returns bytea language sql immutable parallel safe as $$
    select sha256('\\x00'::bytea || sha256('\\x03'::bytea || p_salt || int8send(p_transaction))
                  || convert_to(p_content, 'UTF8'))
  $$;
`;

const SEAL = `
  -- One root per group of leaves; leaves come group by group, in their order within it.
  create function ledger.merkle_roots(p_groups integer[], p_leaves bytea[])
  returns table (group_no integer, root bytea) language plpgsql immutable as $$
  declare
    v_groups integer[] := p_groups;
    v_nodes bytea[] := p_leaves;
    v_count integer := (select count(distinct g) from unnest(p_groups) g);
  begin
    while cardinality(v_nodes) > v_count loop
      with placed as (
        select w.group_no, w.node, row_number() over (partition by w.group_no order by w.n) as place, w.n
        from unnest(v_groups, v_nodes) with ordinality w (group_no, node, n)
      ), paired as (
        select p.group_no, p.n, p.place, p.node, lead(p.node) over (partition by p.group_no order by p.n) as next from placed p
      )
      select array_agg(p.group_no order by p.n),
             array_agg(case when p.next is null then p.node else sha256('\\x01'::bytea || p.node || p.next) end order by p.n)
        into v_groups, v_nodes
      from paired p where p.place % 2 = 1;
    end loop;
    return query select w.group_no, w.node from unnest(v_groups, v_nodes) w (group_no, node);
  end $$;

  -- One seal for each book with new settled transactions, oldest first and about p_limit of them: those of one instant
  -- are never parted. While somebody else seals, nothing. Answers how many seals and transactions.
  create function ledger.seal_transactions(p_sealed_at timestamptz, p_limit integer, out seals integer, out transactions integer)
  language plpgsql security definer
  set search_path = ledger, pg_temp set timezone = 'UTC' set datestyle = 'ISO, YMD' set work_mem = '64MB'
  set max_parallel_workers_per_gather = 0 set jit = off set plan_cache_mode = force_custom_plan as $$
  declare
    v_settled timestamptz := settled_through();
    v_books integer[];
    v_ids bigint[];
    v_sealed_books integer[];
    v_throughs timestamptz[];
    v_salts bytea[];
    v_places integer[];
    v_leaves bytea[];
    v_checks bigint[];
  begin
    perform require_system();
    seals := 0;
    transactions := 0;
    if not pg_try_advisory_xact_lock(1764000065, 0) then return; end if;

    -- A statement of its own: it sees what the last holder of the lock has sealed. Books sealed longest ago come first.
    with last as (
      select b.book_id, s.sealed_through from books b
      left join lateral (select s.sealed_through from seals s where s.book_id = b.book_id
                         order by s.seal_no desc limit 1) s on true
      order by s.sealed_through nulls first offset 0
    ), taken as (
      select t.book_id, t.recorded_at from last l
      cross join lateral (select t.book_id, t.recorded_at from transactions t
                          where t.book_id = l.book_id and t.recorded_at > coalesce(l.sealed_through, '-infinity')
                            and t.recorded_at <= v_settled
                          order by t.recorded_at limit p_limit) t
      limit p_limit
    )
    select array_agg(k.book_id order by k.book_id),
           array_agg(case when k.taken < p_limit then v_settled else k.until end order by k.book_id)
      into v_sealed_books, v_throughs
    from (select t.book_id, max(t.recorded_at) as until, sum(count(*)) over () as taken from taken t group by t.book_id) k;
    if v_sealed_books is null then return; end if;

    select array_agg(t.book_id), array_agg(t.transaction_id) into v_books, v_ids
    from unnest(v_sealed_books, v_throughs) b (book_id, through)
    cross join lateral (select t.book_id, t.transaction_id from transactions t
                        where t.book_id = b.book_id and t.recorded_at <= b.through and t.recorded_at > coalesce(
                          (select s.sealed_through from seals s where s.book_id = b.book_id order by s.seal_no desc limit 1),
                          '-infinity')
                        order by t.transaction_id offset 0) t;
    v_salts := array(select sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
                     from generate_series(1, cardinality(v_sealed_books)));

    select array_agg(b.place order by c.book_id, c.transaction_id),
           array_agg(c.transaction_id order by c.book_id, c.transaction_id),
           array_agg(leaf_of(v_salts[b.place], c.transaction_id, c.content) order by c.book_id, c.transaction_id),
           array_agg(c.part_checks order by c.book_id, c.transaction_id)
      into v_places, v_ids, v_leaves, v_checks
    from transaction_contents(v_books, v_ids) c
    join unnest(v_sealed_books) with ordinality b (book_id, place) on b.book_id = c.book_id;

    insert into seals
    select n.book_id, n.seal_no, n.brand_id, n.through, n.transactions, n.root, n.salt_hash, n.previous_hash, n.skipped_hash,
           p_sealed_at,
           sha256('\\x02'::bytea || convert_to(seal_text(n.book_id, n.brand_id, n.seal_no, n.through, n.transactions, n.root,
             n.salt_hash, n.previous_hash, n.skipped_hash, p_sealed_at), 'UTF8')),
           n.salt, n.transaction_ids, n.leaf_hashes, n.part_checks
    from (
      select k.book_id, k.brand_id, coalesce(last.seal_no, 0) + 1 as seal_no, b.through, l.transactions, r.root,
             sha256(v_salts[b.place]) as salt_hash, v_salts[b.place] as salt, l.transaction_ids, l.leaf_hashes, l.part_checks,
             coalesce(last.hash, decode(repeat('00', 32), 'hex')) as previous_hash,
             coalesce(skipped.hash, decode(repeat('00', 32), 'hex')) as skipped_hash
      from unnest(v_sealed_books, v_throughs) with ordinality b (book_id, through, place)
      join books k on k.book_id = b.book_id
      join merkle_roots(v_places, v_leaves) r on r.group_no = b.place
      join (select w.place, count(*)::integer as transactions, array_agg(w.id order by w.id) as transaction_ids,
                   string_agg(w.leaf, '' order by w.id) as leaf_hashes, array_agg(w.checks order by w.id) as part_checks
            from unnest(v_places, v_ids, v_leaves, v_checks) w (place, id, leaf, checks) group by w.place) l
        on l.place = b.place
      left join lateral (select s.seal_no, s.hash from seals s where s.book_id = b.book_id
                         order by s.seal_no desc limit 1) last on true
      left join seals skipped on skipped.book_id = b.book_id
        and skipped.seal_no = (coalesce(last.seal_no, 0) + 1) & coalesce(last.seal_no, 0)
    ) n;
    seals := cardinality(v_sealed_books);
    transactions := cardinality(v_ids);
  end $$;
`;

const VERIFY = `
  -- The transactions of the book recorded in (p_after, p_through] as they are now, each as a leaf of the seal of its
  -- time; no seal and no leaf where there is none yet.
  create function ledger.present_leaves(p_book integer, p_after timestamptz, p_through timestamptz)
  returns table (transaction_id bigint, seal_no integer, leaf_hash bytea, part_checks bigint)
  language plpgsql stable security definer
  set search_path = ledger, pg_temp set max_parallel_workers_per_gather = 0 set jit = off
  set plan_cache_mode = force_custom_plan set work_mem = '64MB' as $$
  declare
    v_ids bigint[];
    v_instants timestamptz[];
  begin
    perform require_system();
    select array_agg(t.transaction_id order by t.transaction_id), array_agg(t.recorded_at order by t.transaction_id)
      into v_ids, v_instants
    from transactions t where t.book_id = p_book and t.recorded_at > p_after and t.recorded_at <= p_through;
    return query
      with sealed as materialized (
        select w.recorded_at, s.seal_no, s.salt from (select distinct i as recorded_at from unnest(v_instants) i) w
        left join lateral (select s.seal_no, s.salt from seals s where s.book_id = p_book
                           and s.sealed_through >= w.recorded_at order by s.sealed_through limit 1) s on true
      )
      select w.id, s.seal_no, leaf_of(s.salt, w.id, c.content), c.part_checks
      from unnest(v_ids, v_instants) w (id, recorded_at)
      join sealed s on s.recorded_at = w.recorded_at
      join transaction_contents(array_fill(p_book, array[cardinality(v_ids)]), v_ids) c on c.transaction_id = w.id
      order by w.id;
  end $$;

  -- Seals of a book by their numbers, with salts and lists.
  create function ledger.seals_with_lists(p_book integer, p_first integer, p_last integer)
  returns table (seal_no integer, header text, salt bytea, transaction_ids bigint[], leaf_hashes bytea,
    part_checks bigint[])
  language plpgsql stable security definer set search_path = ledger, pg_temp as $$
  begin
    perform require_system();
    return query
      select s.seal_no, seal_text(s.book_id, s.brand_id, s.seal_no, s.sealed_through, s.transactions, s.root,
               s.salt_hash, s.previous_hash, s.skipped_hash, s.sealed_at),
             s.salt, s.transaction_ids, s.leaf_hashes, s.part_checks
      from seals s where s.book_id = p_book and s.seal_no between p_first and p_last order by s.seal_no;
  end $$;

  -- One transaction as it is now, with the salt of its leaf and all leaves of its seal; no seal where there is none yet.
  create function ledger.sealed_transaction(p_book integer, p_transaction bigint)
  returns table (content text, seal_no integer, salt bytea, transaction_ids bigint[], leaf_hashes bytea)
  language plpgsql stable security definer set search_path = ledger, pg_temp as $$
  begin
    perform require_system();
    return query
      select c.content, s.seal_no, sha256('\\x03'::bytea || s.salt || int8send(p_transaction)), s.transaction_ids, s.leaf_hashes
      from transaction_contents(array[p_book], array[p_transaction]) c
      join transactions t on t.book_id = c.book_id and t.transaction_id = c.transaction_id
      left join lateral (select * from seals s where s.book_id = t.book_id and s.sealed_through >= t.recorded_at
                         order by s.sealed_through limit 1) s on true;
  end $$;

  -- Rows that no leaf holds, because they belong to no transaction, or not to the instant of theirs.
  create function ledger.rows_of_no_transaction(p_limit integer) returns table (book_id integer, words text)
  language plpgsql stable security definer set search_path = ledger, pg_temp set work_mem = '64MB' as $$
  begin
    perform require_system();
    return query
      (select p.book_id, format('posting %s of book %s is of no transaction recorded at its instant', p.posting_id, p.book_id)
       from postings p left join transactions t on t.book_id = p.book_id and t.transaction_id = p.posting_id >> 12
       where t.recorded_at is distinct from p.recorded_at limit p_limit)
      union all
      (select m.book_id, format('the shares moved by posting %s of book %s are of no posting', m.posting_id, m.book_id)
       from posting_shares m left join transactions t on t.book_id = m.book_id and t.transaction_id = m.posting_id >> 12
       where not exists (select from postings p where p.book_id = m.book_id and p.recorded_at = t.recorded_at
                                                  and p.posting_id = m.posting_id) limit p_limit)
      union all
      (select e.book_id, format('earning %s of book %s is of no transaction', e.earning_id, e.book_id) from earnings e
       where not exists (select from transactions t where t.book_id = e.book_id and t.transaction_id = e.earning_id) limit p_limit)
      union all
      (select s.book_id, format('share %s of book %s is of no transaction', s.share_id, s.book_id) from shares s
       where not exists (select from transactions t where t.book_id = s.book_id and t.transaction_id = s.share_id >> 6) limit p_limit)
      union all
      (select r.book_id, format('refund %s of book %s is of no transaction', r.transaction_id, r.book_id) from reversals r
       where not exists (select from transactions t where t.book_id = r.book_id and t.transaction_id = r.transaction_id) limit p_limit)
      union all
      (select c.book_id, format('conversion %s of book %s is of no transaction', c.transaction_id, c.book_id) from conversions c
       where not exists (select from transactions t where t.book_id = c.book_id and t.transaction_id = c.transaction_id) limit p_limit);
  end $$;
`;

const RIGHTS = `
  revoke execute on function ledger.transaction_contents, ledger.leaf_of, ledger.merkle_roots, ledger.seal_transactions,
    ledger.present_leaves, ledger.seals_with_lists, ledger.sealed_transaction, ledger.rows_of_no_transaction,
    ledger.seal_text from public;
  grant execute on function ledger.seal_transactions, ledger.present_leaves, ledger.seals_with_lists,
    ledger.sealed_transaction, ledger.rows_of_no_transaction, ledger.seal_text to evenhand_app;

  -- The salts and lists are for those functions alone.
  alter table ledger.seals enable row level security;
  create policy seals_read on ledger.seals for select using (
    (select ledger.oversees()) or book_id = any ((select ledger.own_books())::integer[]));
  grant select (book_id, seal_no, brand_id, sealed_through, transactions, root, salt_hash, previous_hash, skipped_hash,
    sealed_at, hash) on ledger.seals to evenhand_app;
`;
