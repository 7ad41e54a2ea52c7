import fc from 'fast-check';
import { allot, allotByWeights, type Allotment } from './allot';
import { SharesDoNotSumToOne } from './errors';
import { Rational } from './rational';

interface Weighted {
  readonly key: string;
  readonly weight: bigint;
}

const pools = fc.oneof(fc.bigInt({ min: 0n, max: 20n }), fc.bigInt({ min: 0n, max: 2n ** 62n }));
// Small weights make many ties, large ones make remainders that differ in the last place only.
const weights = fc.oneof(fc.constant(0n), fc.bigInt({ min: 1n, max: 4n }), fc.bigInt({ min: 0n, max: 10n ** 18n }));
const weighted: fc.Arbitrary<Weighted[]> = fc
  .uniqueArray(fc.record({ key: fc.string(), weight: weights }), {
    minLength: 1,
    maxLength: 12,
    selector: ({ key }) => key,
  })
  .filter((parts) => total(parts) > 0n);
const seeds = fc.string();

function total(parts: readonly Weighted[]): bigint {
  return parts.reduce((sum, { weight }) => sum + weight, 0n);
}

function toShares(parts: readonly Weighted[]) {
  return parts.map(({ key, weight }) => ({ key, share: Rational.of(weight, total(parts)) }));
}

/** What defines the largest remainder: the sum, each part rounded down or up, no smaller remainder rounded up before a larger. */
function expectLargestRemainder(poolMinor: bigint, parts: readonly Weighted[], allotted: Allotment): void {
  const whole = total(parts);
  expect([...allotted.keys()]).toEqual(parts.map(({ key }) => key));
  expect([...allotted.values()].reduce((sum, part) => sum + part, 0n)).toBe(poolMinor);
  let lowestRaised = whole;
  let highestLeft = 0n;
  for (const { key, weight } of parts) {
    const floor = (poolMinor * weight) / whole;
    const remainder = (poolMinor * weight) % whole;
    const part = allotted.get(key);
    if (weight === 0n) expect(part).toBe(0n);
    expect(part === floor || (remainder > 0n && part === floor + 1n)).toBe(true);
    if (part === floor && remainder > highestLeft) highestLeft = remainder;
    if (part !== floor && remainder < lowestRaised) lowestRaised = remainder;
  }
  expect(lowestRaised >= highestLeft).toBe(true);
}

describe('allotment of any pool over up to 12 parts', () => {
  it('by shares is the largest remainder: sums to the pool, within one unit of exact, zero shares zero', () => {
    fc.assert(
      fc.property(pools, weighted, seeds, (pool, parts, seed) => {
        expectLargestRemainder(pool, parts, allot(pool, toShares(parts), seed));
      }),
      { numRuns: 1_000 },
    );
  });

  it('by weights is the largest remainder', () => {
    fc.assert(
      fc.property(pools, weighted, seeds, (pool, parts, seed) => {
        expectLargestRemainder(pool, parts, allotByWeights(pool, parts, seed));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is the same by shares and by weights in the same proportions', () => {
    fc.assert(
      fc.property(pools, weighted, seeds, (pool, parts, seed) => {
        expect(allot(pool, toShares(parts), seed)).toEqual(allotByWeights(pool, parts, seed));
      }),
    );
  });

  it('does not depend on the order of the parts', () => {
    const shuffled = weighted.chain((parts) =>
      fc.tuple(fc.constant(parts), fc.shuffledSubarray(parts, { minLength: parts.length })),
    );
    fc.assert(
      fc.property(pools, shuffled, seeds, (pool, [parts, otherOrder], seed) => {
        const allotted = allotByWeights(pool, parts, seed);
        const again = allotByWeights(pool, otherOrder, seed);
        expect(parts.map(({ key }) => again.get(key))).toEqual([...allotted.values()]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('refuses shares off by the smallest step', () => {
    const step = Rational.parse('0.000000000000000001');
    fc.assert(
      fc.property(pools, weighted, seeds, fc.boolean(), (pool, parts, seed, isOver) => {
        const [first, ...rest] = toShares(parts);
        const share = isOver ? first!.share.add(step) : first!.share.subtract(step);
        fc.pre(share.compare(Rational.ZERO) >= 0);
        expect(() => allot(pool, [{ key: first!.key, share }, ...rest], seed)).toThrow(SharesDoNotSumToOne);
      }),
    );
  });
});

describe('refunds over the remaining parts', () => {
  const withPool = weighted.chain((parts) => fc.tuple(fc.constant(parts), fc.bigInt({ min: 0n, max: total(parts) })));

  it('never take more from a part than is left of it', () => {
    fc.assert(
      fc.property(withPool, seeds, ([parts, pool], seed) => {
        const allotted = allotByWeights(pool, parts, seed);
        for (const { key, weight } of parts) expect((allotted.get(key) ?? 0n) <= weight).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('bring every part to exactly zero once the whole gross is refunded, in however many steps', () => {
    const fractions = fc.array(fc.bigInt({ min: 0n, max: 100n }), { maxLength: 6 });
    fc.assert(
      fc.property(weighted, fractions, seeds, (parts, percents, seed) => {
        let remaining: readonly Weighted[] = parts;
        for (const percent of [...percents, 100n]) {
          const taken = allotByWeights((total(remaining) * percent) / 100n, remaining, seed);
          remaining = remaining.map(({ key, weight }) => ({ key, weight: weight - (taken.get(key) ?? 0n) }));
          expect(remaining.every(({ weight }) => weight >= 0n)).toBe(true);
        }
        expect(remaining.every(({ weight }) => weight === 0n)).toBe(true);
      }),
    );
  });
});
