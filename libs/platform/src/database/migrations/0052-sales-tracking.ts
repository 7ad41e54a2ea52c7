import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Clicks on the links of deals: no address, no browser, no cookie of the visitor, and each only until it can decide no
 * sale any more. How many there were is counted apart and kept.
 */
export class SalesTracking1764000052000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CLICKS);
    await runner.query(VISIBILITY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function sales.store_clicks;
      drop table sales.clicks, sales.click_counts`);
  }
}

const CLICKS = `
  create table sales.clicks (
    brand_id uuid not null,
    click_id uuid not null,
    deal_id uuid not null,
    link_slug text not null check (length(link_slug) between 1 and 64),
    clicked_at timestamptz not null,
    -- Of a machine, or of a browser that loads ahead: it decides no sale.
    is_filtered boolean not null,
    referrer_host text check (length(referrer_host) between 1 and 253),
    forget_at timestamptz not null check (forget_at > clicked_at),
    primary key (brand_id, click_id)
  );
  create index clicks_to_forget on sales.clicks (forget_at);

  create table sales.click_counts (
    brand_id uuid not null,
    deal_id uuid not null,
    influencer_id uuid not null,
    total bigint not null,
    filtered bigint not null,
    primary key (brand_id, deal_id),
    check (total >= filtered and filtered >= 0)
  );
  create index click_counts_by_deal on sales.click_counts (deal_id);

  -- Each click once, however often it is told: what is counted is what was new.
  create function sales.store_clicks(p_brand uuid, p_clicks jsonb) returns integer language sql as $$
    with told as (
      select * from jsonb_to_recordset(p_clicks) as click ("clickId" uuid, "dealId" uuid, "influencerId" uuid,
        "linkSlug" text, "clickedAt" timestamptz, "isFiltered" boolean, "referrerHost" text, "forgetAt" timestamptz)
    ), added as (
      insert into sales.clicks
        (brand_id, click_id, deal_id, link_slug, clicked_at, is_filtered, referrer_host, forget_at)
      select p_brand, "clickId", "dealId", "linkSlug", "clickedAt", "isFiltered", "referrerHost", "forgetAt" from told
      on conflict (brand_id, click_id) do nothing
      returning click_id
    ), counted as (
      insert into sales.click_counts as counts (brand_id, deal_id, influencer_id, total, filtered)
      select p_brand, "dealId", "influencerId", count(*), count(*) filter (where "isFiltered")
      from told join added on added.click_id = told."clickId"
      -- In one order, or two processes would wait for each other.
      group by "dealId", "influencerId" order by "dealId"
      on conflict (brand_id, deal_id) do update
        set total = counts.total + excluded.total, filtered = counts.filtered + excluded.filtered
    )
    select count(*)::integer from added;
  $$;
`;

const VISIBILITY = `
  alter table sales.clicks enable row level security;
  alter table sales.click_counts enable row level security;

  create policy clicks_system on sales.clicks using ((select access.is_system()));
  create policy click_counts_system on sales.click_counts using ((select access.is_system()));
  create policy click_counts_parties on sales.click_counts for select using (
    brand_id = any ((select access.party_ids())::uuid[])
    or influencer_id = any ((select access.party_ids())::uuid[])
    or influencer_id = any ((select access.represented_ids())::uuid[])
    or (select access.is_finance()) or (select access.is_operator()));

  grant select, insert, delete on sales.clicks to evenhand_app;
  -- Row locks need the right to update some column; a click itself never changes.
  grant update (forget_at) on sales.clicks to evenhand_app;
  grant select, insert, update (total, filtered) on sales.click_counts to evenhand_app;
`;
