import { Rational } from '@evenhand/money';
import * as fc from 'fast-check';
import { allotRefund } from './allot-refund';
import { type PoolSplit, splitPool } from './split-pool';
import { compileSplitPlan, type Cut, type SplitPlan } from './split-plan';

const share = fc
  .tuple(fc.bigInt(0n, 1000n), fc.bigInt(1n, 1000n))
  .map(([a, b]) => (a <= b ? Rational.of(a, b) : Rational.of(b, a)).toString());
const bound = fc.oneof(fc.bigInt(1n, 100n), fc.bigInt(1n, 2n ** 40n));
const bounds = fc
  .record({ least: fc.option(bound), more: fc.option(bound) })
  .map(({ least, more }): Pick<Cut, 'minMinor' | 'maxMinor'> => ({
    ...(least !== null && { minMinor: `${least}` }),
    ...(more !== null && { maxMinor: `${more + (least ?? 0n)}` }),
  }));
const link = fc.record({ share, isPlatform: fc.boolean(), bounds });

/** Cuts of what is left never exceed the whole, so any chain of them compiles. */
const unbounded: fc.Arbitrary<SplitPlan> = fc
  .array(link, { maxLength: 6 })
  .map((links) => compileSplitPlan('lin', links.map(cutOf)));

/** Chains with bounds, and often a cut on top. */
const bounded: fc.Arbitrary<SplitPlan> = fc
  .record({ links: fc.array(link, { minLength: 1, maxLength: 6 }), onTop: fc.option(link) })
  .map(({ links, onTop }) => {
    const cuts = links.map((each, index) => ({ ...cutOf(each, index), ...(each.share === '0' ? {} : each.bounds) }));
    const fee: Cut[] = onTop
      ? [
          {
            partyId: 'house',
            role: 'platform',
            of: 'on_top',
            share: onTop.share,
            ...(onTop.share === '0' ? {} : onTop.bounds),
          },
        ]
      : [];
    return compileSplitPlan('lin', [...fee, ...cuts], 'EUR');
  });
const amount = fc.oneof(fc.bigInt(0n, 100n), fc.bigInt(0n, 2n ** 61n));

function cutOf({ share: taken, isPlatform }: { share: string; isPlatform: boolean }, index: number): Cut {
  const party = isPlatform
    ? ({ partyId: 'platform', role: 'platform' } as const)
    : ({ partyId: `a${index}`, role: 'agency' } as const);
  return { ...party, of: 'remainder', share: taken };
}

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, part) => sum + part, 0n);

function expectExactParts({ grossMinor, shares }: PoolSplit): void {
  expect(sumOf(shares.map((part) => part.amountMinor))).toBe(grossMinor);
  const whole = shares.reduce((sum, part) => sum.add(Rational.parse(part.share)), Rational.ZERO);
  expect(whole.toString()).toBe('1');
  for (const part of shares) {
    const exact = Rational.parse(part.share).multiply(Rational.of(grossMinor, 1n));
    const error = Rational.of(part.amountMinor, 1n).subtract(exact);
    expect(error.compare(Rational.ONE)).toBe(-1);
    expect(error.compare(Rational.of(-1n, 1n))).toBe(1);
    if (exact.equals(Rational.ZERO)) expect(part.amountMinor).toBe(0n);
  }
}

