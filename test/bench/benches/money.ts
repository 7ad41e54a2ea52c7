import { allot, Rational } from '@evenhand/money';
import type { Bench, Measurement } from '../bench';
import { compareRates } from '../compare-rates';

const POOLS_MINOR = [1n, 99n, 10_001n, 123_456_789n, 9_999_999_999_999n];
/** A plan is a handful of cuts; the long one stands for a stack of agencies far beyond practice. */
const PLANS: Readonly<Record<string, readonly string[]>> = {
  'three parts that rarely tie': ['1/10', '7/20', '11/20'],
  'three equal parts': ['1/3', '1/3', '1/3'],
  'twelve parts, eleven of them equal': ['1/2', ...Array.from({ length: 11 }, () => '1/22')],
};
/** The rule itself asks for a sha256 per tied part, the cost of some dozens of multiplications; less than this is waste. */
const GOAL = 0.003;

/** How near allotment comes to what no allotment can do without: a multiplication and a division a part. */
export const money: Bench = {
  name: 'money',
  about: 'allot a pool by a plan, against a plain loop of bigint multiplications and divisions over the same parts',
  async *run() {
    for (const [name, shares] of Object.entries(PLANS)) {
      yield measure(
        name,
        shares.map((share) => Rational.parse(share)),
      );
    }
  },
};

function measure(name: string, shares: readonly Rational[]): Measurement {
  const parts = shares.map((share, index) => ({ key: `party-${index}`, share }));
  let next = 0;
  const nextPool = (): bigint => POOLS_MINOR[(next += 1) % POOLS_MINOR.length] ?? 0n;
  const rates = compareRates(
    () => allot(nextPool(), parts, 'event'),
    () => multiplyPlainly(nextPool(), shares),
  );
  return { case: name, ...rates, unit: 'allotments/s', goal: GOAL, better: 'more' };
}

function multiplyPlainly(poolMinor: bigint, shares: readonly Rational[]): bigint {
  let sumMinor = 0n;
  for (const { numerator, denominator } of shares) sumMinor += (poolMinor * numerator) / denominator;
  return sumMinor;
}
