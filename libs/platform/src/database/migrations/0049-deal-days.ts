import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What deals take of the calendar: categories, so that clashes are found, and terms whose end is told. */
export class DealDays1764000049000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CATEGORY_DAYS);
    await runner.query(TERM_NOTICES);
    await runner.query(ACCESS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table deals.category_days, deals.term_notices');
  }
}

/** `stands` until the deal is cancelled and, for work, until it is completed: what is past is not looked at again. */
const CATEGORY_DAYS = `
  create table deals.category_days (
    deal_id uuid not null,
    brand_id uuid not null,
    influencer_id uuid not null,
    use text not null check (use in ('exclusive', 'work')),
    category text not null check (length(category) between 1 and 40),
    from_day date not null,
    to_day date not null check (to_day >= from_day),
    stands boolean not null default true,
    primary key (deal_id, use, category),
    foreign key (deal_id, brand_id, influencer_id) references deals.deals (id, brand_id, influencer_id)
  );
  create index category_days_standing on deals.category_days (influencer_id, category, use, to_day) where stands;
`;

const TERM_NOTICES = `
  create table deals.term_notices (
    deal_id uuid not null,
    term text not null check (term in ('usage_rights', 'exclusivity')),
    brand_id uuid not null,
    influencer_id uuid not null,
    from_day date not null,
    to_day date not null check (to_day >= from_day),
    -- What is told next: so many days before the end, or with 0 the end; told already where nothing is due.
    days_left smallint not null check (days_left >= 0),
    due_at timestamptz(3),
    primary key (deal_id, term),
    foreign key (deal_id, brand_id, influencer_id) references deals.deals (id, brand_id, influencer_id)
  );
  create index term_notices_due on deals.term_notices (due_at) where due_at is not null;
`;

const IS_A_SIDE = `brand_id = any ((select access.party_ids())::uuid[])
    or influencer_id = any ((select access.party_ids() || access.represented_ids())::uuid[])`;

const ACCESS = ['category_days', 'term_notices']
  .map(
    (table) => `
  alter table deals.${table} enable row level security;
  create policy ${table}_read on deals.${table} for select using (
    (select access.is_system()) or (select access.is_operator()) or (select access.is_finance()) or ${IS_A_SIDE});
  create policy ${table}_add on deals.${table} for insert with check ((select access.is_system()) or ${IS_A_SIDE});
  grant select, insert on deals.${table} to evenhand_app;`,
  )
  .concat(
    `create policy category_days_change on deals.category_days for update using (
       (select access.is_system()) or ${IS_A_SIDE});`,
    'create policy term_notices_change on deals.term_notices for update using ((select access.is_system()));',
    'grant update (stands) on deals.category_days to evenhand_app;',
    'grant update (days_left, due_at) on deals.term_notices to evenhand_app;',
  )
  .join('\n');
