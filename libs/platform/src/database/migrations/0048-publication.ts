import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Posts as they went live: whose they are, when livestreams were on, what they came to over time. */
export class Publication1764000048000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LIVESTREAMS);
    await runner.query(PUBLICATIONS);
    await runner.query(METRICS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table deals.explosive_notes, deals.metric_readings, deals.publications, deals.short_livestreams;
      alter table deals.deliverables drop column planned_start;`);
  }
}

const IS_A_SIDE = `(brand_id = any ((select access.party_ids())::uuid[])
    or influencer_id = any ((select access.party_ids() || access.represented_ids())::uuid[]))`;
const IS_BRANDS = 'brand_id = any ((select access.party_ids())::uuid[])';
const IS_INFLUENCERS = 'influencer_id = any ((select access.party_ids() || access.represented_ids())::uuid[])';
const IS_SYSTEM = '(select access.is_system())';
const MAY_READ = `${IS_SYSTEM} or (select access.is_operator()) or (select access.is_finance()) or ${IS_A_SIDE}`;

const OF_DELIVERABLE = `
    deal_id uuid not null,
    brand_id uuid not null,
    influencer_id uuid not null,
    foreign key (deliverable_id, deal_id) references deals.deliverables (id, deal_id),
    foreign key (deal_id, brand_id, influencer_id) references deals.deals (id, brand_id, influencer_id)`;

/** The influencer plans a start; the brand alone accepts a livestream that is shorter than the brief asked for. */
const LIVESTREAMS = `
  alter table deals.deliverables
    add column planned_start timestamptz(3) constraint deliverables_plan check (planned_start is null or kind = 'livestream');
  grant update (planned_start) on deals.deliverables to evenhand_app;

  create table deals.short_livestreams (
    deliverable_id uuid primary key,
    minutes integer not null check (minutes > 0),
    accepted_by uuid references identity.users,
    accepted_at timestamptz(3) not null,
    ${OF_DELIVERABLE}
  );
  create index short_livestreams_deal on deals.short_livestreams (deal_id);

  alter table deals.short_livestreams enable row level security;
  create policy short_livestreams_read on deals.short_livestreams for select using (${MAY_READ});
  create policy short_livestreams_accept on deals.short_livestreams for insert with check (
    ${IS_SYSTEM} or (${IS_BRANDS} and accepted_by = (select access.user_id())));
  create policy short_livestreams_change on deals.short_livestreams for update
    using (${IS_SYSTEM} or ${IS_BRANDS}) with check (${IS_SYSTEM} or accepted_by = (select access.user_id()));
  grant select, insert on deals.short_livestreams to evenhand_app;
  grant update (minutes, accepted_by, accepted_at) on deals.short_livestreams to evenhand_app;
`;

/** Written once by the influencer's side; the brand alone confirms what its address does not prove. */
const PUBLICATIONS = `
  create table deals.publications (
    deliverable_id uuid primary key,
    platform text not null check (length(platform) between 1 and 30),
    post_key text not null check (length(post_key) between 1 and 2100),
    -- The channel that the address names; null where it names none.
    channel_id uuid references parties.channels,
    caption text not null check (length(caption) between 1 and 5000),
    check_state text not null check (check_state in ('proven', 'to_confirm', 'confirmed')),
    doubt text check (doubt in ('short_link', 'no_owner_in_address', 'channel_not_listed', 'owner_not_comparable')),
    confirmed_by uuid references identity.users,
    confirmed_at timestamptz(3),
    started_at timestamptz(3),
    ended_at timestamptz(3),
    ${OF_DELIVERABLE},
    constraint publications_post unique (influencer_id, post_key),
    constraint publications_doubt check ((check_state = 'proven') = (doubt is null)),
    constraint publications_confirmed check (
      (check_state = 'confirmed') = (confirmed_at is not null) and (confirmed_by is null or confirmed_at is not null)),
    constraint publications_aired check (num_nonnulls(started_at, ended_at) in (0, 2) and started_at < ended_at),
    -- One channel cannot air two livestreams at once, whichever deals they are of.
    constraint publications_one_on_air
      exclude using gist (influencer_id with =, platform with =, tstzrange(started_at, ended_at) with &&)
      where (started_at is not null)
  );
  create index publications_deal on deals.publications (deal_id);

  alter table deals.publications enable row level security;
  create policy publications_read on deals.publications for select using (${MAY_READ});
  create policy publications_add on deals.publications for insert with check (
    ${IS_SYSTEM} or (${IS_INFLUENCERS} and check_state <> 'confirmed'));
  create policy publications_confirm on deals.publications for update
    using ((${IS_SYSTEM} or ${IS_BRANDS}) and check_state = 'to_confirm')
    with check (check_state = 'confirmed' and (${IS_SYSTEM} or confirmed_by = (select access.user_id())));
  grant select, insert on deals.publications to evenhand_app;
  grant update (check_state, confirmed_by, confirmed_at) on deals.publications to evenhand_app;
`;

/** Append-only: what was read stays; a later reading says more, or corrects with its reason. */
const METRICS = `
  create table deals.metric_readings (
    deliverable_id uuid not null,
    read_at timestamptz(3) not null,
    source text not null check (source in ('influencer', 'brand', 'import')),
    views bigint check (views >= 0),
    likes bigint check (likes >= 0),
    saves bigint check (saves >= 0),
    comments bigint check (comments >= 0),
    shares bigint check (shares >= 0),
    correction text check (length(correction) between 1 and 500),
    recorded_by uuid references identity.users,
    party_id uuid not null references parties.parties,
    recorded_at timestamptz(3) not null,
    primary key (deliverable_id, read_at),
    ${OF_DELIVERABLE},
    constraint metric_readings_say_something check (num_nonnulls(views, likes, saves, comments, shares) > 0),
    constraint metric_readings_past check (read_at <= recorded_at)
  );
  create index metric_readings_deal on deals.metric_readings (deal_id);

  alter table deals.metric_readings enable row level security;
  create policy metric_readings_read on deals.metric_readings for select using (${MAY_READ});
  create policy metric_readings_add on deals.metric_readings for insert with check (
    ${IS_SYSTEM} or (${IS_A_SIDE} and recorded_by = (select access.user_id())
                     and party_id = any ((select access.party_ids())::uuid[])));
  grant select, insert on deals.metric_readings to evenhand_app;

  -- Written once: an explosive note stays one.
  create table deals.explosive_notes (
    deliverable_id uuid primary key,
    read_at timestamptz(3) not null,
    rule text not null check (rule in ('likes', 'share_of_followers')),
    likes bigint not null,
    followers bigint,
    flagged_at timestamptz(3) not null,
    ${OF_DELIVERABLE},
    foreign key (deliverable_id, read_at) references deals.metric_readings (deliverable_id, read_at)
  );
  create index explosive_notes_deal on deals.explosive_notes (deal_id);

  alter table deals.explosive_notes enable row level security;
  create policy explosive_notes_read on deals.explosive_notes for select using (${MAY_READ});
  create policy explosive_notes_add on deals.explosive_notes for insert with check (${IS_SYSTEM} or ${IS_A_SIDE});
  grant select, insert on deals.explosive_notes to evenhand_app;
`;