describe('splitPool', () => {
  it('gives parts that sum to the gross, each within one unit of its exact share, zero shares zero', () => {
    fc.assert(
      fc.property(fc.oneof(unbounded, bounded), amount, fc.uuid(), (plan, poolMinor, eventId) => {
        const split = splitPool(plan, poolMinor, eventId);
        expectExactParts(split);
        if (poolMinor === 0n) expect(split.grossMinor).toBe(0n);
      }),
    );
  });

  it('gives the same parts again, also by a plan that was stored and read back', () => {
    fc.assert(
      fc.property(fc.oneof(unbounded, bounded), amount, fc.uuid(), (plan, poolMinor, eventId) => {
        const stored = JSON.parse(JSON.stringify(plan)) as SplitPlan;
        expect(splitPool(stored, poolMinor, eventId)).toEqual(splitPool(plan, poolMinor, eventId));
      }),
    );
  });

  it('never gives a party with one cut more than its most, nor less than its least while there is as much left', () => {
    fc.assert(
      fc.property(bounded, amount, fc.uuid(), (plan, poolMinor, eventId) => {
        const { shares } = splitPool(plan, poolMinor, eventId);
        const influencerMinor = shares.at(-1)?.amountMinor ?? 0n;
        for (const cut of plan.cuts) {
          if (plan.cuts.filter(({ partyId }) => partyId === cut.partyId).length > 1) continue;
          const amountMinor = shares.find(({ partyId }) => partyId === cut.partyId)?.amountMinor ?? 0n;
          if (cut.maxMinor !== undefined) expect(amountMinor <= BigInt(cut.maxMinor)).toBe(true);
          if (cut.minMinor !== undefined && poolMinor > 0n && influencerMinor > 0n) {
            expect(amountMinor >= BigInt(cut.minMinor)).toBe(true);
          }
        }
      }),
    );
  });

  it('splits the pool untouched where the brand pays the fee on top', () => {
    fc.assert(
      fc.property(unbounded, share, amount, fc.uuid(), ({ cuts }, rate, poolMinor, eventId) => {
        const onTop: Cut = { partyId: 'house', role: 'platform', of: 'on_top', share: rate };
        const without = splitPool(compileSplitPlan('lin', cuts), poolMinor, eventId);
        const [fee, ...others] = splitPool(compileSplitPlan('lin', [...cuts, onTop]), poolMinor, eventId).shares;
        expect(fee?.partyId).toBe('house');
        expect(others.map(({ amountMinor }) => amountMinor)).toEqual(
          without.shares.map(({ amountMinor }) => amountMinor),
        );
      }),
    );
  });

  it('gives no less to anybody of a larger pool than rounding can explain', () => {
    fc.assert(
      fc.property(unbounded, amount, fc.bigInt(0n, 1000n), fc.uuid(), (plan, poolMinor, more, eventId) => {
        const of = (minor: bigint) => splitPool(plan, minor, eventId).shares.map((part) => part.amountMinor);
        const larger = of(poolMinor + more);
        of(poolMinor).forEach((minor, index) => expect((larger[index] ?? 0n) >= minor - 1n).toBe(true));
      }),
    );
  });

  it('is taken back to exactly nothing by refunds that make the whole, a fee on top included', () => {
    fc.assert(
      fc.property(bounded, fc.bigInt(1n, 10_000n), fc.bigInt(1n, 9_999n), (plan, poolMinor, cutAt) => {
        const { grossMinor, shares } = splitPool(plan, poolMinor, 'sale');
        const first = (cutAt % poolMinor) + 0n;
        let left = {
          sourceId: 'sale',
          baseMinor: poolMinor,
          baseReversedMinor: 0n,
          grossMinor,
          grossReversedMinor: 0n,
          parts: shares.map((part) => ({ ...part, reversedMinor: 0n })),
        };
        for (const baseMinor of [first, poolMinor - first].filter((minor) => minor > 0n)) {
          const taken = allotRefund(left, baseMinor, 'refund');
          left = {
            ...left,
            baseReversedMinor: left.baseReversedMinor + baseMinor,
            grossReversedMinor: left.grossReversedMinor + taken.grossMinor,
            parts: left.parts.map((part, index) => ({
              ...part,
              reversedMinor: part.reversedMinor + (taken.partsMinor[index] ?? 0n),
            })),
          };
        }
        expect(left.parts.map((part) => part.amountMinor - part.reversedMinor)).toEqual(shares.map(() => 0n));
      }),
    );
  });
});
