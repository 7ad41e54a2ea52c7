import { CurrencyMismatch, Rational } from '@evenhand/money';
import fc from 'fast-check';
import { saleEvent } from '../../../../test/support/sales/tracked-deal';
import { conversionText, saleBaseOf } from './sale-base';

const MINOR_UNITS = { JPY: 1n, EUR: 100n, CNY: 100n, KWD: 1000n } as const;
const currency = fc.constantFrom('JPY', 'EUR', 'CNY', 'KWD');
const rate = fc
  .tuple(fc.bigInt(1n, 10n ** 12n), fc.bigInt(1n, 10n ** 12n))
  .map(([top, bottom]) => ({ rate: Rational.of(top, bottom).toString(), date: '2026-04-10', source: 'ECB' }));
const amount = fc.bigInt(0n, 10n ** 15n);
const deal = (of: string) => ({ currency: of, commission: { base: 'net_of_discounts' as const } });

describe('the base of an order', () => {
  it('is converted as a whole and once: it is within half a minor unit of the exact amount, however many lines there are', () => {
    fc.assert(
      fc.property(
        currency,
        currency,
        rate,
        fc.array(amount, { minLength: 1, maxLength: 9 }),
        (from, to, fx, prices) => {
          fc.pre(from !== to);
          const lines = prices.map((unitPriceMinor) => ({ quantity: 1, unitPriceMinor }));
          const base = saleBaseOf(saleEvent({ currency: from, lines }), deal(to), fx);
          const sum = prices.reduce((left, right) => left + right, 0n);
          expect(base).toMatchObject({ orderCurrency: from, orderBaseMinor: sum, currency: to, conversion: fx });
          const exact = Rational.parse(fx.rate).multiply(Rational.of(sum * MINOR_UNITS[to], MINOR_UNITS[from]));
          const apart = exact.subtract(Rational.of(base.baseMinor, 1n));
          expect(apart.compare(Rational.of(1n, 2n))).not.toBe(1);
          expect(apart.compare(Rational.of(-1n, 2n))).not.toBe(-1);
        },
      ),
    );
  });

  it('stays as it is in the deal’s own currency, whatever rate there is, and nothing is said of it', () => {
    fc.assert(
      fc.property(currency, fc.option(rate), amount, (own, fx, baseMinor) => {
        const base = saleBaseOf(saleEvent({ currency: own, baseMinor }), deal(own), fx);
        expect(base).toMatchObject({ orderBaseMinor: baseMinor, baseMinor, conversion: null });
        expect(conversionText(base)).toBe('');
      }),
    );
  });

  it('never passes through one to one where there is no rate', () => {
    expect(() => saleBaseOf(saleEvent({ currency: 'USD' }), deal('EUR'), null)).toThrow(CurrencyMismatch);
  });
});
