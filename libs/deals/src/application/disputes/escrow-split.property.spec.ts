import { compileSplitPlan, type Cut, type SplitPlan, splitPool } from '@evenhand/ledger';
import { Rational } from '@evenhand/money';
import * as fc from 'fast-check';
import { grossOfPool, splitEscrow } from './escrow-split';

const share = fc
  .tuple(fc.bigInt(0n, 1000n), fc.bigInt(1n, 1000n))
  .map(([a, b]) => (a <= b ? Rational.of(a, b) : Rational.of(b, a)));
const bounds = fc
  .record({ least: fc.bigInt(1n, 5000n), more: fc.bigInt(0n, 5000n) })
  .map(({ least, more }) => ({ minMinor: `${least}`, maxMinor: `${least + more}` }));

/** A fee of the platform, on top or of the pool, and the cut of an agency. */
const plan: fc.Arbitrary<SplitPlan> = fc
  .record({ fee: share, isOnTop: fc.boolean(), bounds: fc.option(bounds), agency: share })
  .map(({ fee, isOnTop, bounds: within, agency }) => {
    const platform: Cut = {
      partyId: 'house',
      role: 'platform',
      of: isOnTop ? 'on_top' : 'remainder',
      share: fee.toString(),
      ...(fee.equals(Rational.ZERO) ? {} : within),
    };
    const cut: Cut = { partyId: 'agency', role: 'agency', of: 'remainder', share: agency.toString() };
    return compileSplitPlan('lin', [platform, cut], 'EUR');
  });
const pool = fc.oneof(fc.bigInt(1n, 100n), fc.bigInt(1n, 2n ** 50n));

describe('dividing what was set aside for a deliverable', () => {
  it('loses and makes no cent: what the payees get and what the brand gets back is all of it', () => {
    fc.assert(
      fc.property(plan, pool, share, fc.uuid(), (cuts, poolMinor, kept, eventId) => {
        const split = splitEscrow(cuts, poolMinor, kept);
        expect(split.returnedMinor).toBeGreaterThanOrEqual(0n);
        expect(split.keptMinor + split.returnedMinor).toBe(grossOfPool(cuts, poolMinor));
        const { grossMinor, shares } = splitPool(cuts, split.poolMinor, eventId);
        expect(grossMinor).toBe(split.keptMinor);
        expect(shares.reduce((sum, part) => sum + part.amountMinor, 0n)).toBe(split.keptMinor);
      }),
    );
  });

  it('gives more for a greater share, nothing for none and all for the whole', () => {
    fc.assert(
      fc.property(plan, pool, share, share, (cuts, poolMinor, one, other) => {
        const [less, more] = one.compare(other) <= 0 ? [one, other] : [other, one];
        const [low, high] = [splitEscrow(cuts, poolMinor, less), splitEscrow(cuts, poolMinor, more)];
        expect(low.keptMinor).toBeLessThanOrEqual(high.keptMinor);
        expect(splitEscrow(cuts, poolMinor, Rational.ZERO).keptMinor).toBe(0n);
        expect(splitEscrow(cuts, poolMinor, Rational.ONE).returnedMinor).toBe(0n);
      }),
    );
  });
});
