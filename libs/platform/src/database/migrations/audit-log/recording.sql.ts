export const ENTRIES = `
  create schema audit;
  grant usage on schema audit to evenhand_app;

  create table audit.entries (
    entry_id bigint generated always as identity primary key,
    -- By the database's clock.
    recorded_at timestamptz not null default clock_timestamp(),
    -- 'database' is somebody who works in the database itself, past the application.
    actor_kind text not null check (actor_kind in ('person', 'system', 'anonymous', 'database')),
    actor_user_id uuid,
    api_key_id uuid,
    -- For whom the person acted, where that is certain.
    acting_party_id uuid,
    -- Of the job or command; of the database's user.
    actor_name text,
    table_name text not null,
    -- 'created', 'deleted', the new state where there is one, else 'changed'.
    action text not null,
    object_kind text not null,
    object_id uuid not null,
    within_kind text,
    within_id uuid,
    -- By column: old and new, oldDigest and newDigest, or isSecret.
    changes jsonb not null,
    -- Who may read it beside operators.
    party_ids uuid[] not null,
    represented_id uuid,
    user_id uuid,
    for_finance boolean not null,
    open_to text check (open_to in ('everyone', 'campaign_readers')),
    check ((actor_kind = 'person') = (actor_user_id is not null)),
    check ((within_kind is null) = (within_id is null))
  );
  create index entries_object on audit.entries (object_id, entry_id desc);
  create index entries_within on audit.entries (within_id, entry_id desc) where within_id is not null;

  create function audit.refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception '% of %.% is refused: the audit log is append-only', tg_op, tg_table_schema, tg_table_name
      using errcode = 'EV009';
  end $$;
  create trigger append_only before update or delete or truncate on audit.entries
    for each statement execute function audit.refuse_change();
`;

/**
 * In PL/pgSQL throughout, whose plans are kept for the session: each change of state waits for this. The triggers' own
 * functions set the search path for all of them.
 */
