import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sales and refunds, and the events they came from. Every key begins with the brand, so that a brand's sales can live
 * whole on one shard; ids of other contexts are opaque. Only the system writes, after the use case has authorised.
 */
export class Sales1764000050000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(INTAKE);
    await runner.query(SALES);
    await runner.query(VISIBILITY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema sales cascade');
  }
}

const INTAKE = `
  create schema sales;
  grant usage on schema sales to evenhand_app;

  -- One row for each order and refund that was ever told of: the lock under which its events are decided.
  create table sales.intake_keys (
    brand_id uuid not null,
    kind text not null check (kind in ('sale', 'refund')),
    source text not null check (source ~ '^[a-z0-9][a-z0-9_.-]{0,63}$'),
    external_id text not null check (length(external_id) between 1 and 200),
    primary key (brand_id, kind, source, external_id)
  );

  -- Every distinct content of every event, unedited, and what became of it. Neither its key nor the event of a sale is a
  -- foreign key: whoever writes them has just written or locked the other, and checking row by row costs a tenth of intake.
  create table sales.intake_events (
    brand_id uuid not null,
    event_id uuid not null,
    kind text not null,
    source text not null,
    external_id text not null,
    content text not null,
    content_sha256 bytea not null,
    state text not null check (state in ('recorded', 'unattributed', 'refused', 'parked', 'superseded')),
    reason_code text,
    reason text,
    recorded_id uuid,
    sale_external_id text,
    received_at timestamptz not null,
    received_from uuid,
    decided_at timestamptz not null,
    primary key (brand_id, event_id),
    unique (brand_id, kind, source, external_id, content_sha256),
    check (content_sha256 = sha256(convert_to(content, 'UTF8'))),
    check ((state = 'recorded') = (recorded_id is not null)),
    check (state = 'recorded' or (reason_code is not null and reason is not null)),
    check ((kind = 'refund') = (sale_external_id is not null))
  );
  -- What is recorded or waits under a name is one event, forever.
  create unique index intake_events_one_accepted on sales.intake_events (brand_id, kind, source, external_id)
    where state in ('recorded', 'parked', 'unattributed');
  create index intake_events_parked on sales.intake_events (brand_id, source, sale_external_id) where state = 'parked';
  create index intake_events_inbox on sales.intake_events (brand_id, received_at desc, event_id desc)
    where state in ('unattributed', 'refused', 'parked');
`;

