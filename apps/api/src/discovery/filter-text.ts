import { campaignSearchOf, influencerSearchOf, type SavedSearch } from '@evenhand/discovery';
import { toGlobalId, toMoney } from '../graphql';

interface Amount {
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** The filter of a saved search as the input that asks for it, as JSON: what filters nothing is left out. */
export function toFilterText({ kind, filter }: Pick<SavedSearch, 'kind' | 'filter'>): string {
  const input = kind === 'campaigns' ? campaignInput(filter) : influencerInput(filter);
  const said = Object.entries(input).filter(([, value]) => !saysNothing(value));
  return JSON.stringify(Object.fromEntries(said));
}

function campaignInput(filter: SavedSearch['filter']) {
  const search = campaignSearchOf(filter);
  return {
    ...search,
    brandId: search.brandId && toGlobalId('party', search.brandId),
    states: named(search.states),
    channels: named(search.channels),
    kinds: named(search.kinds),
    cashAtLeast: money(search.cashAtLeast),
    cashAtMost: money(search.cashAtMost),
  };
}

function influencerInput(filter: SavedSearch['filter']) {
  const search = influencerSearchOf(filter);
  return {
    ...search,
    platforms: named(search.platforms),
    minFollowers: search.minFollowers === null ? null : Number(search.minFollowers),
    maxFollowers: search.maxFollowers === null ? null : Number(search.maxFollowers),
    audience: search.audience.map((share) => ({ ...share, part: share.part.toUpperCase() })),
    priceAtLeast: money(search.priceAtLeast),
    priceAtMost: money(search.priceAtMost),
  };
}

function named(values: readonly string[]): readonly string[] {
  return values.map((value) => value.toUpperCase());
}

function money(amount: Amount | null) {
  return amount && toMoney(amount.amountMinor, amount.currency);
}

function saysNothing(value: unknown): boolean {
  return value === null || value === false || value === '' || (Array.isArray(value) && value.length === 0);
}
