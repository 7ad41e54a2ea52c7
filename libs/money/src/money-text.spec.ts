import { InvalidAmount, UnknownCurrency } from './errors';
import { MAX_AMOUNT_MINOR, moneyOf } from './money';
import { formatMoney, parseMoney } from './money-text';

function reasonOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    if (error instanceof InvalidAmount) return error.details['reason'];
    throw error;
  }
  return 'accepted';
}

describe('parseMoney', () => {
  it.each([
    ['12.34', 'EUR', 1234n],
    ['12.3', 'EUR', 1230n],
    ['12', 'CNY', 1200n],
    ['0.01', 'CNY', 1n],
    ['1200', 'JPY', 1200n],
    ['1.234', 'KWD', 1234n],
    ['0.0001', 'CLF', 1n],
    ['92233720368547758.07', 'EUR', MAX_AMOUNT_MINOR],
    ['9223372036854775807', 'JPY', MAX_AMOUNT_MINOR],
  ])('reads %s %s', (text, currency, amountMinor) => {
    expect(parseMoney(text, currency)).toEqual({ amountMinor, currency });
  });

  it.each([
    ['1e3', 'EUR', 'malformed'],
    ['1,00', 'EUR', 'malformed'],
    ['1 000', 'EUR', 'malformed'],
    ['NaN', 'EUR', 'malformed'],
    ['Infinity', 'EUR', 'malformed'],
    ['0x10', 'EUR', 'malformed'],
    ['', 'EUR', 'malformed'],
    ['-', 'EUR', 'malformed'],
    ['+1', 'EUR', 'malformed'],
    ['--1', 'EUR', 'malformed'],
    ['.5', 'EUR', 'malformed'],
    ['1.', 'EUR', 'malformed'],
    ['1.2.3', 'EUR', 'malformed'],
    ['007', 'EUR', 'malformed'],
    [' 1', 'EUR', 'malformed'],
    ['1\n', 'EUR', 'malformed'],
    ['1\u0000', 'EUR', 'malformed'],
    ['１２', 'EUR', 'malformed'],
    ['١٢', 'EUR', 'malformed'],
    ['1'.repeat(100_000), 'EUR', 'malformed'],
    ['1.5', 'JPY', 'too_many_decimals'],
    ['1.0', 'JPY', 'too_many_decimals'],
    ['1.234', 'EUR', 'too_many_decimals'],
    ['1.2345', 'KWD', 'too_many_decimals'],
    ['92233720368547758.08', 'EUR', 'out_of_range'],
    ['9223372036854775808', 'JPY', 'out_of_range'],
    ['-1', 'EUR', 'negative'],
    ['-0', 'EUR', 'negative'],
    ['0', 'EUR', 'zero'],
    ['0.00', 'EUR', 'zero'],
  ])('refuses %j %s', (text, currency, reason) => {
    expect(reasonOf(() => parseMoney(text, currency))).toBe(reason);
  });

  it('refuses a number that came past the types, because its text may be rounded already', () => {
    expect(reasonOf(() => parseMoney((2 ** 53) as unknown as string, 'EUR'))).toBe('malformed');
  });

  it('refuses an unknown currency before it looks at the amount', () => {
    expect(() => parseMoney('nonsense', 'XAU')).toThrow(UnknownCurrency);
  });

  it('takes negative and zero amounts only where the caller allows each', () => {
    expect(parseMoney('-12.34', 'EUR', { allowNegative: true }).amountMinor).toBe(-1234n);
    expect(parseMoney('0', 'EUR', { allowZero: true }).amountMinor).toBe(0n);
    expect(reasonOf(() => parseMoney('-0.00', 'EUR', { allowNegative: true }))).toBe('zero');
    expect(reasonOf(() => parseMoney('-1', 'EUR', { allowZero: true }))).toBe('negative');
    expect(reasonOf(() => parseMoney('-92233720368547758.08', 'EUR', { allowNegative: true }))).toBe('out_of_range');
  });
});

describe('formatMoney', () => {
  it.each([
    [1234n, 'EUR', '12.34'],
    [5n, 'CNY', '0.05'],
    [-5n, 'CNY', '-0.05'],
    [1200n, 'JPY', '1200'],
    [1234n, 'KWD', '1.234'],
    [-1n, 'KWD', '-0.001'],
    [0n, 'EUR', '0.00'],
    [MAX_AMOUNT_MINOR, 'EUR', '92233720368547758.07'],
  ])('writes %s minor units of %s', (amountMinor, currency, text) => {
    expect(formatMoney(moneyOf(amountMinor, currency))).toBe(text);
  });
});
