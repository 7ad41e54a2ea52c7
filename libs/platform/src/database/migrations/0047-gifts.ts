import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Delivery addresses; the whole course of a gift with its posting duty, its return and corrections of its value. */
export class Gifts1764000047000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ADDRESSES);
    await runner.query(GIFTS);
    await runner.query(CORRECTIONS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table deals.gift_corrections;
      drop policy gifts_decide on deals.gifts;
      drop index deals.gifts_duties, deals.gifts_unconfirmed;
      alter table deals.gifts
        drop constraint gifts_state, drop constraint gifts_shipped_once_sent, drop constraint gifts_due_once_received,
        drop constraint gifts_ended_when, drop constraint gifts_address_while_needed,
        drop constraint gifts_requested_whole, drop constraint gifts_appeal_whole,
        drop constraint gifts_appeal_decided_whole, drop constraint gifts_return_whole,
        drop column requested_at, drop column choices, drop column address_id, drop column address_label,
        drop column address_country, drop column receipt_reminded_at, drop column lost_at, drop column extended_at,
        drop column overdue_at, drop column appeal_reason, drop column appealed_at, drop column appeal_decision,
        drop column appeal_decided_by, drop column appeal_decided_at, drop column waived_at, drop column forgone_at,
        drop column return_state, drop column return_reason, drop column return_opened_at, drop column return_carrier,
        drop column return_tracking_number, drop column return_shipped_at,
        add constraint gifts_state_check
          check (state in ('promised', 'shipped', 'received', 'fulfilled', 'overdue', 'returned')),
        add constraint gifts_shipped check ((state = 'promised') = (shipped_at is null)),
        add constraint gifts_received check (
          state not in ('received', 'fulfilled', 'overdue') or (received_at is not null and posting_due_at is not null)),
        add constraint gifts_fulfilled check ((state = 'fulfilled') = (fulfilled_at is not null)),
        add constraint gifts_returned check ((state = 'returned') = (returned_at is not null));
      drop table parties.sealed_addresses, parties.delivery_addresses;
    `);
  }
}

/** Two tables, because an agency may know the one and never the other. */
const ADDRESSES = `
  create table parties.delivery_addresses (
    id uuid primary key,
    influencer_id uuid not null references parties.parties,
    label text not null check (length(label) between 1 and 40),
    country char(2) not null check (country ~ '^[A-Z]{2}$'),
    created_at timestamptz(3) not null,
    removed_at timestamptz(3),
    unique (id, influencer_id)
  );
  create index delivery_addresses_of on parties.delivery_addresses (influencer_id, created_at, id)
    where removed_at is null;

  create table parties.sealed_addresses (
    address_id uuid primary key,
    influencer_id uuid not null,
    -- Recipient, street, place and telephone, encrypted.
    sealed text not null,
    foreign key (address_id, influencer_id) references parties.delivery_addresses (id, influencer_id)
  );

  alter table parties.delivery_addresses enable row level security;
  alter table parties.sealed_addresses enable row level security;
  create policy delivery_addresses_read on parties.delivery_addresses for select using (
    (select access.is_system())
    or influencer_id = any ((select access.party_ids() || access.represented_ids())::uuid[]));
  create policy delivery_addresses_add on parties.delivery_addresses for insert with check (
    influencer_id = any ((select access.party_ids())::uuid[]));
  create policy delivery_addresses_remove on parties.delivery_addresses for update using (
    influencer_id = any ((select access.party_ids())::uuid[]));
  create policy sealed_addresses_own on parties.sealed_addresses using (
    (select access.is_system()) or influencer_id = any ((select access.party_ids())::uuid[]));

  grant select, insert on parties.delivery_addresses, parties.sealed_addresses to evenhand_app;
  grant update (removed_at) on parties.delivery_addresses to evenhand_app;
  grant update (sealed), delete on parties.sealed_addresses to evenhand_app;
`;

const GIFTS = `
  alter table deals.gifts
    drop constraint gifts_state_check,
    drop constraint gifts_shipped,
    drop constraint gifts_received,
    drop constraint gifts_fulfilled,
    drop constraint gifts_returned,
    add column requested_at timestamptz(3),
    add column choices jsonb not null default '[]' check (jsonb_typeof(choices) = 'array'),
    add column address_id uuid references parties.delivery_addresses,
    add column address_label text,
    add column address_country char(2),
    add column receipt_reminded_at timestamptz(3),
    add column lost_at timestamptz(3),
    add column extended_at timestamptz(3),
    add column overdue_at timestamptz(3),
    add column appeal_reason text,
    add column appealed_at timestamptz(3),
    add column appeal_decision text check (appeal_decision in ('waived', 'renewed', 'refused')),
    add column appeal_decided_by text check (appeal_decided_by in ('brand', 'operator')),
    add column appeal_decided_at timestamptz(3),
    add column waived_at timestamptz(3),
    add column forgone_at timestamptz(3),
    add column return_state text check (return_state in ('asked', 'offered', 'accepted', 'declined', 'shipped')),
    add column return_reason text,
    add column return_opened_at timestamptz(3),
    add column return_carrier text,
    add column return_tracking_number text,
    add column return_shipped_at timestamptz(3),
    add constraint gifts_state check (state in ('promised', 'requested', 'shipped', 'lost', 'received', 'overdue',
      'fulfilled', 'waived', 'returning', 'returned', 'forgone')),
    add constraint gifts_shipped_once_sent check ((state in ('promised', 'requested')) = (shipped_at is null)),
    add constraint gifts_due_once_received check (
      (received_at is null) = (posting_due_at is null)
      and (state not in ('received', 'overdue', 'fulfilled', 'waived', 'returning') or received_at is not null)),
    add constraint gifts_ended_when check (
      (state = 'fulfilled') = (fulfilled_at is not null) and (state = 'returned') = (returned_at is not null)
      and (state = 'forgone') = (forgone_at is not null) and (state <> 'waived' or waived_at is not null)
      and (state <> 'overdue' or overdue_at is not null) and (state <> 'lost' or lost_at is not null)),
    -- Where somebody lives is known only while something is on its way there.
    add constraint gifts_address_while_needed check (
      address_id is null or state in ('requested', 'shipped', 'lost')),
    add constraint gifts_requested_whole check (
      (requested_at is null) = (address_label is null) and (requested_at is null) = (address_country is null)),
    add constraint gifts_appeal_whole check ((appealed_at is null) = (appeal_reason is null)),
    add constraint gifts_appeal_decided_whole check (
      (appeal_decision is null) = (appeal_decided_at is null) and (appeal_decision is null) = (appeal_decided_by is null)
      and (appeal_decision is null or appealed_at is not null)),
    add constraint gifts_return_whole check (
      (return_state is null) = (return_reason is null) and (return_state is null) = (return_opened_at is null)
      and (return_shipped_at is null) = (return_state is distinct from 'shipped'));

  -- Duties that count in the fulfilment rate; waived ones are told apart by their state.
  create index gifts_duties on deals.gifts (influencer_id)
    where fulfilled_at is not null or overdue_at is not null;
  create index gifts_unconfirmed on deals.gifts (shipped_at, deal_id)
    where state = 'shipped' and receipt_reminded_at is null;

  create policy gifts_decide on deals.gifts for update using ((select access.is_operator()));

  grant update (requested_at, choices, address_id, address_label, address_country, receipt_reminded_at, lost_at,
    extended_at, overdue_at, appeal_reason, appealed_at, appeal_decision, appeal_decided_by, appeal_decided_at,
    waived_at, forgone_at, return_state, return_reason, return_opened_at, return_carrier, return_tracking_number,
    return_shipped_at) on deals.gifts to evenhand_app;
`;

/** What was proposed never changes; only its answer is written. An agency writes none: the value is her income. */
const CORRECTIONS = `
  create table deals.gift_corrections (
    gift_id uuid not null references deals.gifts,
    number integer not null check (number > 0),
    deal_id uuid not null,
    brand_id uuid not null,
    influencer_id uuid not null,
    item_number integer not null check (item_number > 0),
    from_minor bigint not null check (from_minor > 0),
    to_minor bigint not null check (to_minor > 0 and to_minor <> from_minor),
    reason text not null check (length(reason) between 1 and 2000),
    proposed_by text not null check (proposed_by in ('brand', 'influencer')),
    proposed_at timestamptz(3) not null,
    state text not null check (state in ('proposed', 'accepted', 'declined', 'withdrawn')),
    decided_at timestamptz(3),
    primary key (gift_id, number),
    foreign key (deal_id, brand_id, influencer_id) references deals.deals (id, brand_id, influencer_id),
    constraint gift_corrections_decided check ((state = 'proposed') = (decided_at is null))
  );
  create unique index gift_corrections_one_open on deals.gift_corrections (gift_id) where state = 'proposed';
  create index gift_corrections_deal on deals.gift_corrections (deal_id, number);

  alter table deals.gift_corrections enable row level security;
  create policy gift_corrections_read on deals.gift_corrections for select using (
    (select access.is_system()) or (select access.is_operator()) or (select access.is_finance())
    or brand_id = any ((select access.party_ids())::uuid[])
    or influencer_id = any ((select access.party_ids() || access.represented_ids())::uuid[]));
  create policy gift_corrections_propose on deals.gift_corrections for insert with check (
    state = 'proposed'
    and case proposed_by when 'brand' then brand_id else influencer_id end = any ((select access.party_ids())::uuid[]));
  -- The side that proposed it may take it back, the other may answer it.
  create policy gift_corrections_answer on deals.gift_corrections for update using (
    state = 'proposed'
    and (brand_id = any ((select access.party_ids())::uuid[])
      or influencer_id = any ((select access.party_ids())::uuid[])))
    with check (
      case when (proposed_by = 'brand') = (state = 'withdrawn') then brand_id else influencer_id end
        = any ((select access.party_ids())::uuid[]));

  grant select, insert on deals.gift_corrections to evenhand_app;
  grant update (state, decided_at) on deals.gift_corrections to evenhand_app;
`;
