import { countedFor, cursorOf, isBigint, isUuid, type Page, pageOf, type PageRequest } from '@evenhand/kernel';
import type { EntityManager } from 'typeorm';
import type {
  AudienceFilter,
  InfluencerFilter,
  InfluencerHit,
  InfluencerView,
  PriceFilter,
} from '../application/influencer-repository';
import { FIT_WEIGHTS, type FitAsks, fitReasons, PERCENT_PER_POINT, reachOf } from '../domain/fit';
import { readViews } from './influencer-views';

/** Conditions in SQL with their parameters in order. */
class Conditions {
  readonly values: unknown[] = [];
  private readonly clauses: string[] = [];

  /** Adds a condition; each `?` in it stands for the next of `values`. */
  add(clause: string, ...values: readonly unknown[]): void {
    this.clauses.push(this.bind(clause, ...values));
  }

  /** The clause with its parameters, to stand elsewhere in the statement. */
  bind(clause: string, ...values: readonly unknown[]): string {
    let next = 0;
    return clause.replaceAll('?', () => {
      this.values.push(values[next]);
      next += 1;
      return `$${this.values.length}`;
    });
  }

  get sql(): string {
    return this.clauses.length === 0 ? 'true' : this.clauses.map((clause) => `(${clause})`).join(' and ');
  }
}

/**
 * One page of profiles and the number of all that match, in the order (followers, id) or, for a campaign, (score, id),
 * both falling.
 */
export async function searchInfluencers(
  manager: EntityManager,
  filter: InfluencerFilter,
  asks: FitAsks | null,
  page: PageRequest,
): Promise<Page<InfluencerHit>> {
  const conditions = conditionsOf(filter);
  const totalCount = await countedFor(page, () => count(manager, conditions));
  const rank = asks === null ? 'i.followers_total' : scoreOf(asks, conditions);
  if (page.after !== null) {
    const [last = '', id = ''] = cursorOf(page, [isBigint, isUuid]) ?? [];
    conditions.add(`(${rank}, i.party_id) < (?::bigint, ?::uuid)`, last, id);
  }
  const found = await manager.query<{ id: string; rank: string }[]>(
    `select i.party_id as id, (${rank})::text as rank from parties.influencers i where ${conditions.sql}
     order by ${rank} desc, i.party_id desc limit ${page.first + 1}`,
    conditions.values,
  );
  const views = await readViews(
    manager,
    found.map((row) => row.id),
  );
  const hits = found.flatMap(({ id, rank: rankOfRow }) => {
    const view = views.get(id);
    return view ? [{ rank: rankOfRow, hit: { ...view, fit: asks && fitOf(view, asks, rankOfRow) } }] : [];
  });
  const { rows, ...rest } = pageOf(hits, page, totalCount, ({ rank: last, hit }) => [last, hit.id]);
  return { ...rest, rows: rows.map(({ node, cursor }) => ({ node: node.hit, cursor })) };
}

/** Those of the influencers that match. */
export async function matchingInfluencers(
  manager: EntityManager,
  filter: InfluencerFilter,
  ids: readonly string[],
): Promise<readonly string[]> {
  const conditions = conditionsOf(filter);
  conditions.add('i.party_id = any (?::uuid[])', ids);
  const rows = await manager.query<{ id: string }[]>(
    `select i.party_id as id from parties.influencers i where ${conditions.sql} order by 1`,
    conditions.values,
  );
  return rows.map(({ id }) => id);
}

function fitOf(view: InfluencerView, asks: FitAsks, score: string) {
  return { score: Number(score), reasons: fitReasons({ ...view, ...reachOf(view.channels) }, asks) };
}

