import { multiplyRoundHalfEven, Rational } from '@evenhand/money';

/** Lower quartile, median and upper quartile. */
export interface Spread {
  readonly low: bigint;
  readonly expected: bigint;
  readonly high: bigint;
}

/** What one past deal sold and was clicked on; amounts in minor units. */
export interface PastResult {
  readonly brandId: string;
  readonly noteMinor: bigint;
  readonly livestreamMinor: bigint;
  readonly salesCount: bigint;
  /** Clicks of people: those of machines are not counted. */
  readonly clicks: bigint;
}

export const FORECAST_BASES = ['assumption', 'own_deals', 'marketplace'] as const;
/** `assumption`: the brand's own; `own_deals`: what she did for this brand; `marketplace`: for all brands together. */
export type ForecastBasis = (typeof FORECAST_BASES)[number];

/** Past deals that a forecast may rest on. */
export interface PastBasis {
  readonly basis: Exclude<ForecastBasis, 'assumption'>;
  readonly results: readonly PastResult[];
}

/** So many, of so many other brands, that nobody reads a rival's figures out of them. */
const LEAST_DEALS = 5;
const LEAST_OTHER_BRANDS = 3;

/** Everything she did, where there is enough of it; or else what she did for this brand; null where that is nothing. */
export function basisFor(brandId: string, results: readonly PastResult[]): PastBasis | null {
  const own = results.filter((result) => result.brandId === brandId);
  const others = new Set(results.filter((result) => result.brandId !== brandId).map((result) => result.brandId));
  const isEnough = results.length >= LEAST_DEALS && others.size >= LEAST_OTHER_BRANDS;
  if (isEnough) return { basis: 'marketplace', results };
  return own.length > 0 ? { basis: 'own_deals', results: own } : null;
}

/**
 * Quartiles of what was, by linear interpolation between neighbours, each rounded once half-even; throws RangeError for
 * nothing.
 */
export function spreadOf(values: readonly bigint[]): Spread {
  const ascending = [...values].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));
  return { low: quantile(ascending, 1n), expected: quantile(ascending, 2n), high: quantile(ascending, 3n) };
}

function quantile(ascending: readonly bigint[], quarters: bigint): bigint {
  const place = BigInt(ascending.length - 1) * quarters;
  const below = ascending[Number(place / 4n)];
  const above = ascending[Number((place + 3n) / 4n)];
  if (below === undefined || above === undefined) throw new RangeError('There are no quartiles of nothing.');
  return multiplyRoundHalfEven(1n, Rational.of(4n * below + (above - below) * (place % 4n), 4n));
}
