import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Parties: organisations with members, influencers with channels and mandates, and where each is paid. */
export class Parties1764000020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ORGANISATIONS);
    await runner.query(INFLUENCERS);
    await runner.query(MANDATES);
    await runner.query(PAYOUT_ACCOUNTS);
    await runner.query(OWNER_REMAINS);
    await runner.query(POLICIES);
    await runner.query(MANDATE_POLICIES);
    await runner.query(RIGHTS);
    await runner.query(GRANTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table identity.api_keys drop constraint api_keys_party_fkey; drop schema parties cascade',
    );
  }
}

const ORGANISATIONS = `
  create schema parties;

  create table parties.parties (
    id uuid primary key,
    kind text not null check (kind in ('brand', 'agency', 'influencer', 'platform')),
    display_name text not null check (length(display_name) between 1 and 100),
    country char(2) not null check (country ~ '^[A-Z]{2}$'),
    created_at timestamptz not null default now(),
    unique (id, kind)
  );
  create unique index parties_one_platform on parties.parties (kind) where kind = 'platform';
  insert into parties.parties (id, kind, display_name, country)
  values ('00000000-0000-7000-8000-000000000001', 'platform', 'Evenhand', 'FR');

  alter table identity.api_keys
    add constraint api_keys_party_fkey foreign key (party_id) references parties.parties;

  create table parties.organisations (
    party_id uuid primary key,
    kind text not null check (kind in ('brand', 'agency')),
    foreign key (party_id, kind) references parties.parties (id, kind)
  );

  create table parties.members (
    party_id uuid not null references parties.organisations,
    user_id uuid not null references identity.users,
    role text not null check (role in ('owner', 'manager', 'viewer')),
    joined_at timestamptz not null,
    removed_at timestamptz,
    primary key (party_id, user_id)
  );
  create index members_user on parties.members (user_id) where removed_at is null;

  create table parties.invitations (
    id uuid primary key,
    party_id uuid not null references parties.organisations,
    email text not null check (email = lower(email) and length(email) <= 254),
    role text not null check (role in ('owner', 'manager', 'viewer')),
    token_hash bytea not null unique check (length(token_hash) = 32),
    invited_by uuid not null references identity.users,
    created_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > created_at),
    accepted_at timestamptz,
    accepted_by uuid references identity.users,
    revoked_at timestamptz,
    check ((accepted_at is null) = (accepted_by is null)),
    check (accepted_at is null or revoked_at is null)
  );
  create unique index invitations_one_open on parties.invitations (party_id, email)
    where accepted_at is null and revoked_at is null;
`;

/**
 * Texts are searched by single characters and pairs of neighbours: Chinese and Japanese have no spaces between words, and
 * two characters are already a word, too short for trigrams. Under row-level security PostgreSQL uses no index for `@>`
 * (it is not leakproof), so a function with its owner's rights and the same rule looks the candidates up.
 */
const INFLUENCERS = `
  create function parties.search_grams(source text) returns text[]
    language sql immutable strict parallel safe set search_path = pg_catalog as $$
      select coalesce(array_agg(distinct gram), '{}')
      from regexp_split_to_table(source, ' ') as word
      cross join lateral generate_series(1, length(word)) as place
      cross join lateral (values (substr(word, place, 1)), (substr(word, place, 2))) as grams (gram)
    $$;

  create table parties.influencers (
    party_id uuid primary key,
    kind text not null default 'influencer' check (kind = 'influencer'),
    user_id uuid not null constraint influencers_user_key unique references identity.users,
    bio text not null check (length(bio) <= 2000),
    categories text[] not null,
    markets text[] not null,
    languages text[] not null,
    followers_total bigint not null default 0 check (followers_total >= 0),
    search_text text not null,
    search_grams text[] not null generated always as (parties.search_grams(search_text)) stored,
    foreign key (party_id, kind) references parties.parties (id, kind)
  );
  create index influencers_grams on parties.influencers using gin (search_grams);

  create function parties.influencers_with_grams(wanted text[]) returns setof uuid
    language sql stable security definer parallel safe set search_path = pg_catalog as $$
      select party_id from parties.influencers
      where search_grams @> wanted and (access.is_system() or access.user_id() is not null)
    $$;

  create index influencers_reach on parties.influencers (followers_total desc, party_id desc);

  create table parties.channels (
    id uuid primary key,
    influencer_id uuid not null references parties.influencers,
    platform text not null check (length(platform) between 1 and 30),
    handle text not null check (length(handle) between 1 and 64),
    handle_key text not null,
    url text not null check (url like 'https://%' and length(url) <= 500),
    followers bigint not null check (followers >= 0),
    audience jsonb not null,
    updated_at timestamptz not null,
    removed_at timestamptz
  );
  create unique index channels_handle_key on parties.channels (platform, handle_key) where removed_at is null;
  create index channels_influencer on parties.channels (influencer_id) where removed_at is null;
`;

/**
 * One row per version. Two versions of a mandate are never in force at once, and no two agencies stand at the same
 * position of a chain at once, whatever the application does.
 */
