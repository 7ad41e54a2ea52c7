import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What campaigns and influencers are compared by, searches that people keep, and what they were told of. */
export class Discovery1764000045000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CAMPAIGN_FACETS);
    await runner.query(INFLUENCER_FACETS);
    await runner.query(SAVED_SEARCHES);
    await runner.query(VISIBILITY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop schema discovery cascade;
      alter table parties.influencers drop column platforms, drop column audience_countries, drop column asking_prices;
      alter table campaigns.campaigns drop column channels, drop column markets, drop column languages,
        drop column categories, drop column cash_ceilings;
      drop function campaigns.texts_of, campaigns.cash_ceilings_of;`);
  }
}

/** A ranking looks at every campaign that passes the filter: what it compares stands beside the brief, not in it. */
const CAMPAIGN_FACETS = `
  create function campaigns.texts_of(list jsonb) returns text[]
    language sql immutable parallel safe set search_path = pg_catalog as $$
      select coalesce(array_agg(text), '{}') from jsonb_array_elements_text(list) as text
    $$;

  -- {"EUR": "300000"}: the most cash offered in each currency, minor units.
  create function campaigns.cash_ceilings_of(brief jsonb) returns jsonb
    language sql immutable parallel safe set search_path = pg_catalog as $$
      select coalesce(jsonb_object_agg(range ->> 'currency', range ->> 'maximumMinor'), '{}')
      from jsonb_array_elements(brief #> '{compensation,cash}') as range
    $$;

  alter table campaigns.campaigns
    add column channels text[] not null generated always as (campaigns.texts_of(brief -> 'channels')) stored,
    add column markets text[] not null generated always as (campaigns.texts_of(brief -> 'markets')) stored,
    add column languages text[] not null generated always as (campaigns.texts_of(brief -> 'languages')) stored,
    add column categories text[] not null generated always as (campaigns.texts_of(brief -> 'categories')) stored,
    add column cash_ceilings jsonb not null generated always as (campaigns.cash_ceilings_of(brief)) stored;
`;

/** Kept in step by whoever changes a profile or a channel, as the followers are. */
const INFLUENCER_FACETS = `
  alter table parties.influencers
    add column platforms text[] not null default '{}',
    -- {"CN": 70}: of each country the greatest share of any channel's audience, whole percent.
    add column audience_countries jsonb not null default '{}' check (jsonb_typeof(audience_countries) = 'object'),
    -- {"EUR": "50000"}: the least she asks for one deliverable in each currency, minor units.
    add column asking_prices jsonb not null default '{}' check (jsonb_typeof(asking_prices) = 'object');
  grant update (platforms, audience_countries, asking_prices) on parties.influencers to evenhand_app;
`;

const SAVED_SEARCHES = `
  create schema discovery;

  create table discovery.saved_searches (
    id uuid primary key,
    user_id uuid not null references identity.users,
    party_id uuid not null references parties.parties,
    kind text not null check (kind in ('campaigns', 'influencers')),
    name text not null check (length(name) between 1 and 80),
    filter jsonb not null check (jsonb_typeof(filter) = 'object'),
    notify boolean not null,
    -- Counts the changes of the filter: what was found by an older one is not told.
    version integer not null default 1 check (version > 0),
    created_at timestamptz(3) not null,
    changed_at timestamptz(3) not null,
    constraint saved_searches_named unique (user_id, party_id, name)
  );
  create index saved_searches_newest on discovery.saved_searches (user_id, created_at desc, id desc);
  create index saved_searches_told on discovery.saved_searches (kind, id) where notify;

  -- Campaigns that were published and profiles that changed, until every saved search was asked for them.
  create table discovery.candidates (
    kind text not null check (kind in ('campaigns', 'influencers')),
    object_id uuid not null,
    -- Counts how often it changed: one that changes while searches are asked stays for the next time.
    version bigint not null default 1 check (version > 0),
    queued_at timestamptz(3) not null,
    primary key (kind, object_id)
  );
  create index candidates_oldest on discovery.candidates (kind, queued_at, object_id);

  -- Each match is told once, whatever is run again.
  create table discovery.told_matches (
    search_id uuid not null references discovery.saved_searches on delete cascade,
    object_id uuid not null,
    told_at timestamptz(3) not null,
    primary key (search_id, object_id)
  );
`;

/** A saved search is the person's own, and only while they belong to its party. What is told is the system's to know. */
const VISIBILITY = `
  alter table discovery.saved_searches enable row level security;
  alter table discovery.candidates enable row level security;
  alter table discovery.told_matches enable row level security;

  create policy saved_searches_own on discovery.saved_searches using (
    (select access.is_system())
    or (user_id = (select access.user_id()) and party_id = any ((select access.party_ids())::uuid[])));
  create policy candidates_system on discovery.candidates using ((select access.is_system()));
  create policy told_matches_system on discovery.told_matches using ((select access.is_system()));

  grant usage on schema discovery to evenhand_app;
  grant select, insert, delete on discovery.saved_searches, discovery.candidates to evenhand_app;
  grant update (name, filter, notify, version, changed_at) on discovery.saved_searches to evenhand_app;
  grant update (version, queued_at) on discovery.candidates to evenhand_app;
  grant select, insert on discovery.told_matches to evenhand_app;
`;
