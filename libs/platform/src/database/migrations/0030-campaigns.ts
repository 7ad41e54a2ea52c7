import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Campaigns with their limits, bids with their offers. */
export class Campaigns1764000030000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CAMPAIGN_TABLES);
    await runner.query(BID_TABLES);
    await runner.query(GUARDS);
    await runner.query(SIGHT);
    await runner.query(POLICIES);
    await runner.query(GRANTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema campaigns cascade');
  }
}

/** Limits stand apart from the campaign: those who bid may read the brief, never what the brand is ready to commit. */
const CAMPAIGN_TABLES = `
  create schema campaigns;

  create table campaigns.campaigns (
    id uuid primary key,
    brand_id uuid not null references parties.parties,
    state text not null check (state in ('draft', 'published', 'closed', 'completed', 'cancelled')),
    brief jsonb not null check (jsonb_typeof(brief) = 'object'),
    title text not null generated always as (brief ->> 'title') stored,
    bid_deadline timestamptz(3) not null,
    search_text text not null,
    search_lexemes tsvector not null,
    created_at timestamptz(3) not null,
    published_at timestamptz(3),
    ended_at timestamptz(3),
    listed_at timestamptz(3) not null generated always as (coalesce(published_at, created_at)) stored,
    unique (id, brand_id),
    constraint campaigns_published_once check (state not in ('published', 'closed', 'completed') or published_at is not null),
    constraint campaigns_ended check ((state in ('closed', 'completed', 'cancelled')) = (ended_at is not null))
  );
  create index campaigns_newest on campaigns.campaigns (state, listed_at desc, id desc) include (brand_id);
  create index campaigns_deadline on campaigns.campaigns (state, bid_deadline, id) include (brand_id);
  create index campaigns_brand on campaigns.campaigns (brand_id, listed_at desc, id desc);
  create index campaigns_words on campaigns.campaigns using gin (search_lexemes) where state = 'published';

  create table campaigns.campaign_limits (
    campaign_id uuid primary key,
    brand_id uuid not null,
    deal_cap integer check (deal_cap > 0),
    deal_count integer not null default 0 check (deal_count >= 0),
    constraint campaign_limits_deal_cap check (deal_count <= deal_cap),
    foreign key (campaign_id, brand_id) references campaigns.campaigns (id, brand_id)
  );

  create table campaigns.campaign_budgets (
    campaign_id uuid not null,
    brand_id uuid not null,
    currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
    budget_minor bigint not null check (budget_minor > 0),
    committed_minor bigint not null default 0 check (committed_minor >= 0),
    primary key (campaign_id, currency),
    constraint campaign_budgets_not_exceeded check (committed_minor <= budget_minor),
    foreign key (campaign_id, brand_id) references campaigns.campaigns (id, brand_id)
  );
`;

/** Each offer repeats the two sides of its bid, so that row-level security needs no second table. */
const BID_TABLES = `
  create table campaigns.bids (
    id uuid primary key,
    campaign_id uuid not null,
    brand_id uuid not null,
    influencer_id uuid not null references parties.parties,
    agency_id uuid references parties.parties,
    state text not null check (state in ('submitted', 'countered', 'accepted', 'declined', 'withdrawn', 'expired')),
    offer_expires_at timestamptz(3) not null,
    submitted_at timestamptz(3) not null,
    ended_at timestamptz(3),
    end_reason text check (length(end_reason) <= 1000),
    commitment_released_at timestamptz(3) check (commitment_released_at is null or state = 'accepted'),
    unique (id, brand_id, influencer_id),
    foreign key (campaign_id, brand_id) references campaigns.campaigns (id, brand_id),
    constraint bids_ended check ((state in ('submitted', 'countered')) = (ended_at is null))
  );
  create unique index bids_one_open on campaigns.bids (campaign_id, influencer_id) where state in ('submitted', 'countered');
  create index bids_campaign on campaigns.bids (campaign_id, submitted_at desc, id desc);
  create index bids_influencer on campaigns.bids (influencer_id, submitted_at desc, id desc);
  create index bids_brand on campaigns.bids (brand_id, submitted_at desc, id desc);
  create index bids_due on campaigns.bids (offer_expires_at) where state in ('submitted', 'countered');

  create table campaigns.offers (
    bid_id uuid not null,
    brand_id uuid not null,
    influencer_id uuid not null,
    number smallint not null check (number between 1 and 50),
    side text not null check (side in ('brand', 'influencer')),
    compensation jsonb not null check (jsonb_typeof(compensation) = 'object'),
    message text check (length(message) <= 2000),
    offered_by text not null,
    offered_at timestamptz(3) not null,
    expires_at timestamptz(3) not null check (expires_at > offered_at),
    primary key (bid_id, number),
    foreign key (bid_id, brand_id, influencer_id) references campaigns.bids (id, brand_id, influencer_id),
    constraint offers_first_by_influencer check (number > 1 or side = 'influencer')
  );
`;

/** The second wall behind the state machines: what bidders relied on, and what has ended, stays as it is. */
const GUARDS = `
  create function campaigns.keep_published_brief() returns trigger language plpgsql set search_path = '' as $$
  begin
    if old.state <> 'draft' and new.brief is distinct from old.brief then
      raise exception 'the brief of a published campaign cannot change' using errcode = 'check_violation';
    end if;
    return new;
  end $$;
  create trigger keep_published_brief before update of brief on campaigns.campaigns
    for each row execute function campaigns.keep_published_brief();

  create function campaigns.keep_ended_bid() returns trigger language plpgsql set search_path = '' as $$
  begin
    if old.ended_at is not null and (new.state, new.ended_at) is distinct from (old.state, old.ended_at) then
      raise exception 'a bid that has ended cannot change its state' using errcode = 'check_violation';
    end if;
    return new;
  end $$;
  create trigger keep_ended_bid before update of state, ended_at on campaigns.bids
    for each row execute function campaigns.keep_ended_bid();
`;