const MANDATES = `
  create extension if not exists btree_gist;

  create table parties.mandates (
    mandate_id uuid not null,
    version integer not null check (version > 0),
    influencer_id uuid not null references parties.influencers,
    agency_id uuid not null,
    agency_kind text not null default 'agency' check (agency_kind = 'agency'),
    position smallint not null check (position between 1 and 12),
    cuts jsonb not null,
    state text not null check (state in ('requested', 'accepted', 'declined', 'expired', 'ended')),
    starts_on date,
    ends_at timestamptz,
    requested_by uuid not null references identity.users,
    requested_at timestamptz not null,
    lapses_at timestamptz not null check (lapses_at > requested_at),
    decided_by uuid references identity.users,
    decided_at timestamptz,
    valid_from timestamptz,
    valid_until timestamptz,
    ended_by uuid references identity.users,
    ended_at timestamptz,
    primary key (mandate_id, version),
    constraint mandates_pair_version unique (influencer_id, agency_id, version),
    foreign key (agency_id, agency_kind) references parties.parties (id, kind),
    check (valid_until is null or valid_until >= valid_from),
    check ((state = 'accepted') <= (valid_from is not null and decided_by is not null)),
    check ((state in ('requested', 'declined', 'expired')) <= (valid_from is null)),
    check ((state = 'ended') <= (ended_by is not null and ended_at is not null)),
    check ((state = 'ended' and valid_from is not null) <= (valid_until <= greatest(ended_at, valid_from))),
    constraint mandates_one_version_in_force
      exclude using gist (influencer_id with =, agency_id with =, tstzrange(valid_from, valid_until) with &&)
      where (valid_from is not null),
    constraint mandates_one_at_position
      exclude using gist (influencer_id with =, position with =, tstzrange(valid_from, valid_until) with &&)
      where (valid_from is not null)
  );
  create unique index mandates_one_open on parties.mandates (influencer_id, agency_id) where state = 'requested';
  create index mandates_agency on parties.mandates (agency_id, requested_at desc);
  create index mandates_lapsing on parties.mandates (lapses_at) where state = 'requested';
`;

const PAYOUT_ACCOUNTS = `
  create table parties.payout_accounts (
    id uuid primary key,
    party_id uuid not null references parties.parties,
    currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
    country char(2) not null check (country ~ '^[A-Z]{2}$'),
    details_sealed text not null,
    hint text not null check (length(hint) <= 16),
    created_by uuid not null references identity.users,
    created_at timestamptz not null,
    replaced_at timestamptz,
    verified_at timestamptz,
    verified_by uuid references identity.users,
    check ((verified_at is null) = (verified_by is null)),
    check (verified_by <> created_by)
  );
  create unique index payout_accounts_one_in_force on parties.payout_accounts (party_id, currency)
    where replaced_at is null;
`;

/** Checked at commit, one organisation at a time: two owners who leave at once cannot both go. */
const OWNER_REMAINS = `
  create function parties.assert_owner_remains() returns trigger
    language plpgsql security definer set search_path = pg_catalog as $$
    begin
      perform 1 from parties.organisations where party_id = new.party_id for no key update;
      if not exists (
        select 1 from parties.members
        where party_id = new.party_id and role = 'owner' and removed_at is null
      ) then
        raise exception 'An organisation keeps at least one owner.'
          using errcode = 'check_violation', constraint = 'members_owner_remains';
      end if;
      return null;
    end $$;

  create constraint trigger members_owner_remains after insert or update on parties.members
    deferrable initially deferred for each row execute function parties.assert_owner_remains();
`;

/** Names and profiles are for everybody signed in; what is somebody's own is theirs to see and change. */
const POLICIES = `
  alter table parties.parties enable row level security;
  alter table parties.organisations enable row level security;
  alter table parties.members enable row level security;
  alter table parties.invitations enable row level security;
  alter table parties.influencers enable row level security;
  alter table parties.channels enable row level security;
  alter table parties.mandates enable row level security;
  alter table parties.payout_accounts enable row level security;

  create policy parties_read on parties.parties for select
    using ((select access.is_system()) or (select access.user_id()) is not null);
  create policy parties_add on parties.parties for insert with check ((select access.is_system()));
  create policy parties_change on parties.parties for update
    using ((select access.is_system()) or id = any ((select access.party_ids())::uuid[]));

  create policy organisations_read on parties.organisations for select
    using ((select access.is_system()) or (select access.user_id()) is not null);
  create policy organisations_add on parties.organisations for insert with check ((select access.is_system()));
  create policy organisations_lock on parties.organisations for update
    using ((select access.is_system()) or party_id = any ((select access.party_ids())::uuid[]));

  create policy members_read on parties.members for select
    using ((select access.is_system()) or (select access.is_operator())
      or party_id = any ((select access.party_ids())::uuid[]));
  create policy members_add on parties.members for insert with check ((select access.is_system()));
  create policy members_change on parties.members for update
    using ((select access.is_system()) or party_id = any ((select access.party_ids())::uuid[]));

  create policy invitations_own on parties.invitations
    using ((select access.is_system()) or party_id = any ((select access.party_ids())::uuid[]));

  create policy influencers_read on parties.influencers for select
    using ((select access.is_system()) or (select access.user_id()) is not null);
  create policy influencers_add on parties.influencers for insert with check ((select access.is_system()));
  create policy influencers_change on parties.influencers for update
    using ((select access.is_system()) or party_id = any ((select access.party_ids())::uuid[]));

  create policy channels_read on parties.channels for select
    using ((select access.is_system()) or (select access.user_id()) is not null);
  create policy channels_add on parties.channels for insert
    with check ((select access.is_system()) or influencer_id = any ((select access.party_ids())::uuid[]));
  create policy channels_change on parties.channels for update
    using ((select access.is_system()) or influencer_id = any ((select access.party_ids())::uuid[]));

  create policy payout_accounts_read on parties.payout_accounts for select
    using ((select access.is_system()) or (select access.is_finance())
      or party_id = any ((select access.party_ids())::uuid[]));
  create policy payout_accounts_add on parties.payout_accounts for insert
    with check ((select access.is_system()) or party_id = any ((select access.party_ids())::uuid[]));
  create policy payout_accounts_change on parties.payout_accounts for update
    using ((select access.is_system()) or (select access.is_finance())
      or party_id = any ((select access.party_ids())::uuid[]));
`;

