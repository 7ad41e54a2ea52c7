import { Rational } from '@evenhand/money';
import * as fc from 'fast-check';
import { commissionOfSale, type CommissionTerms, commissionPool } from './commission-pool';

const rate = fc
  .tuple(fc.bigInt(0n, 400n), fc.bigInt(1n, 400n))
  .map(([a, b]) => (a <= b ? Rational.of(a, b) : Rational.of(b, a)).toString());
const tiers = fc
  .uniqueArray(fc.record({ fromNetSalesMinor: fc.bigInt(1n, 20_000n), rate }), {
    maxLength: 5,
    selector: ({ fromNetSalesMinor }) => fromNetSalesMinor,
  })
  .map((given) => given.toSorted((a, b) => (a.fromNetSalesMinor < b.fromNetSalesMinor ? -1 : 1)));
const cap = fc.option(fc.bigInt(0n, 5000n));
const terms: fc.Arbitrary<CommissionTerms> = fc.record({ rate, tiers, capMinor: cap });
/** Terms whose commission depends on the running net sales. */
const running = terms.filter(({ tiers: given, capMinor }) => given.length > 0 || capMinor !== null);
const bases = fc.array(fc.bigInt(0n, 5000n), { maxLength: 12 });
const totalOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);

function paidInTurn(agreed: CommissionTerms, sales: readonly bigint[]): bigint {
  let before = 0n;
  return totalOf(
    sales.map((base) => {
      const pool = commissionPool(agreed, before, before + base);
      before += base;
      return pool;
    }),
  );
}

describe('commissionPool', () => {
  it('grows with the net sales, and never faster than they', () => {
    fc.assert(
      fc.property(terms, fc.bigInt(0n, 30_000n), fc.bigInt(0n, 5000n), (agreed, before, base) => {
        const pool = commissionPool(agreed, before, before + base);
        expect(pool >= 0n).toBe(true);
        expect(pool <= base + 1n).toBe(true);
        expect(commissionPool(agreed, before, before + base + 1n) >= pool).toBe(true);
      }),
    );
  });

  it('pays the same in all in whatever order and pieces sales arrive', () => {
    const shuffled = bases.chain((sales) =>
      fc.tuple(fc.constant(sales), fc.shuffledSubarray([...sales], { minLength: sales.length })),
    );
    fc.assert(
      fc.property(running, shuffled, (agreed, [sales, reordered]) => {
        const whole = commissionPool(agreed, 0n, totalOf(sales));
        expect(paidInTurn(agreed, sales)).toBe(whole);
        expect(paidInTurn(agreed, reordered)).toBe(whole);
      }),
    );
  });

  it('is within half a unit of the exact sum over the tiers, and at most the cap', () => {
    fc.assert(
      fc.property(running, fc.bigInt(0n, 30_000n), (agreed, netSales) => {
        const starts = [{ fromNetSalesMinor: 0n, rate: agreed.rate }, ...agreed.tiers];
        const exact = starts.reduce((sum, tier, index) => {
          const next = starts[index + 1]?.fromNetSalesMinor ?? netSales;
          const to = next < netSales ? next : netSales;
          const width = to > tier.fromNetSalesMinor ? to - tier.fromNetSalesMinor : 0n;
          return sum.add(Rational.parse(tier.rate).multiply(Rational.of(width, 1n)));
        }, Rational.ZERO);
        const paid = commissionPool(agreed, 0n, netSales);
        if (agreed.capMinor !== null) expect(paid <= agreed.capMinor).toBe(true);
        if (agreed.capMinor !== null && paid === agreed.capMinor) return;
        const error = Rational.of(paid, 1n).subtract(exact);
        expect(error.compare(Rational.of(1n, 2n)) <= 0 && error.compare(Rational.of(-1n, 2n)) >= 0).toBe(true);
      }),
    );
  });
});

describe('commissionOfSale', () => {
  it('never lets what stands exceed the cap, whatever refunds lie between the sales', () => {
    const events = fc.array(fc.record({ base: fc.bigInt(1n, 5000n), isRefunded: fc.boolean() }), { maxLength: 12 });
    const capped = fc.record({ rate, tiers, capMinor: fc.bigInt(0n, 2000n) });
    fc.assert(
      fc.property(capped, events, (agreed, sales) => {
        let [netSales, standing] = [0n, 0n];
        for (const { base, isRefunded } of sales) {
          const facts = {
            baseMinor: base,
            netSalesBeforeMinor: netSales,
            capLeftMinor: agreed.capMinor - standing,
          };
          const pool = commissionOfSale(agreed, facts);
          expect(pool >= 0n && standing + pool <= agreed.capMinor).toBe(true);
          if (isRefunded) continue;
          netSales += base;
          standing += pool;
        }
      }),
    );
  });

  it('is the rate of the base where nothing runs on', () => {
    const flat = { rate: '1/8', tiers: [], capMinor: null };
    const facts = { baseMinor: 20n, netSalesBeforeMinor: null, capLeftMinor: null };
    expect(commissionOfSale(flat, facts)).toBe(2n);
  });

  it('takes no more than the cap leaves, though the running net sales alone would earn more', () => {
    const agreed = { rate: '0.10', tiers: [], capMinor: 100n };
    expect(commissionOfSale(agreed, { baseMinor: 500n, netSalesBeforeMinor: 0n, capLeftMinor: 20n })).toBe(20n);
  });

  it.each([
    [
      { rate: '0.1', tiers: [], capMinor: 5n },
      { netSalesBeforeMinor: 0n, capLeftMinor: null },
    ],
    [
      { rate: '0.1', tiers: [], capMinor: 5n },
      { netSalesBeforeMinor: null, capLeftMinor: 5n },
    ],
    [
      { rate: '0.1', tiers: [{ fromNetSalesMinor: 1n, rate: '0.2' }], capMinor: null },
      { netSalesBeforeMinor: null, capLeftMinor: null },
    ],
  ])('refuses to guess a fact that its terms need', (agreed, facts) => {
    expect(() => commissionOfSale(agreed, { baseMinor: 1n, ...facts })).toThrow(/had sold and earned before/);
  });
});