/** Functions of the owner, so that policies of one table need not pass those of another. They tell only of the actor. */
const SIGHT = `
  create function campaigns.may_browse() returns boolean language sql stable security definer set search_path = '' as $$
    select exists (
      select from parties.parties as party
      where party.id = any ((select access.party_ids())::uuid[]) and party.kind in ('influencer', 'agency'))
  $$;

  create function campaigns.bid_on_ids() returns uuid[] language sql stable security definer set search_path = '' as $$
    select coalesce(array_agg(distinct bid.campaign_id), '{}')
    from campaigns.bids as bid
    where bid.influencer_id = any ((select access.party_ids() || access.represented_ids())::uuid[])
  $$;

  -- Behind a policy an index cannot serve operators that are not leakproof; here it can. Published campaigns only,
  -- and what it finds is still read through the policies.
  create function campaigns.published_matching(query tsquery) returns setof uuid
    language sql stable security definer set search_path = '' as $$
    select campaign.id from campaigns.campaigns as campaign
    where campaign.state = 'published' and campaign.search_lexemes @@ query
  $$;
`;

const POLICIES = `
  alter table campaigns.campaigns enable row level security;
  alter table campaigns.campaign_limits enable row level security;
  alter table campaigns.campaign_budgets enable row level security;
  alter table campaigns.bids enable row level security;
  alter table campaigns.offers enable row level security;

  create policy campaigns_read on campaigns.campaigns for select using (
    (select access.is_system()) or (select access.is_operator()) or (select access.is_finance())
    or brand_id = any ((select access.party_ids())::uuid[])
    or (state = 'published' and (select campaigns.may_browse()))
    or id = any ((select campaigns.bid_on_ids())::uuid[]));
  create policy campaigns_add on campaigns.campaigns for insert with check (
    (select access.is_system()) or brand_id = any ((select access.party_ids())::uuid[]));
  create policy campaigns_change on campaigns.campaigns for update using (
    (select access.is_system()) or brand_id = any ((select access.party_ids())::uuid[]));

  create policy limits_read on campaigns.campaign_limits for select using (
    (select access.is_system()) or (select access.is_operator()) or (select access.is_finance())
    or brand_id = any ((select access.party_ids())::uuid[]));
  create policy limits_add on campaigns.campaign_limits for insert with check (
    (select access.is_system()) or brand_id = any ((select access.party_ids())::uuid[]));
  create policy limits_change on campaigns.campaign_limits for update using (
    (select access.is_system()) or brand_id = any ((select access.party_ids())::uuid[]));

  create policy budgets_read on campaigns.campaign_budgets for select using (
    (select access.is_system()) or (select access.is_operator()) or (select access.is_finance())
    or brand_id = any ((select access.party_ids())::uuid[]));
  create policy budgets_add on campaigns.campaign_budgets for insert with check (
    (select access.is_system()) or brand_id = any ((select access.party_ids())::uuid[]));
  create policy budgets_change on campaigns.campaign_budgets for update using (
    (select access.is_system()) or brand_id = any ((select access.party_ids())::uuid[]));
  create policy budgets_drop on campaigns.campaign_budgets for delete using (
    (select access.is_system()) or brand_id = any ((select access.party_ids())::uuid[]));

  create policy bids_read on campaigns.bids for select using (
    (select access.is_system()) or (select access.is_operator()) or (select access.is_finance())
    or brand_id = any ((select access.party_ids())::uuid[])
    or influencer_id = any ((select access.party_ids() || access.represented_ids())::uuid[]));
  create policy bids_add on campaigns.bids for insert with check (
    (select access.is_system())
    or (influencer_id = any ((select access.party_ids() || access.represented_ids())::uuid[])
        and (agency_id is null or agency_id = any ((select access.party_ids())::uuid[]))));
  create policy bids_change on campaigns.bids for update using (
    (select access.is_system())
    or brand_id = any ((select access.party_ids())::uuid[])
    or influencer_id = any ((select access.party_ids() || access.represented_ids())::uuid[]));

  create policy offers_read on campaigns.offers for select using (
    (select access.is_system()) or (select access.is_operator()) or (select access.is_finance())
    or brand_id = any ((select access.party_ids())::uuid[])
    or influencer_id = any ((select access.party_ids() || access.represented_ids())::uuid[]));
  create policy offers_add on campaigns.offers for insert with check (
    (select access.is_system())
    or (side = 'brand' and brand_id = any ((select access.party_ids())::uuid[]))
    or (side = 'influencer'
        and influencer_id = any ((select access.party_ids() || access.represented_ids())::uuid[])));
`;

/** Budgets of a draft may go with a rewritten brief; offers are never changed. */
const GRANTS = `
  grant usage on schema campaigns to evenhand_app;
  grant select, insert on campaigns.campaigns, campaigns.campaign_limits, campaigns.campaign_budgets, campaigns.bids,
    campaigns.offers to evenhand_app;
  grant update (state, brief, bid_deadline, search_text, search_lexemes, published_at, ended_at)
    on campaigns.campaigns to evenhand_app;
  grant update (deal_cap, deal_count) on campaigns.campaign_limits to evenhand_app;
  grant update (budget_minor, committed_minor), delete on campaigns.campaign_budgets to evenhand_app;
  grant update (state, offer_expires_at, ended_at, end_reason, commitment_released_at) on campaigns.bids to evenhand_app;
`;