/** An agency may ask and may end. Everything else a mandate can become is the influencer's to write. */
const MANDATE_POLICIES = `
  create policy mandates_read on parties.mandates for select
    using ((select access.is_system()) or (select access.is_operator())
      or influencer_id = any ((select access.party_ids())::uuid[])
      or agency_id = any ((select access.party_ids())::uuid[]));
  create policy mandates_request on parties.mandates for insert
    with check ((select access.is_system())
      or (agency_id = any ((select access.party_ids())::uuid[]) and state = 'requested'));
  create policy mandates_system on parties.mandates for update using ((select access.is_system()));
  create policy mandates_consent on parties.mandates for update
    using (influencer_id = any ((select access.party_ids())::uuid[]));
  create policy mandates_agency_end on parties.mandates for update
    using (agency_id = any ((select access.party_ids())::uuid[]))
    with check (agency_id = any ((select access.party_ids())::uuid[]) and state = 'ended');
`;

/** The terms of a mandate and the address of an account cannot be updated: a change is a new row. */
/**
 * Everything a user may act as at an instant; null for one who is unknown or disabled. Every request pays for it, so that
 * it is one call, which also reads `identity.users`.
 */
const RIGHTS = `
  create function parties.rights_of(actor_id uuid, at timestamptz) returns jsonb
    language plpgsql stable set search_path = '' as $$
    begin
      return (
        with member as (
          select m.party_id, m.role, o.kind
          from parties.members as m join parties.organisations as o using (party_id)
          where m.user_id = actor_id and m.removed_at is null
        )
        select jsonb_build_object(
          'influencerId', (select party_id from parties.influencers where user_id = u.id),
          'staffRoles', u.staff_roles,
          'memberships', (
            select coalesce(jsonb_agg(jsonb_build_object('partyId', party_id, 'kind', kind, 'role', role)), '[]')
            from member),
          'representations', (
            select coalesce(jsonb_agg(distinct jsonb_build_object(
              'agencyId', v.agency_id, 'influencerId', v.influencer_id, 'role', member.role)), '[]')
            from member join parties.mandates as v on v.agency_id = member.party_id
            where v.valid_from <= at and (v.valid_until is null or v.valid_until > at)))
        from identity.users as u
        where u.id = actor_id and u.disabled_at is null);
    end $$;

  -- The session of a token, and what its user may act as; null where there is no such session.
  create function parties.rights_of_session(token bytea, at timestamptz) returns jsonb
    language plpgsql stable set search_path = '' as $$
    declare
      session constant jsonb := identity.live_session(token, at);
    begin
      return jsonb_build_object('session', session, 'rights', parties.rights_of((session ->> 'userId')::uuid, at));
    end $$;
`;

const GRANTS = `
  grant usage on schema parties to evenhand_app;
  grant select, insert on all tables in schema parties to evenhand_app;
  grant update (display_name, country) on parties.parties to evenhand_app;
  grant update (kind) on parties.organisations to evenhand_app;
  grant update (role, joined_at, removed_at) on parties.members to evenhand_app;
  grant update (accepted_at, accepted_by, revoked_at) on parties.invitations to evenhand_app;
  grant update (bio, categories, markets, languages, followers_total, search_text) on parties.influencers to evenhand_app;
  grant update (handle, handle_key, url, followers, audience, updated_at, removed_at) on parties.channels to evenhand_app;
  grant update (state, decided_by, decided_at, valid_from, valid_until, ended_by, ended_at)
    on parties.mandates to evenhand_app;
  grant update (details_sealed, replaced_at, verified_at, verified_by) on parties.payout_accounts to evenhand_app;
`;
