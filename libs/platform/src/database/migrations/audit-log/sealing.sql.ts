export const CHAIN = `
  -- The chain: a link for each finished entry, in the order of their numbers.
  create table audit.links (
    link_no bigint primary key check (link_no > 0),
    entry_id bigint not null unique,
    sealed_at timestamptz not null,
    -- Whoever reads two entries cannot guess at the one between them.
    salt bytea not null check (length(salt) = 16),
    hash bytea not null check (length(hash) = 32)
  );
  create trigger append_only before update or delete or truncate on audit.links
    for each statement execute function audit.refuse_change();

  -- Entries up to a number are finished once every transaction below the fence has ended: whoever draws a number of an entry
  -- has a number of a transaction already.
  create table audit.fence (
    is_only boolean primary key default true check (is_only),
    announced_id bigint not null default 0,
    fence xid8
  );
  insert into audit.fence default values;

  -- What is hashed of an entry. A link is sha256 over 02, the hash before, its salt, and this in UTF-8.
  create function audit.content(e audit.entries) returns text
  language sql stable set search_path = '' set timezone = 'UTC' set datestyle = 'ISO, YMD' as $$
    select jsonb_build_array('evenhand/audit/1', e.entry_id::text, e.recorded_at::text, e.actor_kind, e.actor_user_id,
      e.api_key_id, e.acting_party_id, e.actor_name, e.table_name, e.action, e.object_kind, e.object_id, e.within_kind,
      e.within_id, e.changes, e.party_ids, e.represented_id, e.user_id, e.for_finance, e.open_to)::text
  $$;

  create function audit.link_hash(p_previous bytea, p_salt bytea, p_content text) returns bytea
  language sql immutable set search_path = '' as $$
    select sha256('\\x02'::bytea || coalesce(p_previous, decode(repeat('00', 32), 'hex')) || p_salt
                  || convert_to(p_content, 'UTF8'))
  $$;

  create function audit.require_system() returns void language plpgsql stable set search_path = '' as $$
  begin
    if not access.is_system() then
      raise exception 'only the system works on the chain of the audit log' using errcode = 'insufficient_privilege';
    end if;
  end $$;
`;

export const SEALING = `
  -- Announces the entries of now; to be called in a transaction that has written nothing: its number has to be higher than
  -- that of whoever has drawn a number before. What was announced and is not sealed yet is left as it is, unless the fence
  -- is of another server, from which the database was copied.
  create function audit.announce() returns void language plpgsql security definer set search_path = '' as $$
  declare
    v_sealed bigint;
    v_last bigint;
  begin
    perform audit.require_system();
    if not pg_try_advisory_xact_lock(1764000090, 0) then return; end if;
    v_sealed := coalesce((select l.entry_id from audit.links l order by l.link_no desc limit 1), 0);
    if exists (
      select from audit.fence f
      join audit.entries e on e.entry_id > v_sealed and e.entry_id <= f.announced_id
      where f.fence < pg_snapshot_xmax(pg_current_snapshot()))
    then return; end if;
    select s.last_value into v_last from audit.entries_entry_id_seq s where s.is_called;
    update audit.fence set announced_id = coalesce(v_last, 0), fence = pg_current_xact_id();
  end $$;

  -- Links up to p_limit of the announced entries, oldest first, once they are finished; nothing while somebody else does.
  -- Answers how many.
  create function audit.seal(p_sealed_at timestamptz, p_limit integer) returns integer
  language plpgsql security definer set search_path = '' as $$
  declare
    v_fence audit.fence;
    v_entry audit.entries;
    v_link bigint;
    v_last bigint;
    v_hash bytea;
    v_salt bytea;
    v_ids bigint[] := '{}';
    v_salts bytea[] := '{}';
    v_hashes bytea[] := '{}';
  begin
    perform audit.require_system();
    if not pg_try_advisory_xact_lock(1764000090, 0) then return 0; end if;
    -- A statement of its own: it sees what the last holder of the lock has left.
    select * into v_fence from audit.fence;
    if v_fence.fence is null or v_fence.fence > pg_snapshot_xmin(pg_current_snapshot()) then return 0; end if;
    select l.link_no, l.entry_id, l.hash into v_link, v_last, v_hash from audit.links l order by l.link_no desc limit 1;
    for v_entry in
      select * from audit.entries e where e.entry_id > coalesce(v_last, 0) and e.entry_id <= v_fence.announced_id
      order by e.entry_id limit p_limit
    loop
      v_salt := uuid_send(gen_random_uuid());
      v_hash := audit.link_hash(v_hash, v_salt, audit.content(v_entry));
      v_ids := v_ids || v_entry.entry_id;
      v_salts := v_salts || v_salt;
      v_hashes := v_hashes || v_hash;
    end loop;
    insert into audit.links (link_no, entry_id, sealed_at, salt, hash)
    select coalesce(v_link, 0) + w.place, w.entry_id, p_sealed_at, w.salt, w.hash
    from unnest(v_ids, v_salts, v_hashes) with ordinality w (entry_id, salt, hash, place);
    return cardinality(v_ids);
  end $$;
`;

