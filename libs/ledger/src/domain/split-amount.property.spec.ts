import { Rational } from '@evenhand/money';
import * as fc from 'fast-check';
import { splitAmount } from './split-amount';
import { compileSplitPlan, type Cut } from './split-plan';

const share = fc
  .tuple(fc.bigInt(0n, 1000n), fc.bigInt(1n, 1000n))
  .map(([a, b]) => (a <= b ? Rational.of(a, b) : Rational.of(b, a)).toString());
/** Cuts of what is left never exceed the whole, so any chain of them compiles. */
const chain: fc.Arbitrary<readonly Cut[]> = fc
  .array(fc.record({ share, isPlatform: fc.boolean() }), { maxLength: 6 })
  .map((cuts) =>
    cuts.map(({ share: taken, isPlatform }, index): Cut => {
      const party = isPlatform
        ? ({ partyId: 'platform', role: 'platform' } as const)
        : ({ partyId: `a${index}`, role: 'agency' } as const);
      return { ...party, of: 'remainder', share: taken };
    }),
  );
const amount = fc.oneof(fc.bigInt(0n, 100n), fc.bigInt(0n, 2n ** 62n));

describe('splitAmount', () => {
  it('gives parts that sum to the amount, each within one unit of exact, zero shares zero', () => {
    fc.assert(
      fc.property(chain, amount, fc.uuid(), (cuts, amountMinor, eventId) => {
        const plan = compileSplitPlan('lin', cuts);
        const parts = splitAmount(plan, amountMinor, eventId);
        expect(parts.reduce((sum, part) => sum + part.amountMinor, 0n)).toBe(amountMinor);
        for (const part of parts) {
          const exact = Rational.parse(part.share).multiply(Rational.of(amountMinor, 1n));
          const error = Rational.of(part.amountMinor, 1n).subtract(exact);
          expect(error.compare(Rational.ONE)).toBe(-1);
          expect(error.compare(Rational.of(-1n, 1n))).toBe(1);
          if (exact.equals(Rational.ZERO)) expect(part.amountMinor).toBe(0n);
        }
      }),
    );
  });

  it('gives the same parts again, also by a plan that was stored and read back', () => {
    fc.assert(
      fc.property(chain, amount, fc.uuid(), (cuts, amountMinor, eventId) => {
        const plan = compileSplitPlan('lin', cuts);
        const stored = JSON.parse(JSON.stringify(plan)) as typeof plan;
        expect(splitAmount(stored, amountMinor, eventId)).toEqual(splitAmount(plan, amountMinor, eventId));
      }),
    );
  });
});