/** The sum of the weights of `fitReasons`, as SQL over the columns that are kept for it. */
function scoreOf(asks: FitAsks, conditions: Conditions): string {
  const { PLATFORM_MATCH, CATEGORY_MATCH, MARKET_MATCH, LANGUAGE_MATCH, AUDIENCE_MATCH } = FIT_WEIGHTS;
  const shares = asks.markets.map((market) => conditions.bind('(i.audience_countries ->> ?)::int', market));
  const prices = asks.cashCeilings.map(({ currency, amountMinor }) =>
    conditions.bind('(i.asking_prices ->> ?)::bigint <= ?::bigint', currency, `${amountMinor}`),
  );
  const overlap = (column: string, wanted: readonly string[], weight: number) =>
    conditions.bind(`case when i.${column} && ?::text[] then ${weight} else 0 end`, wanted);
  const parts = [
    overlap('platforms', asks.platforms, PLATFORM_MATCH),
    overlap('categories', asks.categories, CATEGORY_MATCH),
    overlap('markets', asks.markets, MARKET_MATCH),
    overlap('languages', asks.languages, LANGUAGE_MATCH),
    `least(${AUDIENCE_MATCH}, greatest(0, ${['0', ...shares].join(', ')}) / ${PERCENT_PER_POINT})`,
    `case when ${['false', ...prices].join(' or ')} then ${FIT_WEIGHTS.WITHIN_PRICE_RANGE} else 0 end`,
  ];
  return `(${parts.join(' + ')})`;
}

async function count(manager: EntityManager, { sql, values }: Conditions): Promise<number> {
  const [counted] = await manager.query<{ total: number }[]>(
    `select count(*)::int as total from parties.influencers i where ${sql}`,
    values,
  );
  return counted?.total ?? 0;
}

function conditionsOf(filter: InfluencerFilter): Conditions {
  const conditions = new Conditions();
  conditions.add('i.erased_at is null');
  if (filter.text !== null) {
    // The index finds candidates by their grams; the words decide.
    conditions.add('i.party_id in (select parties.influencers_with_grams(?::text[]))', filter.text.grams);
    for (const word of filter.text.words) conditions.add('position(? in i.search_text) > 0', word);
  }
  if (filter.categories.length > 0) conditions.add('i.categories && ?::text[]', filter.categories);
  if (filter.markets.length > 0) conditions.add('i.markets && ?::text[]', filter.markets);
  if (filter.languages.length > 0) conditions.add('i.languages && ?::text[]', filter.languages);
  if (filter.platforms.length > 0) conditions.add('i.platforms && ?::text[]', filter.platforms);
  if (filter.minFollowers !== null) conditions.add('i.followers_total >= ?::bigint', `${filter.minFollowers}`);
  if (filter.maxFollowers !== null) conditions.add('i.followers_total <= ?::bigint', `${filter.maxFollowers}`);
  if (filter.price !== null) addPrice(conditions, filter.price);
  if (filter.audience.length > 0) addAudience(conditions, filter.audience, filter.platforms);
  return conditions;
}

function addPrice(conditions: Conditions, { currency, atLeastMinor, atMostMinor }: PriceFilter): void {
  if (atLeastMinor !== null) {
    conditions.add('(i.asking_prices ->> ?)::bigint >= ?::bigint', currency, `${atLeastMinor}`);
  }
  if (atMostMinor !== null) conditions.add('(i.asking_prices ->> ?)::bigint <= ?::bigint', currency, `${atMostMinor}`);
}

/** One channel, on one of the platforms where some are asked for, with all of those shares. */
function addAudience(conditions: Conditions, shares: readonly AudienceFilter[], platforms: readonly string[]): void {
  const clauses = ['c.influencer_id = i.party_id', 'c.removed_at is null'];
  const values: unknown[] = [];
  if (platforms.length > 0) {
    clauses.push('c.platform = any (?::text[])');
    values.push(platforms);
  }
  for (const { part, segment, minPercent } of shares) {
    clauses.push(`exists (select 1 from jsonb_to_recordset(c.audience -> '${part}') as a (segment text, percent int)
      where a.segment = ? and a.percent >= ?)`);
    values.push(segment, minPercent);
  }
  conditions.add(`exists (select 1 from parties.channels c where ${clauses.join(' and ')})`, ...values);
}
