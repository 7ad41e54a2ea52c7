import { type CommissionCost, commissionCostOf, fixedCostOf, type FixedCost, type OpenBidOffer } from '@evenhand/deals';
import { type Money, multiplyRoundHalfEven, Rational } from '@evenhand/money';
import type { PartyName } from '@evenhand/parties';
import { basisFor, type ForecastBasis, type PastResult, type Spread, spreadOf } from '../domain/forecast';

/** Low, expected and high of anything. */
export interface Range<T> {
  readonly low: T;
  readonly expected: T;
  readonly high: T;
}

/** The brand's own idea of what a deal will sell. */
export interface SalesAssumption {
  readonly netSales: Money;
  /** Of it, in livestreams; in the same currency. */
  readonly livestreamMinor: bigint;
}

/** What is expected, and what that rests on. */
export interface Expectation extends Range<bigint> {
  readonly basis: ForecastBasis;
  /** How many past deals it rests on; 0 for an assumption. */
  readonly deals: number;
}

export const NO_FORECAST_REASONS = ['no_commission', 'too_few_deals', 'other_currency'] as const;
/** `no_commission`: the offer pays nothing by sales; `other_currency`: the assumption is not in the commission's. */
export type NoForecastReason = (typeof NO_FORECAST_REASONS)[number];

/** An open bid as the brand compares it; amounts in minor units. */
export interface ComparedBid extends FixedCost {
  readonly bidId: string;
  readonly influencer: PartyName;
  readonly offerNumber: number;
  readonly side: OpenBidOffer['side'];
  readonly expiresAt: Date;
  readonly netSales: Expectation | null;
  readonly noForecastReason: NoForecastReason | null;
  readonly clicks: Expectation | null;
  readonly commissionCurrency: string | null;
  readonly commission: Range<CommissionCost> | null;
  /** All money together; null where it cannot be known, or is in two currencies. */
  readonly effectiveCost: (Range<bigint> & { readonly currency: string }) | null;
  /** On channels of the campaign's platforms; null where none is stated. */
  readonly followers: bigint | null;
  /** Of the expected effective cost. */
  readonly costPerThousandFollowersMinor: bigint | null;
  readonly costPerClickMinor: bigint | null;
}

/** What is known of an influencer. */
export interface BidderFacts {
  readonly influencer: PartyName;
  readonly followers: bigint | null;
  /** Past deals with commission in the currency of the offer's. */
  readonly results: readonly PastResult[];
  /** In any currency: clicks have none. */
  readonly allResults: readonly PastResult[];
}

/** One bid by its cost: by the brand's assumption where it states one, else by what she did before, else not at all. */
export function compareBid(
  offer: OpenBidOffer,
  brandId: string,
  facts: BidderFacts,
  assumption: SalesAssumption | null,
): ComparedBid {
  const { bidId, offerNumber, side, expiresAt, terms } = offer;
  const fixed = fixedCostOf(terms);
  const commissionCurrency = terms.compensation.commission?.currency ?? null;
  const forecast = assumption ? assumed(assumption, commissionCurrency) : remembered(offer, brandId, facts.results);
  const known = typeof forecast === 'string' ? null : forecast;
  const commission = known && rangeOf((at) => commissionCostOf(terms, known.figures[at]) ?? NOTHING);
  const effectiveCost = effectiveCostOf(fixed, commissionCurrency, commission);
  const clicks = clicksOf(brandId, facts.allResults);
  const expected = effectiveCost?.expected ?? null;
  return {
    ...fixed,
    bidId,
    offerNumber,
    side,
    expiresAt,
    influencer: facts.influencer,
    followers: facts.followers,
    netSales: known?.netSales ?? null,
    noForecastReason: typeof forecast === 'string' ? forecast : null,
    clicks,
    commissionCurrency,
    commission,
    effectiveCost,
    costPerThousandFollowersMinor: perUnit(expected, 1000n, facts.followers),
    costPerClickMinor: perUnit(expected, 1n, clicks && clicks.expected),
  };
}

