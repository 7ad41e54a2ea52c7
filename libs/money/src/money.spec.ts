import { CurrencyMismatch, InvalidAmount, UnknownCurrency } from './errors';
import { addMoney, compareMoney, MAX_AMOUNT_MINOR, moneyOf, negateMoney, subtractMoney } from './money';

const oneEuro = moneyOf(100n, 'EUR');
const oneYen = moneyOf(1n, 'JPY');

describe('Money', () => {
  it('cannot be changed', () => {
    expect(Object.isFrozen(oneEuro)).toBe(true);
  });

  it('is never combined or compared across currencies', () => {
    for (const combine of [addMoney, subtractMoney, compareMoney]) {
      expect(() => combine(oneEuro, oneYen)).toThrow(CurrencyMismatch);
    }
  });

  it('refuses a currency nobody may hold', () => {
    expect(() => moneyOf(1n, 'XAU')).toThrow(UnknownCurrency);
  });

  it('stays within what the database can store, on both sides', () => {
    const most = moneyOf(MAX_AMOUNT_MINOR, 'EUR');
    expect(negateMoney(most).amountMinor).toBe(-MAX_AMOUNT_MINOR);
    expect(() => addMoney(most, moneyOf(1n, 'EUR'))).toThrow(InvalidAmount);
    expect(() => subtractMoney(negateMoney(most), moneyOf(1n, 'EUR'))).toThrow(InvalidAmount);
  });
});
