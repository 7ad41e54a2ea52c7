import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Marketplace policy; deals with their frozen terms, deliverables, milestones, gifts, tracking codes and history. */
export class Deals1764000040000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(POLICY_TABLE);
    await runner.query(DEAL_TABLE);
    await runner.query(WORK_TABLES);
    await runner.query(GIFT_AND_CODE_TABLES);
    await runner.query(HISTORY_TABLE);
    await runner.query(ROW_SECURITY);
    await runner.query(GRANTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema deals cascade');
  }
}

const POLICY_TABLE = `
  create schema deals;

  create table deals.marketplace_policies (
    version integer primary key check (version > 0),
    platform_fees jsonb not null check (jsonb_typeof(platform_fees) = 'object'),
    auto_approval_days integer not null check (auto_approval_days between 1 and 60),
    default_hold_days integer not null check (default_hold_days between 0 and 180),
    effective_from timestamptz(3) not null,
    created_by uuid references identity.users
  );

  -- Cash is paid for work that the brand has approved, so it needs no hold; commission offers state their own.
  insert into deals.marketplace_policies values
    (1, '{"cash": "0.10", "note_commission": "0.20", "livestream_commission": "0.20"}', 7, 0, '2026-01-01T00:00:00Z');
`;

/** What was agreed is never granted for update; only the course of the deal is. */
const DEAL_TABLE = `
  create table deals.deals (
    id uuid primary key,
    bid_id uuid not null constraint deals_one_per_bid unique references campaigns.bids,
    offer_number integer not null check (offer_number > 0),
    campaign_id uuid not null,
    campaign_title text not null,
    brand_id uuid not null references parties.parties,
    influencer_id uuid not null references parties.parties,
    agency_id uuid references parties.parties,
    number integer not null check (number > 0),
    policy_version integer not null references deals.marketplace_policies,
    terms jsonb not null check (jsonb_typeof(terms) = 'object'),
    cash_currency char(3) check (cash_currency ~ '^[A-Z]{3}$'),
    cash_minor bigint check (cash_minor >= 0),
    commission_currency char(3) check (commission_currency ~ '^[A-Z]{3}$'),
    commission_reserve_minor bigint check (commission_reserve_minor >= 0),
    accepted_at timestamptz(3) not null,
    accepted_by uuid references identity.users,
    state text not null check (state in ('awaiting_funding', 'active', 'completed', 'cancelled', 'disputed')),
    funding_key text check (length(funding_key) between 1 and 200),
    funded_at timestamptz(3),
    activated_at timestamptz(3),
    completed_at timestamptz(3),
    cancelled_at timestamptz(3),
    link_destination text check (link_destination ~ '^https://' and length(link_destination) <= 2048),
    unique (id, brand_id, influencer_id),
    constraint deals_numbered unique (campaign_id, influencer_id, number),
    foreign key (campaign_id, brand_id) references campaigns.campaigns (id, brand_id),
    constraint deals_cash_whole check ((cash_currency is null) = (cash_minor is null)),
    constraint deals_reserve_whole check ((commission_currency is null) = (commission_reserve_minor is null)),
    constraint deals_funded_whole check ((funded_at is null) = (funding_key is null)),
    constraint deals_run_when_funded check (
      state not in ('active', 'completed', 'disputed')
      or (activated_at is not null and (funded_at is not null
          or coalesce(cash_minor, 0) + coalesce(commission_reserve_minor, 0) = 0))),
    constraint deals_completed check ((state = 'completed') = (completed_at is not null)),
    constraint deals_cancelled check ((state = 'cancelled') = (cancelled_at is not null))
  );
  create unique index deals_funding_key on deals.deals (brand_id, funding_key) where funding_key is not null;
  create index deals_brand on deals.deals (brand_id, accepted_at desc, id desc);
  create index deals_influencer on deals.deals (influencer_id, accepted_at desc, id desc);
  create index deals_campaign on deals.deals (campaign_id, accepted_at desc, id desc);
  create index deals_latest on deals.deals (accepted_at desc, id desc);
`;

