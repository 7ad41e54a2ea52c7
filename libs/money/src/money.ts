import { type CurrencyCode, currencyOf } from './currency';
import { CurrencyMismatch, InvalidAmount } from './errors';

/** An exact amount: `amountMinor` counts the currency's minor units (JPY yen, EUR cents, KWD fils). */
export interface Money {
  readonly amountMinor: bigint;
  readonly currency: CurrencyCode;
}

/** Largest amount in minor units, and with a minus sign the smallest: what a PostgreSQL bigint holds. */
export const MAX_AMOUNT_MINOR = 2n ** 63n - 1n;

/** Throws `UnknownCurrency`, or `InvalidAmount` beyond ±`MAX_AMOUNT_MINOR`. */
export function moneyOf(amountMinor: bigint, currency: string): Money {
  const { code } = currencyOf(currency);
  if (amountMinor > MAX_AMOUNT_MINOR || amountMinor < -MAX_AMOUNT_MINOR) throw new InvalidAmount('out_of_range', code);
  return Object.freeze({ amountMinor, currency: code });
}

export function zeroMoney(currency: string): Money {
  return moneyOf(0n, currency);
}

/** Throws `CurrencyMismatch`, or `InvalidAmount` where the sum is out of range. */
export function addMoney(left: Money, right: Money): Money {
  assertSameCurrency(left, right);
  return moneyOf(left.amountMinor + right.amountMinor, left.currency);
}

/** Throws `CurrencyMismatch`, or `InvalidAmount` where the difference is out of range. */
export function subtractMoney(left: Money, right: Money): Money {
  assertSameCurrency(left, right);
  return moneyOf(left.amountMinor - right.amountMinor, left.currency);
}

export function negateMoney(money: Money): Money {
  return moneyOf(-money.amountMinor, money.currency);
}

/** -1, 0 or 1 as `left` is less than, equal to or more than `right`; throws `CurrencyMismatch`. */
export function compareMoney(left: Money, right: Money): -1 | 0 | 1 {
  assertSameCurrency(left, right);
  if (left.amountMinor === right.amountMinor) return 0;
  return left.amountMinor < right.amountMinor ? -1 : 1;
}

export function isZeroMoney(money: Money): boolean {
  return money.amountMinor === 0n;
}

export function assertSameCurrency(left: Money, right: Money): void {
  if (left.currency !== right.currency) throw new CurrencyMismatch(left.currency, right.currency);
}