const SALES = `
  create table sales.sales (
    brand_id uuid not null,
    sale_id uuid not null,
    event_id uuid not null,
    source text not null,
    external_id text not null,
    order_number text not null,
    deal_id uuid not null,
    campaign_id uuid not null,
    influencer_id uuid not null,
    kind text not null check (kind in ('note_commission', 'livestream_commission')),
    attributed_by text not null check (attributed_by in ('code', 'click', 'link')),
    attributed_value text not null,
    -- What decided, and what else could have: for those who may know of the other deals.
    attribution jsonb not null,
    decision text not null,
    -- The order has lines that are not of this sale.
    is_part boolean not null,
    counts_as_livestream boolean not null,
    counts_running_sales boolean not null,
    -- The order as it came; its lines are in this currency, and so are its refunds.
    order_currency char(3) not null,
    order_base_minor bigint not null check (order_base_minor >= 0),
    order_refunded_base_minor bigint not null default 0
      check (order_refunded_base_minor between 0 and order_base_minor),
    -- Rate, its day and its source; the rate is the exact number of major units of the deal's currency for one of the order's.
    conversion jsonb check (conversion ?& array['rate', 'date', 'source']),
    -- The deal's: of what follows, and of everything in the books.
    currency char(3) not null,
    base_minor bigint not null check (base_minor >= 0),
    refunded_base_minor bigint not null default 0 check (refunded_base_minor between 0 and base_minor),
    commission_minor bigint not null check (commission_minor >= 0),
    commission_reversed_minor bigint not null default 0
      check (commission_reversed_minor between 0 and commission_minor),
    status text not null generated always as (
      case when order_refunded_base_minor = 0 then 'recorded'
           when order_refunded_base_minor < order_base_minor then 'partially_refunded'
           else 'refunded' end) stored,
    occurred_at timestamptz not null,
    release_at timestamptz not null,
    recorded_at timestamptz not null,
    primary key (brand_id, sale_id),
    check ((order_currency = currency) = (conversion is null)),
    check (order_currency <> currency or (order_base_minor, order_refunded_base_minor) = (base_minor, refunded_base_minor)),
    -- What is refunded whole is exactly zero.
    check (order_refunded_base_minor < order_base_minor
      or (refunded_base_minor = base_minor and commission_reversed_minor = commission_minor))
  );
  -- An order is one sale, or one for each deal that earned lines of it and each kind of its commission. Two indexes: most
  -- orders are one deal's, and pay for no wider key.
  create unique index sales_of_whole_orders on sales.sales (brand_id, source, external_id) where not is_part;
  create unique index sales_of_parts on sales.sales (brand_id, source, external_id, deal_id, kind) where is_part;
  create index sales_by_time on sales.sales (brand_id, occurred_at desc, sale_id desc);
  create index sales_by_deal on sales.sales (brand_id, deal_id, occurred_at desc, sale_id desc);
  create index sales_by_influencer on sales.sales (influencer_id, occurred_at desc, sale_id desc);
  create index sales_by_id on sales.sales (sale_id);

  create table sales.sale_lines (
    brand_id uuid not null,
    sale_id uuid not null,
    line_number smallint not null check (line_number >= 1),
    line_id text,
    sku text,
    quantity integer not null check (quantity >= 1),
    unit_price_minor bigint not null check (unit_price_minor >= 0),
    discount_minor bigint not null check (discount_minor >= 0),
    tax_minor bigint not null check (tax_minor >= 0),
    shipping_minor bigint not null check (shipping_minor >= 0),
    base_minor bigint not null check (base_minor >= 0),
    refunded_quantity integer not null default 0 check (refunded_quantity between 0 and quantity),
    primary key (brand_id, sale_id, line_number),
    foreign key (brand_id, sale_id) references sales.sales
  );

  -- Lines of recorded orders that no deal earned: refunds of the order are refunds of them too.
  create table sales.unearned_lines (
    brand_id uuid not null,
    source text not null,
    external_id text not null,
    line_number smallint not null check (line_number >= 1),
    line_id text,
    sku text,
    order_currency char(3) not null,
    quantity integer not null check (quantity >= 1),
    refunded_quantity integer not null default 0 check (refunded_quantity between 0 and quantity),
    base_minor bigint not null check (base_minor >= 0),
    refunded_base_minor bigint not null default 0 check (refunded_base_minor between 0 and base_minor),
    primary key (brand_id, source, external_id, line_number)
  );

  create table sales.refunds (
    brand_id uuid not null,
    refund_id uuid not null,
    event_id uuid not null,
    sale_id uuid not null,
    source text not null,
    external_id text not null,
    order_currency char(3) not null,
    order_base_minor bigint not null check (order_base_minor >= 0),
    -- The deal's.
    currency char(3) not null,
    base_minor bigint not null check (base_minor >= 0),
    commission_reversed_minor bigint not null check (commission_reversed_minor >= 0),
    occurred_at timestamptz not null,
    recorded_at timestamptz not null,
    primary key (brand_id, refund_id),
    -- One event may take something back of each sale of its order.
    unique (brand_id, source, external_id, sale_id),
    foreign key (brand_id, sale_id) references sales.sales,
    foreign key (brand_id, event_id) references sales.intake_events
  );
  create index refunds_by_sale on sales.refunds (brand_id, sale_id);
  create index refunds_by_time on sales.refunds (brand_id, occurred_at desc, refund_id desc);

  -- What deals with tiers, a cap or bonuses have sold and earned; the row is the lock under which it grows.
  create table sales.running_sales (
    brand_id uuid not null,
    deal_id uuid not null,
    note_net_minor bigint not null default 0 check (note_net_minor >= 0),
    livestream_net_minor bigint not null default 0 check (livestream_net_minor >= 0),
    commission_minor bigint not null default 0 check (commission_minor >= 0),
    sales_count bigint not null default 0 check (sales_count >= 0),
    primary key (brand_id, deal_id)
  );

  -- Bonuses that deals earned, written under the lock of their running sales.
  create table sales.bonuses (
    brand_id uuid not null,
    deal_id uuid not null,
    bonus_id text not null check (length(bonus_id) between 1 and 40),
    grant_number integer not null check (grant_number >= 1),
    source_id uuid not null,
    currency char(3) not null,
    amount_minor bigint not null check (amount_minor > 0),
    earned_at timestamptz not null,
    release_at timestamptz not null,
    reversed_at timestamptz check (reversed_at < release_at),
    primary key (brand_id, deal_id, bonus_id, grant_number),
    unique (brand_id, source_id),
    foreign key (brand_id, deal_id) references sales.running_sales
  );
  -- A bonus stands once in a deal at most.
  create unique index bonuses_standing on sales.bonuses (brand_id, deal_id, bonus_id) where reversed_at is null;
`;

