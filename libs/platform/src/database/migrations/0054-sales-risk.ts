import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sales that are held for a person to look at, by which rules, and the tokens by which customers are compared. */
export class SalesRisk1764000054000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CUSTOMERS);
    await runner.query(HOLDS);
    await runner.query(VISIBILITY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table sales.risk_holds, sales.risk_rules, sales.sale_customers;
      alter table sales.sales drop column review, drop column order_taken_back_minor;
      alter table sales.refunds drop column reason;
      alter table sales.intake_events drop column customer,
        drop constraint intake_events_via_check,
        add constraint intake_events_via_check check (via in ('api', 'file', 'webhook'))`);
  }
}

const CUSTOMERS = `
  -- A token stands for a customer: a keyed digest, never an address. It is no part of the content.
  alter table sales.intake_events
    add column customer text check (length(customer) between 1 and 200),
    drop constraint intake_events_via_check,
    add constraint intake_events_via_check check (via in ('api', 'file', 'webhook', 'risk_decision'));

  -- Of each order that told its customer, once for each deal under the first of its sales, in the order in which they are
  -- compared. No foreign key: it is written with the sale.
  create table sales.sale_customers (
    brand_id uuid not null,
    sale_id uuid not null,
    deal_id uuid not null,
    customer text not null,
    occurred_at timestamptz not null,
    primary key (brand_id, deal_id, customer, occurred_at, sale_id)
  );
`;

const HOLDS = `
  -- Every version of a brand's rules; the newest is in force. A brand without one has the product's own.
  create table sales.risk_rules (
    brand_id uuid not null,
    version integer not null check (version >= 1),
    customer_orders integer check (customer_orders >= 1),
    customer_hours integer not null check (customer_hours >= 1),
    deal_orders_per_hour integer check (deal_orders_per_hour >= 1),
    changed_at timestamptz not null,
    changed_by uuid,
    primary key (brand_id, version)
  );

  create table sales.risk_holds (
    brand_id uuid not null,
    sale_id uuid not null,
    hold_id uuid not null,
    deal_id uuid not null,
    reasons text[] not null
      check (cardinality(reasons) > 0 and reasons <@ array['self_purchase', 'customer_velocity', 'deal_velocity']),
    explanation text not null,
    rules_version integer not null,
    state text not null default 'open' check (state in ('open', 'cleared', 'confirmed')),
    held_at timestamptz not null,
    decided_at timestamptz,
    decided_by uuid,
    note text check (length(note) between 1 and 1000),
    decision_key text,
    primary key (brand_id, sale_id),
    unique (brand_id, hold_id),
    foreign key (brand_id, sale_id) references sales.sales,
    check ((state = 'open') = (decided_at is null)),
    check ((decided_at is null) = (note is null) and (decided_at is null) = (decision_key is null))
  );
  create index risk_holds_by_id on sales.risk_holds (hold_id);
  create index risk_holds_by_time on sales.risk_holds (brand_id, held_at desc, hold_id desc);
  create index risk_holds_open on sales.risk_holds (held_at desc, hold_id desc) where state = 'open';
  create index risk_holds_open_by_deal on sales.risk_holds (brand_id, deal_id) where state = 'open';
  create unique index risk_holds_decided_once on sales.risk_holds (brand_id, decision_key);

  -- Whether the sale is or was held: for all who see it, also those who may not know why.
  alter table sales.sales add column review text check (review in ('held', 'cleared', 'confirmed'));
  -- Of what was refunded: what a confirmed hold took back and the shop has not given back so far. It takes back all there is.
  alter table sales.sales
    add column order_taken_back_minor bigint not null default 0,
    add constraint sales_taken_back_whole check (order_taken_back_minor = 0
      or (order_taken_back_minor between 1 and order_base_minor and order_refunded_base_minor = order_base_minor));
  alter table sales.refunds add column reason text not null default 'returned' check (reason in ('returned', 'risk'));
`;

const VISIBILITY = `
  alter table sales.sale_customers enable row level security;
  alter table sales.risk_rules enable row level security;
  alter table sales.risk_holds enable row level security;

  create policy sale_customers_system on sales.sale_customers using ((select access.is_system()));
  create policy risk_rules_system on sales.risk_rules using ((select access.is_system()));
  create policy risk_holds_system on sales.risk_holds using ((select access.is_system()));
  create policy risk_rules_brand on sales.risk_rules for select using (
    brand_id = any ((select access.party_ids())::uuid[])
    or (select access.is_finance()) or (select access.is_operator()));
  create policy risk_holds_brand on sales.risk_holds for select using (
    brand_id = any ((select access.party_ids())::uuid[])
    or (select access.is_finance()) or (select access.is_operator()));

  grant select, insert on sales.sale_customers, sales.risk_rules, sales.risk_holds to evenhand_app;
  grant update (state, decided_at, decided_by, note, decision_key) on sales.risk_holds to evenhand_app;
  grant update (review, order_taken_back_minor) on sales.sales to evenhand_app;
  grant update (customer) on sales.intake_events to evenhand_app;
`;
