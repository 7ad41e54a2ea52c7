import { type PageRequest, decodeCursor, InvalidInput } from '@evenhand/kernel';
import type { AmountFilter, CampaignFilter, CampaignOrder } from '../application/repositories';
import type { Campaign } from '../domain/campaign';
import { OFFERED_KINDS, type OfferedKind } from '../domain/compensation';
import { type SearchQuery, searchQuery } from '../domain/search-text';
import { Parameters } from './parameters';

const ORDERS = {
  newest: { column: 'campaign.listed_at', direction: 'desc', after: '<' },
  deadline: { column: 'campaign.bid_deadline', direction: 'asc', after: '>' },
} as const satisfies Record<CampaignOrder, object>;

/** The conditions on campaigns that `filter` stands for; null where nothing can match. */
export function campaignConditions(filter: CampaignFilter, parameters: Parameters): readonly string[] | null {
  const conditions: string[] = [];
  if (filter.brandId !== null) conditions.push(`campaign.brand_id = ${parameters.add(filter.brandId)}`);
  const [onlyState, ...otherStates] = filter.states;
  if (otherStates.length > 0) conditions.push(`campaign.state = any (${parameters.add(filter.states)})`);
  // By one state the indexes give the order too.
  else if (onlyState) conditions.push(`campaign.state = ${parameters.add(onlyState)}`);
  if (filter.bidsOpenAt) conditions.push(`campaign.bid_deadline >= ${parameters.add(filter.bidsOpenAt)}`);
  if (filter.deadlineFrom) conditions.push(`campaign.bid_deadline >= ${parameters.add(filter.deadlineFrom)}`);
  if (filter.deadlineTo) conditions.push(`campaign.bid_deadline <= ${parameters.add(filter.deadlineTo)}`);
  for (const field of ['markets', 'languages', 'channels', 'categories'] as const) {
    const wanted = filter[field];
    if (wanted.length > 0) conditions.push(`campaign.${field} && ${parameters.add(wanted)}::text[]`);
  }
  conditions.push(...compensationConditions(filter, parameters));
  if (filter.text === null || filter.text.trim() === '') return conditions;
  const query = searchQuery(filter.text);
  return query ? [...conditions, ...textConditions(query, filter, parameters)] : null;
}

function compensationConditions(filter: CampaignFilter, parameters: Parameters): readonly string[] {
  const conditions: string[] = [];
  const kinds: readonly OfferedKind[] = filter.kinds.length > 0 ? filter.kinds : OFFERED_KINDS;
  if (filter.currency !== null) {
    const wanted = parameters.add(JSON.stringify([{ currency: filter.currency }]));
    conditions.push(anyOf(kinds.map((kind) => `campaign.brief #> '{compensation,${kind}}' @> ${wanted}::jsonb`)));
  } else if (filter.kinds.length > 0) {
    conditions.push(anyOf(kinds.map((kind) => `campaign.brief #> '{compensation,${kind}}' <> '[]'::jsonb`)));
  }
  if (filter.cashAtLeast) conditions.push(cashRange(filter.cashAtLeast, 'maximumMinor', '>=', parameters));
  if (filter.cashAtMost) conditions.push(cashRange(filter.cashAtMost, 'minimumMinor', '<=', parameters));
  return conditions;
}

function cashRange(
  { currency, amountMinor }: AmountFilter,
  bound: 'maximumMinor' | 'minimumMinor',
  compares: '>=' | '<=',
  parameters: Parameters,
): string {
  return `exists (select from jsonb_array_elements(campaign.brief #> '{compensation,cash}') as range
    where range ->> 'currency' = ${parameters.add(currency)}
      and (range ->> '${bound}')::bigint ${compares} ${parameters.add(amountMinor.toString())}::bigint)`;
}

function textConditions(query: SearchQuery, filter: CampaignFilter, parameters: Parameters): readonly string[] {
  const words = parameters.add(tsquery(query));
  const [onlyState] = filter.states.length === 1 ? filter.states : [];
  // The function finds published campaigns by index; a brand's own few drafts are simply looked through.
  const matches =
    onlyState === 'published'
      ? `campaign.id in (select campaigns.published_matching(${words}::tsquery))`
      : `campaign.search_lexemes @@ ${words}::tsquery`;
  const phrases = query.phrases.map((phrase) => `strpos(campaign.search_text, ${parameters.add(phrase)}) > 0`);
  return [matches, ...phrases];
}

/** Lexemes hold letters and digits only, so quoting them is all the escaping there is. */
function tsquery({ lexemes, prefixes }: SearchQuery): string {
  return [...lexemes.map((lexeme) => `'${lexeme}'`), ...prefixes.map((prefix) => `'${prefix}':*`)].join(' & ');
}

function anyOf(conditions: readonly string[]): string {
  return `(${conditions.join(' or ')})`;
}

/** Where the page begins, as a condition; null for the first page. Throws InvalidInput for a foreign cursor. */
export function afterCursor(order: CampaignOrder, { after }: PageRequest, parameters: Parameters): string | null {
  if (after === null) return null;
  const [instant = '', id = ''] = decodeCursor(after, 2);
  return keysetCondition(ORDERS[order], 'campaign.id', instant, id, parameters);
}

export function orderBy(order: CampaignOrder): string {
  const { column, direction } = ORDERS[order];
  return `${column} ${direction}, campaign.id ${direction}`;
}

export function cursorKey(order: CampaignOrder, campaign: Campaign): readonly string[] {
  const instant = order === 'newest' ? (campaign.publishedAt ?? campaign.createdAt) : campaign.brief.bidDeadline;
  return [instant.toISOString(), campaign.id];
}

const CURSOR_UUID = /^[0-9a-f-]{36}$/;

/** A row comparison that continues after (instant, id). */
export function keysetCondition(
  order: { readonly column: string; readonly after: '<' | '>' },
  idColumn: string,
  instant: string,
  id: string,
  parameters: Parameters,
): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime()) || !CURSOR_UUID.test(id)) {
    throw new InvalidInput('after', 'This cursor is not one of ours.');
  }
  return `(${order.column}, ${idColumn}) ${order.after} (${parameters.add(at)}, ${parameters.add(id)}::uuid)`;
}