/** Each row repeats the two sides of its deal, so that row-level security needs no second table. */
const WORK_TABLES = `
  create table deals.deliverables (
    id uuid primary key,
    deal_id uuid not null,
    brand_id uuid not null,
    influencer_id uuid not null,
    position integer not null,
    spec_key text not null,
    sequence integer not null check (sequence > 0),
    kind text not null check (kind in ('image_note', 'video_note', 'livestream', 'story')),
    description text not null,
    due_on date not null,
    revisions_allowed integer not null check (revisions_allowed >= 0),
    state text not null check (state in ('planned', 'submitted', 'changes_requested', 'approved', 'published',
                                      'settled')),
    revisions_used integer not null,
    submitted_at timestamptz(3),
    auto_approve_at timestamptz(3),
    approved_at timestamptz(3),
    approved_by text check (approved_by in ('brand', 'silence')),
    published_at timestamptz(3),
    live_url text check (live_url ~ '^https://'),
    unique (deal_id, spec_key, sequence),
    unique (id, deal_id),
    foreign key (deal_id, brand_id, influencer_id) references deals.deals (id, brand_id, influencer_id),
    constraint deliverables_revision_cap check (revisions_used between 0 and revisions_allowed),
    constraint deliverables_awaited check ((state = 'submitted') = (auto_approve_at is not null)),
    constraint deliverables_approved check (
      (state in ('approved', 'published')) = (approved_at is not null) and (approved_at is null) = (approved_by is null)),
    constraint deliverables_published check (
      (state = 'published') = (published_at is not null) and (published_at is null) = (live_url is null))
  );
  create index deliverables_awaiting_brand on deals.deliverables (auto_approve_at, id) where state = 'submitted';

  create table deals.milestones (
    id uuid primary key,
    deal_id uuid not null,
    deliverable_id uuid not null,
    brand_id uuid not null,
    influencer_id uuid not null,
    ordinal integer not null check (ordinal > 0),
    amount_minor bigint not null check (amount_minor > 0),
    released_at timestamptz(3),
    unique (deliverable_id, ordinal),
    foreign key (deliverable_id, deal_id) references deals.deliverables (id, deal_id),
    foreign key (deal_id, brand_id, influencer_id) references deals.deals (id, brand_id, influencer_id)
  );
  create index milestones_deal on deals.milestones (deal_id);

  -- What was handed to the brand, time by time.
  create table deals.deliverable_versions (
    deliverable_id uuid not null,
    number integer not null check (number > 0),
    deal_id uuid not null,
    brand_id uuid not null,
    influencer_id uuid not null,
    caption text not null,
    media_urls text[] not null,
    -- Null where a job did it.
    submitted_by uuid references identity.users,
    -- The influencer, or the agency that acted for her.
    party_id uuid not null references parties.parties,
    submitted_at timestamptz(3) not null,
    outcome text check (outcome in ('changes_requested', 'approved', 'auto_approved')),
    decided_at timestamptz(3),
    feedback text,
    primary key (deliverable_id, number),
    constraint versions_decided check ((outcome is null) = (decided_at is null)),
    constraint versions_feedback check ((outcome is not distinct from 'changes_requested') = (feedback is not null)),
    foreign key (deliverable_id, deal_id) references deals.deliverables (id, deal_id),
    foreign key (deal_id, brand_id, influencer_id) references deals.deals (id, brand_id, influencer_id)
  );
  create index versions_deal on deals.deliverable_versions (deal_id);
`;

