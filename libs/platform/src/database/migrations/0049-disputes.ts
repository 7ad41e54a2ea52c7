import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Disputes over the cash of deliverables: what is in question, what both sides say, and what an operator decided. */
export class Disputes1764000049500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(DISPUTES);
    await runner.query(ITEMS);
    await runner.query(ENTRIES);
    await runner.query(VISIBILITY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table deals.deliverables drop column dispute_id;
      drop table deals.dispute_entries, deals.dispute_items, deals.disputes`);
  }
}

const IS_A_SIDE = `(brand_id = any ((select access.party_ids())::uuid[])
    or influencer_id = any ((select access.party_ids() || access.represented_ids())::uuid[]))`;
const IS_STAFF = '((select access.is_operator()) or (select access.is_finance()))';

const DISPUTES = `
  create table deals.disputes (
    id uuid primary key,
    deal_id uuid not null,
    brand_id uuid not null,
    influencer_id uuid not null,
    scope text not null check (scope in ('deal', 'deliverables')),
    reason text not null check (reason in ('not_delivered', 'not_as_agreed', 'approval_withheld', 'not_published',
                                           'rules_broken', 'other')),
    side text not null check (side in ('brand', 'influencer')),
    state text not null check (state in ('open', 'answered', 'decided', 'withdrawn')),
    currency char(3) check (currency ~ '^[A-Z]{3}$'),
    opened_at timestamptz(3) not null,
    answer_due_at timestamptz(3) not null,
    withdrawn_at timestamptz(3),
    outcome text check (outcome in ('for_brand', 'for_influencer', 'split', 'dismissed')),
    decision_reason text check (length(decision_reason) between 1 and 5000),
    decided_by uuid references identity.users,
    decided_at timestamptz(3),
    decision_key text check (length(decision_key) between 1 and 200),
    unique (id, deal_id),
    unique (id, deal_id, brand_id, influencer_id),
    foreign key (deal_id, brand_id, influencer_id) references deals.deals (id, brand_id, influencer_id),
    constraint disputes_decided check (
      num_nonnulls(outcome, decision_reason, decided_by, decided_at, decision_key)
        = case state when 'decided' then 5 else 0 end),
    constraint disputes_withdrawn check ((state = 'withdrawn') = (withdrawn_at is not null))
  );
  create index disputes_deal on deals.disputes (deal_id, opened_at, id);

  -- The open dispute about its cash: it rests, and there is no second one.
  alter table deals.deliverables add column dispute_id uuid,
    add constraint deliverables_dispute foreign key (dispute_id, deal_id) references deals.disputes (id, deal_id);
  create index deliverables_disputed on deals.deliverables (dispute_id) where dispute_id is not null;
  grant update (dispute_id) on deals.deliverables to evenhand_app;
`;

/** What is decided sums to what was in question, to the minor unit; nothing is decided twice. */
const ITEMS = `
  create table deals.dispute_items (
    dispute_id uuid not null,
    deal_id uuid not null,
    brand_id uuid not null,
    influencer_id uuid not null,
    position integer not null check (position > 0),
    deliverable_id uuid not null,
    place text not null check (place in ('escrow', 'earning')),
    amount_minor bigint not null check (amount_minor > 0),
    influencer_share text check (length(influencer_share) between 1 and 60),
    kept_minor bigint check (kept_minor >= 0),
    returned_minor bigint check (returned_minor >= 0),
    primary key (dispute_id, position),
    unique (dispute_id, deliverable_id),
    foreign key (dispute_id, deal_id, brand_id, influencer_id)
      references deals.disputes (id, deal_id, brand_id, influencer_id),
    foreign key (deliverable_id, deal_id) references deals.deliverables (id, deal_id),
    constraint dispute_items_decided check (
      num_nonnulls(influencer_share, kept_minor, returned_minor) in (0, 3)
      and (kept_minor is null or kept_minor + returned_minor = amount_minor))
  );
  create unique index dispute_items_decided_once on deals.dispute_items (deliverable_id) where kept_minor is not null;
`;

const ENTRIES = `
  create table deals.dispute_entries (
    dispute_id uuid not null,
    deal_id uuid not null,
    brand_id uuid not null,
    influencer_id uuid not null,
    number integer not null check (number > 0),
    kind text not null check (kind in ('claim', 'answer', 'evidence')),
    side text not null check (side in ('brand', 'influencer')),
    author_id uuid not null references identity.users,
    -- For whom they wrote: the brand, the influencer, or an agency of hers.
    party_id uuid not null references parties.parties,
    text text not null check (length(text) between 1 and 5000),
    -- Of versions of the deal: those are never removed.
    file_ids uuid[] not null check (cardinality(file_ids) <= 10),
    idempotency_key text not null check (length(idempotency_key) between 1 and 200),
    written_at timestamptz(3) not null,
    primary key (dispute_id, number),
    constraint dispute_entries_once unique (deal_id, author_id, idempotency_key),
    constraint dispute_entries_claim check ((number = 1) = (kind = 'claim')),
    foreign key (dispute_id, deal_id, brand_id, influencer_id)
      references deals.disputes (id, deal_id, brand_id, influencer_id)
  );
  create unique index dispute_entries_one_answer on deals.dispute_entries (dispute_id) where kind = 'answer';
`;

/** Whoever belongs to a side decides nothing, operator or not; items are decided by the system, for an operator. */
const VISIBILITY = `
  alter table deals.disputes enable row level security;
  alter table deals.dispute_items enable row level security;
  alter table deals.dispute_entries enable row level security;

  create policy disputes_system on deals.disputes using ((select access.is_system()));
  create policy disputes_read on deals.disputes for select using (${IS_STAFF} or ${IS_A_SIDE});
  create policy disputes_open on deals.disputes for insert with check (${IS_A_SIDE} and state = 'open');
  create policy disputes_course on deals.disputes for update using (${IS_A_SIDE} and state in ('open', 'answered'))
    with check (${IS_A_SIDE} and state in ('open', 'answered', 'withdrawn'));
  create policy disputes_decide on deals.disputes for update
    using ((select access.is_operator()) and not ${IS_A_SIDE} and state in ('open', 'answered'))
    with check ((select access.is_operator()) and not ${IS_A_SIDE}
                and state = 'decided' and decided_by = (select access.user_id()));

  create policy dispute_items_system on deals.dispute_items using ((select access.is_system()));
  create policy dispute_items_read on deals.dispute_items for select using (${IS_STAFF} or ${IS_A_SIDE});
  create policy dispute_items_add on deals.dispute_items for insert with check (${IS_A_SIDE} and kept_minor is null);

  create policy dispute_entries_system on deals.dispute_entries using ((select access.is_system()));
  create policy dispute_entries_read on deals.dispute_entries for select using (${IS_STAFF} or ${IS_A_SIDE});
  create policy dispute_entries_write on deals.dispute_entries for insert with check (
    ${IS_A_SIDE} and author_id = (select access.user_id()) and party_id = any ((select access.party_ids())::uuid[]));

  grant select, insert on deals.disputes, deals.dispute_items, deals.dispute_entries to evenhand_app;
  grant update (state, withdrawn_at, outcome, decision_reason, decided_by, decided_at, decision_key)
    on deals.disputes to evenhand_app;
  grant update (influencer_share, kept_minor, returned_minor) on deals.dispute_items to evenhand_app;
`;
