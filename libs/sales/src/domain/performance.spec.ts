import fc from 'fast-check';
import { conversionOf, moneyPerformance } from './performance';

const euro = { currency: 'EUR', cashMinor: 100_000n, commissionMinor: 25_000n, netSalesMinor: 250_000n };

describe('effective costs', () => {
  it('are what was spent over what it brought', () => {
    const [costs] = moneyPerformance({ views: 40_000n, clicks: 500n, orders: 100n, money: [euro] });
    expect(costs).toMatchObject({
      spendMinor: 125_000n,
      perThousandViewsMinor: 3_125n,
      perClickMinor: 250n,
      perOrderMinor: 1_250n,
    });
  });

  it.each([
    [
      { views: null, clicks: 0n, orders: 0n },
      { perThousandViewsMinor: null, perClickMinor: null, perOrderMinor: null },
    ],
    [
      { views: 0n, clicks: 1n, orders: 0n },
      { perThousandViewsMinor: null, perClickMinor: 125_000n, perOrderMinor: null },
    ],
  ])('are null where nothing was brought: %j', (results, expected) => {
    expect(moneyPerformance({ ...results, money: [euro] })[0]).toMatchObject(expected);
  });

  it('are rounded once, half to even', () => {
    const spent = (cashMinor: bigint) => ({ ...euro, cashMinor, commissionMinor: 0n });
    const perClick = (cashMinor: bigint) =>
      moneyPerformance({ views: null, clicks: 2n, orders: 0n, money: [spent(cashMinor)] })[0]?.perClickMinor;
    expect([perClick(1n), perClick(3n), perClick(5n)]).toEqual([0n, 2n, 2n]);
  });

  it('are within half a unit of exact, in each currency alone', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 15n });
    fc.assert(
      fc.property(amount, amount, fc.bigInt({ min: 1n, max: 10n ** 9n }), (cash, commission, count) => {
        const money = [
          { ...euro, cashMinor: cash, commissionMinor: commission },
          { ...euro, currency: 'JPY' },
        ];
        const [inEuro, inYen] = moneyPerformance({ views: count, clicks: count, orders: count, money });
        const off = (inEuro?.perOrderMinor ?? 0n) * count - (cash + commission);
        expect((off < 0n ? -off : off) * 2n).toBeLessThanOrEqual(count);
        expect(inYen?.spendMinor).toBe(125_000n);
      }),
    );
  });
});

describe('conversion', () => {
  it('is exact, and null without clicks', () => {
    expect(conversionOf({ orders: 1n, clicks: 3n })?.toString()).toBe('1/3');
    expect(conversionOf({ orders: 0n, clicks: 3n })?.toString()).toBe('0');
    expect(conversionOf({ orders: 2n, clicks: 0n })).toBeNull();
  });
});