export const VERIFYING = `
  -- What is not as it was sealed among the p_limit links after p_after, in the order of the chain: the number of a link
  -- and words. The last row has no words, and says up to which link was looked.
  create function audit.findings(p_after bigint, p_limit integer) returns table (link_no bigint, words text)
  language plpgsql stable security definer set search_path = '' as $$
  begin
    perform audit.require_system();
    return query
      with chained as (
        select l.*, lag(l.link_no) over w as before, lag(l.hash) over w as hash_before, lag(l.entry_id) over w as entry_before
        from (select * from audit.links l where l.link_no >= p_after order by l.link_no limit p_limit + 1) l
        window w as (order by l.link_no)
      ), compared as (
        select c.*, e.entry_id is null as is_gone,
               audit.link_hash(c.hash_before, c.salt, audit.content(e)) as computed, e.object_kind, e.object_id
        from chained c left join audit.entries e on e.entry_id = c.entry_id
        where c.link_no > p_after
      )
      select c.link_no, case
          when c.link_no <> coalesce(c.before, p_after) + 1
            then format('%s of the links before link %s are missing', c.link_no - coalesce(c.before, p_after) - 1, c.link_no)
          when c.is_gone then format('entry %s is gone: link %s has nothing to show', c.entry_id, c.link_no)
          when c.entry_id <= c.entry_before
            then format('entry %s of link %s comes after entry %s: they were reordered', c.entry_id, c.link_no, c.entry_before)
          when c.hash <> c.computed
            then format('entry %s, of %s %s, is not as link %s sealed it', c.entry_id, c.object_kind, c.object_id, c.link_no)
        end as words
      from compared c
      where c.is_gone or c.hash <> c.computed or c.link_no <> coalesce(c.before, p_after) + 1 or c.entry_id <= c.entry_before
      union all
      select (select max(c.link_no) from chained c), null
      order by 1, 2 nulls last;
  end $$;

  -- Entries that are in no link though later ones are: they were slipped in.
  create function audit.slipped_in(p_limit integer) returns table (words text)
  language plpgsql stable security definer set search_path = '' as $$
  begin
    perform audit.require_system();
    return query
      select format('entry %s is in no link, though later ones are: it was slipped in', e.entry_id)
      from audit.entries e left join audit.links l on l.entry_id = e.entry_id
      where l.entry_id is null and e.entry_id < (select max(m.entry_id) from audit.links m)
      order by e.entry_id limit p_limit;
  end $$;

  revoke execute on all functions in schema audit from public;
  grant execute on function audit.announce, audit.seal, audit.findings, audit.slipped_in to evenhand_app;
`;
