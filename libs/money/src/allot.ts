import { DuplicatePartKey, NegativePool, NegativeShare, NoWeightToAllotBy, SharesDoNotSumToOne } from './errors';
import { indexesOfLargest } from './largest-remainders';
import { greatestCommonDivisor, type Rational } from './rational';

/** Minor units per key, in the order of the parts given. */
export type Allotment = ReadonlyMap<string, bigint>;

export interface SharePart {
  readonly key: string;
  readonly share: Rational;
}

export interface WeightPart {
  readonly key: string;
  readonly weight: bigint;
}

/**
 * Allots a pool of minor units by exact shares: largest remainder, ties by sha256 of `tieSeed` and the part's key.
 * Parts sum to the pool, each is within one unit of exact, zero shares get zero, the order of parts does not matter.
 * Throws `NegativePool`, `NegativeShare`, `SharesDoNotSumToOne`, `DuplicatePartKey`.
 */
export function allot(poolMinor: bigint, parts: readonly SharePart[], tieSeed: string): Allotment {
  const denominator = commonDenominator(parts);
  const weights = parts.map(({ share }) => share.numerator * (denominator / share.denominator));
  if (sumOfWeights(parts, weights) !== denominator) throw new SharesDoNotSumToOne();
  return allotByLargestRemainder(poolMinor, parts, weights, denominator, tieSeed);
}

/**
 * Allots a pool by integer weights under the same rule. Where the pool is at most the sum of the weights, no part gets
 * more than its weight: so a refund allotted over the remaining parts never takes more than is left of one.
 * Throws `NegativePool`, `NegativeShare`, `NoWeightToAllotBy` (weights all zero, pool not), `DuplicatePartKey`.
 */
export function allotByWeights(poolMinor: bigint, parts: readonly WeightPart[], tieSeed: string): Allotment {
  const weights = parts.map(({ weight }) => weight);
  const total = sumOfWeights(parts, weights);
  if (total === 0n && poolMinor > 0n) throw new NoWeightToAllotBy();
  // With every weight zero the pool is zero as well, and any divisor gives each part its zero.
  return allotByLargestRemainder(poolMinor, parts, weights, total === 0n ? 1n : total, tieSeed);
}

/** Exact part i is pool × weights[i] / total, and the weights sum to `total`. */
function allotByLargestRemainder(
  poolMinor: bigint,
  parts: readonly { readonly key: string }[],
  weights: readonly bigint[],
  total: bigint,
  tieSeed: string,
): Allotment {
  if (poolMinor < 0n) throw new NegativePool();
  const keys = parts.map(({ key }) => key);
  const amounts: bigint[] = [];
  const remainders: bigint[] = [];
  let leftMinor = poolMinor;
  for (const weight of weights) {
    const product = poolMinor * weight;
    const whole = product / total;
    amounts.push(whole);
    remainders.push(product - whole * total);
    leftMinor -= whole;
  }
  // Fewer units are left than parts have a remainder, so each gets one at most and a zero share gets none.
  const luckyIndexes = leftMinor === 0n ? [] : indexesOfLargest(remainders, Number(leftMinor), keys, tieSeed);
  for (const index of luckyIndexes) amounts[index] = (amounts[index] ?? 0n) + 1n;
  const allotment = new Map(keys.map((key, index) => [key, amounts[index] ?? 0n]));
  if (allotment.size !== keys.length) throw new DuplicatePartKey();
  return allotment;
}

function sumOfWeights(parts: readonly { readonly key: string }[], weights: readonly bigint[]): bigint {
  let total = 0n;
  weights.forEach((weight, index) => {
    if (weight < 0n) throw new NegativeShare(parts[index]?.key ?? '');
    total += weight;
  });
  return total;
}

function commonDenominator(parts: readonly SharePart[]): bigint {
  let common = 1n;
  for (const { share } of parts) {
    // Compiled plans mostly share a denominator: one division is cheaper than a greatest common divisor.
    if (common % share.denominator === 0n) continue;
    common *= share.denominator / greatestCommonDivisor(common, share.denominator);
  }
  return common;
}
