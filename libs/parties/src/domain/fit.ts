import type { Money } from '@evenhand/money';
import type { AudienceShare, Channel } from './channel';

export const FIT_CODES = [
  'PLATFORM_MATCH',
  'CATEGORY_MATCH',
  'AUDIENCE_MATCH',
  'MARKET_MATCH',
  'LANGUAGE_MATCH',
  'WITHIN_PRICE_RANGE',
] as const;
export type FitCode = (typeof FIT_CODES)[number];

/**
 * What each reason adds to a score, 100 at most together. Those of `AUDIENCE_MATCH` are the most it adds: one for each
 * {@link PERCENT_PER_POINT} whole percent of the audience in the wanted market where most of it lives.
 */
export const FIT_WEIGHTS: Readonly<Record<FitCode, number>> = {
  PLATFORM_MATCH: 25,
  CATEGORY_MATCH: 20,
  AUDIENCE_MATCH: 20,
  MARKET_MATCH: 15,
  LANGUAGE_MATCH: 10,
  WITHIN_PRICE_RANGE: 10,
};
export const PERCENT_PER_POINT = 5;

/** What of an influencer a campaign is compared with. Everything in it is part of the public profile. */
export interface FitProfile {
  readonly platforms: readonly string[];
  readonly categories: readonly string[];
  readonly markets: readonly string[];
  readonly languages: readonly string[];
  /** Of each country the greatest share of any channel's audience. */
  readonly audienceCountries: readonly AudienceShare[];
  readonly askingPrices: readonly Money[];
}

/** What of a campaign an influencer is compared with. Everything in it is part of the brief that bidders read. */
export interface FitAsks {
  readonly platforms: readonly string[];
  readonly categories: readonly string[];
  readonly markets: readonly string[];
  readonly languages: readonly string[];
  /** The most cash offered in each currency, minor units. */
  readonly cashCeilings: readonly Money[];
}

/** One stated part of a score. */
export interface FitReason {
  readonly code: FitCode;
  readonly weight: number;
  /** What both sides name: platforms, categories, countries, languages or currencies. */
  readonly values: readonly string[];
  /** The share of the audience, for `AUDIENCE_MATCH`. */
  readonly percent: number | null;
}

export interface Fit {
  /** The sum of the weights of the reasons, 0–100. */
  readonly score: number;
  readonly reasons: readonly FitReason[];
}

/** Why an influencer and a campaign fit each other, heaviest codes first. */
export function fitReasons(profile: FitProfile, asks: FitAsks): readonly FitReason[] {
  const reasons = [
    reason('PLATFORM_MATCH', common(profile.platforms, asks.platforms)),
    reason('CATEGORY_MATCH', common(profile.categories, asks.categories)),
    audienceReason(profile.audienceCountries, asks.markets),
    reason('MARKET_MATCH', common(profile.markets, asks.markets)),
    reason('LANGUAGE_MATCH', common(profile.languages, asks.languages)),
    reason('WITHIN_PRICE_RANGE', affordable(profile.askingPrices, asks.cashCeilings)),
  ];
  return reasons.filter(({ values, weight }) => values.length > 0 && weight > 0);
}

/** Points for a share of the audience. */
export function audienceWeight(percent: number): number {
  return Math.min(Math.floor(percent / PERCENT_PER_POINT), FIT_WEIGHTS.AUDIENCE_MATCH);
}

/** What all channels together give a profile to be found by. */
export function reachOf(channels: readonly Pick<Channel, 'platform' | 'audience'>[]) {
  const countries = new Map<string, number>();
  for (const { segment, percent } of channels.flatMap(({ audience }) => audience.countries)) {
    countries.set(segment, Math.max(percent, countries.get(segment) ?? 0));
  }
  return {
    platforms: [...new Set(channels.map(({ platform }) => platform))].sort(),
    audienceCountries: [...countries].map(([segment, percent]): AudienceShare => ({ segment, percent })),
  };
}

function reason(code: FitCode, values: readonly string[]): FitReason {
  return { code, weight: FIT_WEIGHTS[code], values, percent: null };
}

function audienceReason(shares: readonly AudienceShare[], markets: readonly string[]): FitReason {
  const wanted = shares.filter(({ segment }) => markets.includes(segment));
  const percent = Math.max(0, ...wanted.map((share) => share.percent));
  const values = wanted.filter((share) => share.percent === percent).map(({ segment }) => segment);
  return { code: 'AUDIENCE_MATCH', weight: audienceWeight(percent), values: values.sort(), percent };
}

function common(ours: readonly string[], theirs: readonly string[]): readonly string[] {
  return [...new Set(ours)].filter((value) => theirs.includes(value)).sort();
}

function affordable(prices: readonly Money[], ceilings: readonly Money[]): readonly string[] {
  const within = prices.filter(({ currency, amountMinor }) =>
    ceilings.some((ceiling) => ceiling.currency === currency && ceiling.amountMinor >= amountMinor),
  );
  return within.map(({ currency }) => currency).sort();
}
