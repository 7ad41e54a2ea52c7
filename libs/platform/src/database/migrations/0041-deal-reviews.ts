import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the two sides of a completed deal say of each other, hidden from the other side until it is visible. */
export class DealReviews1764000041000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(REVIEWS);
    await runner.query(VISIBILITY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table deals.reviews; drop function deals.reading_at');
  }
}

const REVIEWS = `
  create table deals.reviews (
    id uuid primary key,
    deal_id uuid not null,
    brand_id uuid not null,
    influencer_id uuid not null,
    side text not null check (side in ('brand', 'influencer')),
    author_id uuid not null generated always as (case side when 'brand' then brand_id else influencer_id end) stored,
    subject_id uuid not null generated always as (case side when 'brand' then influencer_id else brand_id end) stored,
    stars smallint not null check (stars between 1 and 5),
    text text not null check (length(text) <= 2000),
    -- Null where a job wrote it.
    written_by uuid references identity.users,
    written_at timestamptz(3) not null,
    visible_from timestamptz(3) not null,
    constraint reviews_one_per_side unique (deal_id, side),
    foreign key (deal_id, brand_id, influencer_id) references deals.deals (id, brand_id, influencer_id)
  );
  create index reviews_about on deals.reviews (subject_id, visible_from desc, id desc) include (stars);

  -- The instant for which the transaction reads; the database's own where it names none.
  create function deals.reading_at() returns timestamptz language sql stable parallel safe as
    $$ select coalesce(nullif(current_setting('evenhand.reading_at', true), '')::timestamptz, now()) $$;
`;

/** Whoever is signed in reads visible ones; what is visible nobody changes any more. */
const VISIBILITY = `
  alter table deals.reviews enable row level security;
  create policy reviews_system on deals.reviews using ((select access.is_system()));
  create policy reviews_operator on deals.reviews for select using ((select access.is_operator()));
  create policy reviews_visible on deals.reviews for select using (
    (select access.user_id()) is not null and visible_from <= (select deals.reading_at()));
  create policy reviews_author on deals.reviews for select using (
    author_id = any ((select access.party_ids() || access.represented_ids())::uuid[]));
  create policy reviews_write on deals.reviews for insert with check (
    author_id = any ((select access.party_ids() || access.represented_ids())::uuid[])
    and exists (select from deals.deals deal where deal.id = deal_id and deal.state = 'completed'));
  create policy reviews_replace on deals.reviews for update using (
    author_id = any ((select access.party_ids() || access.represented_ids())::uuid[])
    and visible_from > (select deals.reading_at()));

  grant select, insert on deals.reviews to evenhand_app;
  grant update (stars, text, written_by, written_at, visible_from) on deals.reviews to evenhand_app;
`;
