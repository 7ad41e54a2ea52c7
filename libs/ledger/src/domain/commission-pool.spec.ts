import * as fc from 'fast-check';
import { type CommissionTerms, commissionPool } from './commission-pool';
import { InvalidCommissionTerms } from './errors';

const flat = (rate: string): CommissionTerms => ({ rate, tiers: [], capMinor: null });
const tiered: CommissionTerms = {
  rate: '0.10',
  tiers: [
    { fromNetSalesMinor: 1000n, rate: '0.15' },
    { fromNetSalesMinor: 5000n, rate: '0.05' },
  ],
  capMinor: null,
};

describe('commissionPool', () => {
  it.each([
    [5n, '0.5', 2n],
    [7n, '0.5', 4n],
    [9999n, '0.10', 1000n],
    [1n, '0.10', 0n],
  ])('takes of a sale of %s at %s, half-even, %s', (base, rate, pool) => {
    expect(commissionPool(flat(rate), 123n, 123n + base)).toBe(pool);
  });

  it('pays each tier on the part above its start only', () => {
    expect(commissionPool(tiered, 0n, 1000n)).toBe(100n);
    expect(commissionPool(tiered, 1000n, 5000n)).toBe(600n);
    expect(commissionPool(tiered, 900n, 1100n)).toBe(25n);
    expect(commissionPool(tiered, 0n, 6000n)).toBe(750n);
  });

  it('pays no more than the cap in all', () => {
    const capped = { ...flat('0.10'), capMinor: 50n };
    expect(commissionPool(capped, 0n, 400n)).toBe(40n);
    expect(commissionPool(capped, 400n, 900n)).toBe(10n);
    expect(commissionPool(capped, 900n, 9000n)).toBe(0n);
  });

  it('pays nothing while refunds hold the running net sales below zero', () => {
    expect(commissionPool(tiered, -500n, -100n)).toBe(0n);
    expect(commissionPool(tiered, -500n, 100n)).toBe(10n);
  });

  it('pays the same in all, in whatever order and pieces tiered or capped sales arrive', () => {
    const terms = fc.constantFrom<CommissionTerms>(
      tiered,
      { ...tiered, capMinor: 333n },
      { ...flat('1/3'), capMinor: 777n },
    );
    const sales = fc.array(fc.bigInt(0n, 3000n), { maxLength: 12 });
    fc.assert(
      fc.property(terms, sales, (agreed, bases) => {
        let [running, paid] = [0n, 0n];
        for (const base of bases) {
          const pool = commissionPool(agreed, running, running + base);
          expect(pool >= 0n && pool <= base + 1n).toBe(true);
          paid += pool;
          running += base;
        }
        expect(paid).toBe(commissionPool(agreed, 0n, running));
      }),
    );
  });

  it.each<[string, CommissionTerms]>([
    ['a rate above the whole', flat('1.01')],
    ['a tier above the whole', { ...tiered, tiers: [{ fromNetSalesMinor: 1n, rate: '2' }] }],
    ['tiers out of order', { ...tiered, tiers: tiered.tiers.toReversed() }],
    ['a tier from zero', { ...tiered, tiers: [{ fromNetSalesMinor: 0n, rate: '0.1' }] }],
    ['a cap below zero', { ...tiered, capMinor: -1n }],
  ])('refuses %s', (_what, terms) => {
    expect(() => commissionPool(terms, 0n, 100n)).toThrow(InvalidCommissionTerms);
  });

  it('refuses running net sales that fall', () => {
    expect(() => commissionPool(flat('0.1'), 100n, 99n)).toThrow(InvalidCommissionTerms);
  });
});