export const RECORDING = `
  -- What is kept of a text that may not be copied: HMAC-SHA-256 as the application's KeyedDigest makes it, with the key
  -- that its connections bring along. Null where there is no key, or no value.
  create function audit.digest(p_value jsonb) returns text language plpgsql stable as $$
  declare
    v_key text[] := string_to_array(nullif(current_setting('evenhand.audit_key', true), ''), '.');
    v_text bytea := convert_to(nullif(p_value, 'null') #>> '{}', 'UTF8');
  begin
    return v_key[1] || '.' || rtrim(translate(
      encode(sha256(decode(v_key[3], 'hex') || sha256(decode(v_key[2], 'hex') || v_text)), 'base64'), '+/', '-_'), '=');
  end $$;

  -- The row, the keys of its nested objects as columns of their own.
  create function audit.flat(p_row jsonb, p_nested text[]) returns jsonb language plpgsql immutable as $$
  declare
    v_flat jsonb := p_row - p_nested;
    v_name text;
  begin
    foreach v_name in array p_nested loop
      v_flat := v_flat || coalesce((
        select jsonb_object_agg(v_name || '.' || i.key, i.value) from jsonb_each(nullif(p_row -> v_name, 'null')) i), '{}');
    end loop;
    return v_flat;
  end $$;

  -- Old and new of each column that differs; of what came or went, of each that has a value.
  create function audit.changes(p_old jsonb, p_new jsonb, p_clear text[], p_secret text[])
  returns jsonb language plpgsql stable as $$
  begin
    return coalesce((
      select jsonb_object_agg(c.name, case
          when c.name = any (p_secret) then '{"isSecret": true}'::jsonb
          when split_part(c.name, '.', 1) = any (p_clear) then case
            when p_old is null then jsonb_build_object('new', c.new)
            when p_new is null then jsonb_build_object('old', c.old)
            else jsonb_build_object('old', c.old, 'new', c.new) end
          else jsonb_build_object('oldDigest', audit.digest(c.old), 'newDigest', audit.digest(c.new)) end)
      from (
        -- Of a row that changed both have the same columns, but for keys of nested objects.
        select n.key as name, coalesce(p_old -> n.key, 'null') as old, n.value as new from jsonb_each(p_new) n
        union all
        select o.key, o.value, 'null' from jsonb_each(p_old) o where p_new is null or not p_new ? o.key
      ) c
      where c.old <> c.new), '{}');
  end $$;

  -- For whom a person acts: the one of their parties that it concerns; where none does, their only one; the platform
  -- for staff who have none.
  create function audit.acting_party(p_own uuid[], p_is_staff boolean, p_concerned uuid[])
  returns uuid language plpgsql immutable as $$
  declare
    v_concerned uuid[];
  begin
    if cardinality(p_own) = 0 then
      return case when p_is_staff then '00000000-0000-7000-8000-000000000001' end;
    end if;
    v_concerned := array(select o.id from unnest(p_own) o (id) where o.id = any (p_concerned));
    return case
      when cardinality(v_concerned) = 1 then v_concerned[1]
      when cardinality(v_concerned) = 0 and cardinality(p_own) = 1 then p_own[1] end;
  end $$;

  create function audit.record(
    p_table text, p_operation text, p_kind text, p_object uuid, p_within_kind text, p_within uuid,
    p_parties uuid[], p_represented uuid, p_user uuid, p_finance boolean, p_open_to text,
    p_old jsonb, p_new jsonb, p_clear text[], p_nested text[], p_secret text[], p_noise text[]
  ) returns void language plpgsql as $$
  declare
    -- person|user|key|own parties|staff, or system|name; see session-settings.ts.
    v_actor text[] := string_to_array(nullif(current_setting('evenhand.actor', true), ''), '|');
    v_is_person boolean := coalesce(v_actor[1] = 'person', false);
    v_old jsonb := p_old - p_noise;
    v_new jsonb := p_new - p_noise;
    v_changes jsonb;
  begin
    if cardinality(p_nested) > 0 then
      v_old := audit.flat(v_old, p_nested);
      v_new := audit.flat(v_new, p_nested);
    end if;
    v_changes := audit.changes(v_old, v_new, p_clear, p_secret);
    if v_changes = '{}' and p_operation = 'UPDATE' then return; end if;
    insert into audit.entries (actor_kind, actor_user_id, api_key_id, acting_party_id, actor_name, table_name, action,
      object_kind, object_id, within_kind, within_id, changes, party_ids, represented_id, user_id, for_finance, open_to)
    values (
      coalesce(v_actor[1], 'database'),
      case when v_is_person then v_actor[2]::uuid end,
      case when v_is_person then nullif(v_actor[3], '')::uuid end,
      case when v_is_person then
        audit.acting_party(v_actor[4]::uuid[], v_actor[5] = 'staff', p_parties || p_represented) end,
      case when v_actor is null then session_user::text when v_actor[1] = 'system' then v_actor[2] end,
      p_table,
      case p_operation when 'INSERT' then 'created' when 'DELETE' then 'deleted'
                       else coalesce(v_changes -> 'state' ->> 'new', 'changed') end,
      p_kind, p_object, case when p_within is not null then p_within_kind end, p_within, v_changes,
      array_remove(p_parties, null), p_represented, p_user, p_finance, p_open_to);
  end $$;

  revoke execute on all functions in schema audit from public;
`;

export const VISIBILITY = `
  alter table audit.entries enable row level security;
  create policy entries_read on audit.entries for select using (
    (select access.is_system()) or (select access.is_operator())
    or (for_finance and (select access.is_finance()))
    or party_ids && (select access.party_ids())
    or represented_id = any ((select access.party_ids() || access.represented_ids())::uuid[])
    or user_id = (select access.user_id())
    or (open_to = 'everyone' and (select access.user_id()) is not null)
    -- Bound by the policies of campaigns itself.
    or (open_to = 'campaign_readers' and exists (select from campaigns.campaigns c where c.id = object_id)));
  grant select on audit.entries to evenhand_app;

  alter table audit.links enable row level security;
  create policy links_read on audit.links for select using (
    exists (select from audit.entries e where e.entry_id = links.entry_id));
  -- The salts are for the functions alone.
  grant select (link_no, entry_id, hash) on audit.links to evenhand_app;
`;
