import { ANY_CAMPAIGN, type CampaignFilter, parseCampaignFilter } from '@evenhand/campaigns';
import { type Money, moneyOf } from '@evenhand/money';
import { ANY_INFLUENCER, type InfluencerSearch, parseInfluencerSearch } from '@evenhand/parties';
import { canonicalFilter, type StoredFilter } from '../domain/canonical-filter';

/** A search for campaigns as it is kept: open for bids whenever it is asked, not at one instant. */
export interface CampaignSearch extends Omit<CampaignFilter, 'bidsOpenAt'> {
  readonly openForBids: boolean;
}

/** What is searched for: the kind, with its filter. */
export type Wanted =
  | { readonly kind: 'campaigns'; readonly search: CampaignSearch }
  | { readonly kind: 'influencers'; readonly search: InfluencerSearch };

/** The filter in canonical form. Throws what the search itself would: `InvalidRange`, `InvalidInput`, `CurrencyMismatch` … */
export function toStoredFilter(wanted: Wanted): StoredFilter {
  if (wanted.kind === 'campaigns') {
    const { openForBids, ...filter } = wanted.search;
    const { bidsOpenAt: _atOneInstant, ...parsed } = parseCampaignFilter({ ...filter, bidsOpenAt: null });
    return canonicalFilter({ ...parsed, openForBids });
  }
  const { categories, markets, languages, audience } = parseInfluencerSearch(wanted.search);
  return canonicalFilter({ ...wanted.search, categories, markets, languages, audience });
}

interface StoredMoney {
  readonly currency: string;
  readonly amountMinor: string;
}

type StoredCampaignSearch = Partial<
  Omit<CampaignSearch, 'cashAtLeast' | 'cashAtMost' | 'deadlineFrom' | 'deadlineTo'> & {
    readonly cashAtLeast: StoredMoney;
    readonly cashAtMost: StoredMoney;
    readonly deadlineFrom: string;
    readonly deadlineTo: string;
  }
>;

type StoredInfluencerSearch = Partial<
  Omit<InfluencerSearch, 'minFollowers' | 'maxFollowers' | 'priceAtLeast' | 'priceAtMost'> & {
    readonly minFollowers: string;
    readonly maxFollowers: string;
    readonly priceAtLeast: StoredMoney;
    readonly priceAtMost: StoredMoney;
  }
>;

export function campaignSearchOf(stored: StoredFilter): CampaignSearch {
  const { cashAtLeast, cashAtMost, deadlineFrom, deadlineTo, ...rest } = stored as StoredCampaignSearch;
  const { bidsOpenAt: _atOneInstant, ...any } = ANY_CAMPAIGN;
  return {
    ...any,
    openForBids: false,
    ...rest,
    cashAtLeast: moneyIn(cashAtLeast),
    cashAtMost: moneyIn(cashAtMost),
    deadlineFrom: instantIn(deadlineFrom),
    deadlineTo: instantIn(deadlineTo),
  };
}

export function influencerSearchOf(stored: StoredFilter): InfluencerSearch {
  const { minFollowers, maxFollowers, priceAtLeast, priceAtMost, ...rest } = stored as StoredInfluencerSearch;
  return {
    ...ANY_INFLUENCER,
    ...rest,
    minFollowers: countIn(minFollowers),
    maxFollowers: countIn(maxFollowers),
    priceAtLeast: moneyIn(priceAtLeast),
    priceAtMost: moneyIn(priceAtMost),
  };
}

/** The filter for a search at an instant. */
export function campaignFilterAt({ openForBids, ...filter }: CampaignSearch, now: Date): CampaignFilter {
  return { ...filter, bidsOpenAt: openForBids ? now : null };
}

function moneyIn(stored: StoredMoney | undefined): Money | null {
  return stored ? moneyOf(BigInt(stored.amountMinor), stored.currency) : null;
}

function instantIn(stored: string | undefined): Date | null {
  return stored === undefined ? null : new Date(stored);
}

function countIn(stored: string | undefined): bigint | null {
  return stored === undefined ? null : BigInt(stored);
}
