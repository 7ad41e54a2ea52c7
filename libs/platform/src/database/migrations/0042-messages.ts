import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The conversation of each deal, its messages, and how far each person has read. */
export class Messages1764000042000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(VISIBILITY);
    await runner.query(GRANTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema messages cascade');
  }
}

const TABLES = `
  create schema messages;

  create table messages.conversations (
    deal_id uuid primary key,
    brand_id uuid not null,
    influencer_id uuid not null,
    -- Of the latest message. Whoever writes takes the next number with this row locked, and keeps the lock until the end:
    -- numbers become visible in their order, so that nobody who has read one of them has missed a smaller one.
    last_number integer not null default 0 check (last_number >= 0),
    unique (deal_id, brand_id, influencer_id),
    foreign key (deal_id, brand_id, influencer_id) references deals.deals (id, brand_id, influencer_id)
  );
  create index conversations_brand on messages.conversations (brand_id);
  create index conversations_influencer on messages.conversations (influencer_id);

  create table messages.messages (
    message_id uuid primary key,
    deal_id uuid not null,
    brand_id uuid not null,
    influencer_id uuid not null,
    -- 1, 2, 3 … within the deal.
    number integer not null check (number > 0),
    author_id uuid not null references identity.users,
    -- For whom they wrote: the brand, the influencer, an agency of hers, or the platform.
    party_id uuid not null references parties.parties,
    text text not null check (length(text) between 1 and 4000),
    idempotency_key text not null check (length(idempotency_key) between 1 and 200),
    written_at timestamptz(3) not null,
    constraint messages_numbered unique (deal_id, number),
    constraint messages_once unique (deal_id, author_id, idempotency_key),
    foreign key (deal_id, brand_id, influencer_id)
      references messages.conversations (deal_id, brand_id, influencer_id)
  );

  create table messages.read_marks (
    deal_id uuid not null,
    user_id uuid not null references identity.users,
    read_through integer not null,
    primary key (deal_id, user_id),
    constraint read_marks_of_a_message foreign key (deal_id, read_through) references messages.messages (deal_id, number)
  );
  create index read_marks_user on messages.read_marks (user_id);
`;

const IS_A_SIDE = `(brand_id = any ((select access.party_ids())::uuid[])
    or influencer_id = any ((select access.party_ids() || access.represented_ids())::uuid[]))`;
const LOOKS_ON = '((select access.is_system()) or (select access.is_operator()))';
const PLATFORM = "'00000000-0000-7000-8000-000000000001'";

/** Everybody writes in their own name only; how far somebody has read is nobody else's to know. */
const VISIBILITY = `
  alter table messages.conversations enable row level security;
  alter table messages.messages enable row level security;
  alter table messages.read_marks enable row level security;

  create policy conversations_read on messages.conversations for select using (${LOOKS_ON} or ${IS_A_SIDE});
  create policy conversations_add on messages.conversations for insert with check (${LOOKS_ON} or ${IS_A_SIDE});
  create policy conversations_count on messages.conversations for update using (${LOOKS_ON} or ${IS_A_SIDE});

  create policy messages_read on messages.messages for select using (${LOOKS_ON} or ${IS_A_SIDE});
  create policy messages_write on messages.messages for insert with check (
    (select access.is_system())
    or (author_id = (select access.user_id())
        and ((${IS_A_SIDE} and party_id = any ((select access.party_ids())::uuid[]))
             or ((select access.is_operator()) and party_id = ${PLATFORM}))));

  create policy read_marks_own on messages.read_marks
    using ((select access.is_system()) or user_id = (select access.user_id()))
    with check (
      (select access.is_system())
      or (user_id = (select access.user_id())
          -- Bound by the policies of conversations itself.
          and exists (select from messages.conversations c where c.deal_id = read_marks.deal_id)));
`;

/** Messages are never granted for update or delete: what was written stays. */
const GRANTS = `
  grant usage on schema messages to evenhand_app;
  grant select, insert on messages.conversations, messages.messages, messages.read_marks to evenhand_app;
  grant update (last_number) on messages.conversations to evenhand_app;
  grant update (read_through) on messages.read_marks to evenhand_app;
`;
