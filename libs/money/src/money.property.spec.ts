import fc from 'fast-check';
import { CURRENCIES, currencyOf } from './currency';
import { InvalidAmount } from './errors';
import { addMoney, compareMoney, isZeroMoney, MAX_AMOUNT_MINOR, moneyOf, negateMoney, subtractMoney } from './money';
import { formatMoney, parseMoney } from './money-text';

const codes = fc.constantFrom(...CURRENCIES.map(({ code }) => code));
const amounts = fc.bigInt({ min: -MAX_AMOUNT_MINOR, max: MAX_AMOUNT_MINOR });
const summands = fc.bigInt({ min: -(2n ** 62n) + 1n, max: 2n ** 62n - 1n });

describe('money, any amount in any currency', () => {
  it('is read back exactly from the text it is written as', () => {
    fc.assert(
      fc.property(amounts, codes, (amountMinor, code) => {
        const money = moneyOf(amountMinor, code);
        expect(parseMoney(formatMoney(money), code, { allowNegative: true, allowZero: true })).toEqual(money);
      }),
    );
  });

  it('is written with exactly the decimals of its currency', () => {
    fc.assert(
      fc.property(amounts, codes, (amountMinor, code) => {
        const decimals = formatMoney(moneyOf(amountMinor, code)).split('.')[1] ?? '';
        expect(decimals).toHaveLength(currencyOf(code).minorUnitDigits);
      }),
    );
  });

  it('comes out of any text as an amount that writes the same number, or the text is refused', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'0123456789.-+e, ') }),
      fc.double().map(String),
    );
    fc.assert(
      fc.property(texts, codes, (text, code) => {
        let written: string;
        try {
          written = formatMoney(parseMoney(text, code, { allowNegative: true, allowZero: true }));
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidAmount);
          return;
        }
        const [whole = '', decimals = ''] = text.split('.');
        const point = currencyOf(code).minorUnitDigits === 0 ? '' : '.';
        const padded = whole + point + decimals.padEnd(currencyOf(code).minorUnitDigits, '0');
        expect(padded).toBe(/^-[0.]+$/.test(padded) ? `-${written}` : written);
      }),
      { numRuns: 500 },
    );
  });

  it('subtracts what was added, and ordering agrees with the difference', () => {
    fc.assert(
      fc.property(summands, summands, codes, (left, right, code) => {
        const [a, b] = [moneyOf(left, code), moneyOf(right, code)];
        expect(subtractMoney(addMoney(a, b), b)).toEqual(a);
        expect(isZeroMoney(addMoney(a, negateMoney(a)))).toBe(true);
        const difference = subtractMoney(a, b).amountMinor;
        expect(compareMoney(a, b)).toBe(difference === 0n ? 0 : difference < 0n ? -1 : 1);
      }),
    );
  });
});