const NOTHING: CommissionCost = { commissionMinor: 0n, bonusMinor: 0n, feeMinor: 0n };

interface Forecast {
  readonly netSales: Expectation;
  readonly figures: Range<Parameters<typeof commissionCostOf>[1]>;
}

function assumed({ netSales, livestreamMinor }: SalesAssumption, currency: string | null): Forecast | NoForecastReason {
  if (currency === null) return 'no_commission';
  if (netSales.currency !== currency) return 'other_currency';
  const { amountMinor } = netSales;
  const figures = { noteMinor: amountMinor - livestreamMinor, livestreamMinor, salesCount: null };
  return {
    netSales: { basis: 'assumption', deals: 0, low: amountMinor, expected: amountMinor, high: amountMinor },
    figures: { low: figures, expected: figures, high: figures },
  };
}

/** By the kinds of work that the brief asks for; each kind at its own quartile where it has a rate of its own. */
function remembered(
  { terms }: OpenBidOffer,
  brandId: string,
  results: readonly PastResult[],
): Forecast | NoForecastReason {
  const { commission } = terms.compensation;
  if (!commission) return 'no_commission';
  const found = basisFor(brandId, results);
  if (!found) return 'too_few_deals';
  const { deliverables } = terms.brief;
  const asksNotes = deliverables.some(({ kind }) => kind !== 'livestream');
  const asksLivestreams = deliverables.some(({ kind }) => kind === 'livestream');
  const apart = commission.livestreamRate !== null;
  const noteOf = (result: PastResult) => (asksNotes ? result.noteMinor : 0n);
  const livestreamOf = (result: PastResult) => (asksLivestreams ? result.livestreamMinor : 0n);
  const note = spreadOf(found.results.map((result) => noteOf(result) + (apart ? 0n : livestreamOf(result))));
  const livestream = spreadOf(found.results.map((result) => (apart ? livestreamOf(result) : 0n)));
  const count = spreadOf(found.results.map((result) => result.salesCount));
  return {
    netSales: {
      basis: found.basis,
      deals: found.results.length,
      ...rangeOf((at) => note[at] + livestream[at]),
    },
    figures: rangeOf((at) => ({ noteMinor: note[at], livestreamMinor: livestream[at], salesCount: count[at] })),
  };
}

function clicksOf(brandId: string, results: readonly PastResult[]): Expectation | null {
  const found = basisFor(brandId, results);
  if (!found) return null;
  const spread = spreadOf(found.results.map(({ clicks }) => clicks));
  return { basis: found.basis, deals: found.results.length, ...spread };
}

function effectiveCostOf(
  { cash }: FixedCost,
  commissionCurrency: string | null,
  commission: Range<CommissionCost> | null,
): ComparedBid['effectiveCost'] {
  if (commissionCurrency !== null && commission === null) return null;
  const currencies = new Set([cash?.currency, commissionCurrency].filter((each) => typeof each === 'string'));
  const [currency] = currencies;
  if (currency === undefined || currencies.size > 1) return null;
  const fixedMinor = cash ? cash.agreedMinor + cash.feeMinor : 0n;
  const all = ({ commissionMinor, bonusMinor, feeMinor }: CommissionCost) =>
    fixedMinor + commissionMinor + bonusMinor + feeMinor;
  return { currency, ...rangeOf((at) => all(commission?.[at] ?? NOTHING)) };
}

function perUnit(costMinor: bigint | null, units: bigint, count: bigint | null): bigint | null {
  if (costMinor === null || count === null || count === 0n) return null;
  return multiplyRoundHalfEven(costMinor, Rational.of(units, count));
}

function rangeOf<T>(valueAt: (at: keyof Spread) => T): Range<T> {
  return { low: valueAt('low'), expected: valueAt('expected'), high: valueAt('high') };
}
