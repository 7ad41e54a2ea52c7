import type { ReportKey } from '../application/report';
import type { ScopedFilter } from '../application/report-queries';

/** SQL text with the values of its parameters. */
export class SqlParameters {
  readonly values: unknown[] = [];

  /** The placeholder of a value. */
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

export const DEFAULT_ROLES = ['influencer', 'agency'];

/** Text of a key, compared bytewise so that keyset and order agree whatever the database's collation. */
function keySql(key: ReportKey, filter: ScopedFilter, parameters: SqlParameters): string {
  switch (key) {
    case 'payee':
      return `f.party_id::text collate "C"`;
    case 'currency':
      return `f.currency collate "C"`;
    case 'month':
      return `to_char(f.earned_at at time zone ${parameters.add(filter.timeZone)}, 'YYYY-MM') collate "C"`;
    case 'day':
      return `to_char(f.earned_at at time zone ${parameters.add(filter.timeZone)}, 'YYYY-MM-DD') collate "C"`;
    case 'brand':
      return `f.brand_id::text collate "C"`;
    case 'campaign':
      return `f.campaign_id::text collate "C"`;
    case 'agency':
      return `coalesce(f.agencies, '') collate "C"`;
  }
}

/** The keys as columns k0, k1, … */
export function keyColumnsSql(keys: readonly ReportKey[], filter: ScopedFilter, parameters: SqlParameters): string {
  return keys.map((key, index) => `${keySql(key, filter, parameters)} as k${index}`).join(', ');
}

/**
 * CTEs `scope` (every visible share of the filtered earnings), `chains` (their cuts summed by earning) and `facts`
 * (the shares the report counts, with what of each is held, available, in payouts and paid).
 */
export function factsSql(filter: ScopedFilter, parameters: SqlParameters): string {
  return `
scope as materialized (
  select d.book_id, d.share_id, d.earning_id, d.brand_id, d.party_id, d.role, d.currency::text as currency,
         d.amount_minor, d.reversed_minor, d.state, d.campaign_id, d.gross_minor, d.gross_reversed_minor, d.earned_at
  from ledger.share_details d
  where ${earningConditions(filter, parameters).join(' and ')}
),
chains as materialized (
  select s.book_id, s.earning_id,
         string_agg(s.party_id::text, ',' order by s.share_id) filter (where s.role = 'agency') as agencies,
         coalesce(sum(s.amount_minor) filter (where s.role = 'platform'), 0) as platform_minor,
         coalesce(sum(s.reversed_minor) filter (where s.role = 'platform'), 0) as platform_reversed_minor,
         coalesce(sum(s.amount_minor) filter (where s.role = 'agency'), 0) as agency_minor,
         coalesce(sum(s.reversed_minor) filter (where s.role = 'agency'), 0) as agency_reversed_minor
  from scope s group by s.book_id, s.earning_id
),
in_payouts as materialized (
  select l.book_id, l.share_id, sum(l.amount_minor) as live_minor,
         coalesce(sum(l.amount_minor) filter (where i.state = 'paid'), 0) as paid_minor,
         coalesce(sum(l.amount_minor) filter (where i.state in ('sent', 'unknown')), 0) as transit_minor
  from scope s
  join payouts.lines l on l.book_id = s.book_id and l.share_id = s.share_id and l.live
  join payouts.items i on i.id = l.item_id
  group by l.book_id, l.share_id
),
facts as materialized (
  select s.*, c.agencies, c.platform_minor, c.platform_reversed_minor, c.agency_minor, c.agency_reversed_minor,
         coalesce(p.live_minor, 0) as live_minor, coalesce(p.paid_minor, 0) as paid_minor,
         coalesce(p.transit_minor, 0) as transit_minor
  from scope s
  join chains c on c.book_id = s.book_id and c.earning_id = s.earning_id
  left join in_payouts p on p.book_id = s.book_id and p.share_id = s.share_id
  where ${shareConditions(filter, parameters).join(' and ')}
)`;
}

/** Sums over `facts f`, named as the measures of the report. */
export const MEASURES_SQL = `
  coalesce(sum(f.gross_minor) filter (where f.role = 'influencer'), 0) as "grossMinor",
  coalesce(sum(f.gross_reversed_minor) filter (where f.role = 'influencer'), 0) as "grossReversedMinor",
  coalesce(sum(f.platform_minor) filter (where f.role = 'influencer'), 0) as "platformCutMinor",
  coalesce(sum(f.platform_reversed_minor) filter (where f.role = 'influencer'), 0) as "platformCutReversedMinor",
  coalesce(sum(f.agency_minor) filter (where f.role = 'influencer'), 0) as "agencyCutMinor",
  coalesce(sum(f.agency_reversed_minor) filter (where f.role = 'influencer'), 0) as "agencyCutReversedMinor",
  sum(f.amount_minor) as "shareMinor",
  sum(f.reversed_minor) as "shareReversedMinor",
  coalesce(sum(f.amount_minor - f.reversed_minor) filter (where f.state = 'held'), 0) as "heldMinor",
  coalesce(sum(f.amount_minor - f.reversed_minor - f.live_minor) filter (where f.state = 'released'), 0)
    as "availableMinor",
  sum(f.live_minor - f.paid_minor) as "inPayoutMinor",
  sum(f.transit_minor) as "inTransitMinor",
  sum(f.paid_minor) as "paidMinor",
  count(*) as "shares"`;

export const MEASURE_NAMES = [
  'grossMinor',
  'grossReversedMinor',
  'platformCutMinor',
  'platformCutReversedMinor',
  'agencyCutMinor',
  'agencyCutReversedMinor',
  'shareMinor',
  'shareReversedMinor',
  'heldMinor',
  'availableMinor',
  'inPayoutMinor',
  'inTransitMinor',
  'paidMinor',
] as const;

export function earningConditions(filter: ScopedFilter, parameters: SqlParameters): readonly string[] {
  const conditions = ['true'];
  const zone = (): string => parameters.add(filter.timeZone);
  const equal = (column: string, value: string | null | undefined, type: string): void => {
    if (value) conditions.push(`d.${column} = ${parameters.add(value)}::${type}`);
  };
  if (filter.from)
    conditions.push(`d.earned_at >= ${parameters.add(filter.from)}::date::timestamp at time zone ${zone()}`);
  if (filter.to) conditions.push(`d.earned_at < ${parameters.add(filter.to)}::date::timestamp at time zone ${zone()}`);
  equal('currency', filter.currency, 'char(3)');
  equal('brand_id', filter.brandId, 'uuid');
  equal('campaign_id', filter.campaignId, 'uuid');
  equal('deal_id', filter.dealId, 'uuid');
  equal('influencer_id', filter.influencerId, 'uuid');
  equal('kind', filter.kind, 'text');
  return conditions;
}

function shareConditions(filter: ScopedFilter, parameters: SqlParameters): readonly string[] {
  const conditions = [`s.role = any (${parameters.add(filter.roles ?? DEFAULT_ROLES)}::text[])`];
  if (filter.payeeIds) conditions.push(`s.party_id = any (${parameters.add(filter.payeeIds)}::uuid[])`);
  if (filter.payeeId) conditions.push(`s.party_id = ${parameters.add(filter.payeeId)}::uuid`);
  if (filter.agencyId) conditions.push(`${parameters.add(filter.agencyId)} = any (string_to_array(c.agencies, ','))`);
  return conditions;
}