const GIFT_AND_CODE_TABLES = `
  create table deals.gifts (
    id uuid primary key,
    deal_id uuid not null unique,
    brand_id uuid not null,
    influencer_id uuid not null,
    currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
    fair_market_value_minor bigint not null check (fair_market_value_minor > 0),
    posting_duty_days integer not null check (posting_duty_days >= 0),
    state text not null check (state in ('promised', 'shipped', 'received', 'fulfilled', 'overdue', 'returned')),
    carrier text,
    tracking_number text,
    shipped_at timestamptz(3),
    received_at timestamptz(3),
    posting_due_at timestamptz(3),
    fulfilled_at timestamptz(3),
    returned_at timestamptz(3),
    foreign key (deal_id, brand_id, influencer_id) references deals.deals (id, brand_id, influencer_id),
    constraint gifts_shipped check ((state = 'promised') = (shipped_at is null)),
    constraint gifts_received check (
      state not in ('received', 'fulfilled', 'overdue') or (received_at is not null and posting_due_at is not null)),
    constraint gifts_fulfilled check ((state = 'fulfilled') = (fulfilled_at is not null)),
    constraint gifts_returned check ((state = 'returned') = (returned_at is not null))
  );
  create index gifts_owing_posts on deals.gifts (posting_due_at, deal_id) where state = 'received';

  create table deals.tracking_codes (
    id uuid primary key,
    deal_id uuid not null,
    brand_id uuid not null,
    influencer_id uuid not null,
    kind text not null check (kind in ('note_commission', 'livestream_commission')),
    code text not null check (code = upper(code) and length(code) between 4 and 24),
    link_slug text not null constraint tracking_codes_slug unique check (link_slug = lower(link_slug)),
    created_at timestamptz(3) not null,
    constraint tracking_codes_per_brand unique (brand_id, code),
    foreign key (deal_id, brand_id, influencer_id) references deals.deals (id, brand_id, influencer_id)
  );
  create index tracking_codes_deal on deals.tracking_codes (deal_id);
`;

const HISTORY_TABLE = `
  create table deals.state_changes (
    change_id bigint generated always as identity primary key,
    deal_id uuid not null,
    brand_id uuid not null,
    influencer_id uuid not null,
    event text not null,
    subject_id uuid not null,
    from_state text,
    to_state text not null,
    note text,
    user_id uuid,
    system_name text,
    changed_at timestamptz(3) not null,
    foreign key (deal_id, brand_id, influencer_id) references deals.deals (id, brand_id, influencer_id),
    constraint state_changes_by_somebody check ((user_id is null) <> (system_name is null))
  );
  create index state_changes_deal on deals.state_changes (deal_id, change_id);
`;

const SIDED_TABLES = [
  'deals',
  'deliverables',
  'milestones',
  'deliverable_versions',
  'gifts',
  'tracking_codes',
  'state_changes',
] as const;

const IS_A_SIDE = `brand_id = any ((select access.party_ids())::uuid[])
    or influencer_id = any ((select access.party_ids() || access.represented_ids())::uuid[])`;

const SIDED_POLICIES = SIDED_TABLES.map(
  (table) => `
  alter table deals.${table} enable row level security;
  create policy ${table}_read on deals.${table} for select using (
    (select access.is_system()) or (select access.is_operator()) or (select access.is_finance()) or ${IS_A_SIDE});
  create policy ${table}_add on deals.${table} for insert with check ((select access.is_system()) or ${IS_A_SIDE});
  create policy ${table}_change on deals.${table} for update using ((select access.is_system()) or ${IS_A_SIDE});`,
).join('\n');

/** Operators decide disputes: they may move a deal's state and say so in its history, and change nothing else. */
const OPERATOR_POLICIES = `
  create policy deals_decide on deals.deals for update using ((select access.is_operator()));
  create policy state_changes_decide on deals.state_changes for insert with check ((select access.is_operator()));
`;

const ROW_SECURITY = `
  ${SIDED_POLICIES}
  ${OPERATOR_POLICIES}

  alter table deals.marketplace_policies enable row level security;
  create policy policies_read on deals.marketplace_policies for select using (true);
  create policy policies_add on deals.marketplace_policies for insert with check (
    (select access.is_system()) or (select access.is_operator()));
`;

const GRANTS = `
  grant usage on schema deals to evenhand_app;
  grant select, insert on all tables in schema deals to evenhand_app;
  grant update (state, funding_key, funded_at, activated_at, completed_at, cancelled_at, link_destination)
    on deals.deals to evenhand_app;
  grant update (state, revisions_used, submitted_at, auto_approve_at, approved_at, approved_by, published_at, live_url)
    on deals.deliverables to evenhand_app;
  grant update (released_at) on deals.milestones to evenhand_app;
  grant update (outcome, decided_at, feedback) on deals.deliverable_versions to evenhand_app;
  grant update (state, carrier, tracking_number, shipped_at, received_at, posting_due_at, fulfilled_at, returned_at)
    on deals.gifts to evenhand_app;
`;
