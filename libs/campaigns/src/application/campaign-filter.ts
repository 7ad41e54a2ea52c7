import { InvalidRange, requireRange } from '@evenhand/kernel';
import { compareMoney, moneyOf } from '@evenhand/money';
import type { AmountFilter, CampaignFilter } from './repositories';

/** Finds every campaign that the actor may see. */
export const ANY_CAMPAIGN: CampaignFilter = {
  text: null,
  brandId: null,
  states: [],
  markets: [],
  languages: [],
  channels: [],
  categories: [],
  kinds: [],
  currency: null,
  cashAtLeast: null,
  cashAtMost: null,
  bidsOpenAt: null,
  deadlineFrom: null,
  deadlineTo: null,
};

/**
 * The filter as briefs write its words: markets in upper case, categories in lower case, languages in canonical form.
 * Published campaigns are meant unless states or a brand are asked for. Throws `InvalidRange`, `CurrencyMismatch`,
 * `UnknownCurrency`.
 */
export function parseCampaignFilter(filter: CampaignFilter): CampaignFilter {
  requireRange('deadline', filter.deadlineFrom, filter.deadlineTo);
  requireCashRange(filter.cashAtLeast, filter.cashAtMost);
  const isOfAnyState = filter.states.length > 0 || filter.brandId !== null;
  return {
    ...filter,
    states: isOfAnyState ? filter.states : ['published'],
    markets: filter.markets.map((market) => market.trim().toUpperCase()),
    categories: filter.categories.map((category) => category.trim().toLowerCase()),
    languages: filter.languages.map(canonicalLanguage),
  };
}

function requireCashRange(atLeast: AmountFilter | null, atMost: AmountFilter | null): void {
  const [least, most] = [atLeast, atMost].map((one) => one && moneyOf(one.amountMinor, one.currency));
  if (least && most && compareMoney(least, most) > 0) throw new InvalidRange('cash');
}

/** As it is where it is no language tag: nothing is written in it. */
function canonicalLanguage(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag.trim())[0] ?? tag;
  } catch {
    return tag;
  }
}