const VISIBILITY = `
  alter table sales.intake_keys enable row level security;
  alter table sales.intake_events enable row level security;
  alter table sales.sales enable row level security;
  alter table sales.sale_lines enable row level security;
  alter table sales.unearned_lines enable row level security;
  alter table sales.refunds enable row level security;
  alter table sales.running_sales enable row level security;
  alter table sales.bonuses enable row level security;

  create policy intake_keys_system on sales.intake_keys using ((select access.is_system()));
  create policy intake_events_system on sales.intake_events using ((select access.is_system()));
  create policy sales_system on sales.sales using ((select access.is_system()));
  create policy sale_lines_system on sales.sale_lines using ((select access.is_system()));
  create policy unearned_lines_system on sales.unearned_lines using ((select access.is_system()));
  create policy refunds_system on sales.refunds using ((select access.is_system()));
  create policy running_sales_system on sales.running_sales using ((select access.is_system()));
  create policy bonuses_system on sales.bonuses using ((select access.is_system()));

  create policy intake_events_brand on sales.intake_events for select using (
    brand_id = any ((select access.party_ids())::uuid[])
    or (select access.is_finance()) or (select access.is_operator()));
  create policy sales_parties on sales.sales for select using (
    brand_id = any ((select access.party_ids())::uuid[])
    or influencer_id = any ((select access.party_ids())::uuid[])
    or influencer_id = any ((select access.represented_ids())::uuid[])
    or (select access.is_finance()) or (select access.is_operator()));
  create policy sale_lines_brand on sales.sale_lines for select using (
    brand_id = any ((select access.party_ids())::uuid[])
    or (select access.is_finance()) or (select access.is_operator()));
  create policy unearned_lines_brand on sales.unearned_lines for select using (
    brand_id = any ((select access.party_ids())::uuid[])
    or (select access.is_finance()) or (select access.is_operator()));
  -- Whoever sees the sale sees its refunds: the subselect is bound by the policies of sales.sales itself.
  create policy refunds_parties on sales.refunds for select using (
    exists (select from sales.sales sale where sale.brand_id = refunds.brand_id and sale.sale_id = refunds.sale_id));

  grant select, insert on sales.intake_keys, sales.intake_events, sales.sales, sales.sale_lines,
    sales.unearned_lines, sales.refunds, sales.running_sales, sales.bonuses to evenhand_app;
  -- Row locks need the right to update some column; a key itself never changes.
  grant update (kind) on sales.intake_keys to evenhand_app;
  grant update (state, reason_code, reason, recorded_id, decided_at) on sales.intake_events to evenhand_app;
  grant update (order_refunded_base_minor, refunded_base_minor, commission_reversed_minor) on sales.sales to evenhand_app;
  grant update (refunded_quantity) on sales.sale_lines to evenhand_app;
  grant update (refunded_quantity, refunded_base_minor) on sales.unearned_lines to evenhand_app;
  grant update (note_net_minor, livestream_net_minor, commission_minor, sales_count) on sales.running_sales
    to evenhand_app;
  grant update (reversed_at) on sales.bonuses to evenhand_app;
`;
