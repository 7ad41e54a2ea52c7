/**
 * What is around orders: $1 the brand, $2 the orders as a JSON array, $3 the window, $4 the limit. Of orders of the same
 * group each is looked at as far as the next of them, so that nothing is read more than twice, however many there are. Each
 * token is looked up by itself: of several at once the index gives no order.
 */
function aroundSql(groupOf: string, table: string, condition: string, tokens = ''): string {
  const near = (bounds: string, direction: string): string => `
    (select o.sale_id, o.occurred_at from ${table} o
     where o.brand_id = $1 and o.deal_id = probe.deal_id and ${condition} and ${bounds}
     order by o.occurred_at ${direction} limit $4)`;
  return `
    select n, array_agg(ms) as times from (
      select distinct on (probe.own_group, near.sale_id)
        probe.n, (extract(epoch from near.occurred_at) * 1000)::float8 as ms
      from (
        select n, deal_id, customers, own_group, at,
          greatest(lag(at) over own_time, at - $3::interval) as since, least(lead(at) over own_time, at + $3::interval) as until
        from (select "place" as n, "dealId" as deal_id, customers, "occurredAt" as at, ${groupOf} as own_group
              from jsonb_to_recordset($2::jsonb)
                as told ("place" integer, "dealId" uuid, customers text[], "occurredAt" timestamptz)) told
        window own_time as (partition by own_group order by at, n)
      ) probe ${tokens}
      cross join lateral (
        ${near('o.occurred_at <= probe.at and o.occurred_at > probe.since', 'desc')}
        union all
        ${near('o.occurred_at > probe.at and o.occurred_at < probe.until', 'asc')}
      ) near
    ) found group by n`;
}

export const OF_CUSTOMERS_AROUND = aroundSql(
  `"dealId" || ' ' || customers[1]`,
  'sales.sale_customers',
  'o.customer = token.customer',
  'cross join lateral unnest(probe.customers) token (customer)',
);

/** An order that both the note and the livestream of a deal earned is two of its sales, of which one is counted. */
const ONE_OF_ORDER = `(not o.is_part or not exists (
  select from sales.sales twin
  where twin.is_part and twin.brand_id = o.brand_id and twin.source = o.source and twin.external_id = o.external_id
    and twin.deal_id = o.deal_id and twin.kind < o.kind))`;

export const ON_DEALS_AROUND = aroundSql(`"dealId"::text`, 'sales.sales', ONE_OF_ORDER);

export const ADD_CUSTOMERS = `
  insert into sales.sale_customers (brand_id, sale_id, deal_id, customer, occurred_at)
  select $1, "saleId", "dealId", customers[1], "occurredAt"
  from jsonb_to_recordset($2::jsonb) as told ("saleId" uuid, "dealId" uuid, customers text[], "occurredAt" timestamptz)`;

export const ADD_HOLDS = `
  with added as (
    insert into sales.risk_holds (brand_id, sale_id, hold_id, deal_id, reasons, explanation, rules_version, held_at)
    select "brandId", "saleId", "holdId", "dealId", reasons, explanation, "rulesVersion", "heldAt"
    from jsonb_to_recordset($1::jsonb) as hold ("brandId" uuid, "saleId" uuid, "holdId" uuid, "dealId" uuid, reasons text[],
      explanation text, "rulesVersion" integer, "heldAt" timestamptz)
    returning brand_id, sale_id
  )
  update sales.sales sale set review = 'held' from added
  where sale.brand_id = added.brand_id and sale.sale_id = added.sale_id`;

export const SAVE_DECISION = `
  with decided as (
    update sales.risk_holds set state = $3, decided_at = $4, decided_by = $5, note = $6, decision_key = $7
    where brand_id = $1 and hold_id = $2 returning brand_id, sale_id, state
  )
  update sales.sales sale set review = decided.state from decided
  where sale.brand_id = decided.brand_id and sale.sale_id = decided.sale_id`;

/** Net sales and their number, as running sales count them, of sales that wait for a decision. */
export const HELD_OF = `
  select sale.deal_id,
    coalesce(sum(sale.base_minor - sale.refunded_base_minor) filter (where not sale.counts_as_livestream), 0)::text as note,
    coalesce(sum(sale.base_minor - sale.refunded_base_minor) filter (where sale.counts_as_livestream), 0)::text as livestream,
    count(*) filter (where sale.base_minor > 0 and sale.order_refunded_base_minor < sale.order_base_minor)::text as sales
  from sales.risk_holds hold
  join sales.sales sale on sale.brand_id = hold.brand_id and sale.sale_id = hold.sale_id
  where hold.brand_id = $1 and hold.deal_id = any ($2::uuid[]) and hold.state = 'open'
  group by sale.deal_id`;

const FILTERED = `from sales.risk_holds hold
  join sales.sales sale on sale.brand_id = hold.brand_id and sale.sale_id = hold.sale_id
  where ($1::uuid is null or hold.brand_id = $1) and ($2::uuid is null or hold.deal_id = $2)
    and ($3::text is null or hold.state = $3) and ($4::text is null or $4 = any (hold.reasons))
    and ($5::timestamptz is null or hold.held_at >= $5) and ($6::timestamptz is null or hold.held_at < $6)`;

export const COUNT_HOLDS = `select count(*)::integer as count ${FILTERED}`;

export const PAGE_OF_HOLDS = `
  select sale.*, hold.hold_id, hold.reasons, hold.explanation, hold.rules_version, hold.state, hold.held_at, hold.decided_at,
    hold.decided_by, hold.note, hold.decision_key
  ${FILTERED} and ($7::timestamptz is null or (hold.held_at, hold.hold_id) < ($7, $8::uuid))
  order by hold.held_at desc, hold.hold_id desc limit $9`;
