import { currencyOf } from './currency';
import { InvalidAmount } from './errors';
import { type Money, moneyOf } from './money';

/** Which amounts are allowed where the text stands; both default to false. */
export interface ParseMoneyOptions {
  readonly allowNegative?: boolean;
  readonly allowZero?: boolean;
}

// Leading zeros are refused so that an amount has one way to be written before the point.
const EXACT_DECIMAL = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?$/;

// 19 digits of 2^63-1, a sign, a point, a zero before it: anything longer is refused before it is read.
const MAX_TEXT_LENGTH = 32;

/**
 * Reads an exact decimal string in major units ("12.34") into minor units; decimals may be left out ("12" EUR), never exceeded.
 * Throws `UnknownCurrency`, or `InvalidAmount` with details.reason malformed | too_many_decimals | out_of_range | negative | zero.
 */
export function parseMoney(text: string, currency: string, options: ParseMoneyOptions = {}): Money {
  const { code, minorUnitDigits } = currencyOf(currency);
  // A number that slips past the types would be read by the pattern as its text, rounding included.
  if (typeof text !== 'string' || text.length > MAX_TEXT_LENGTH) throw new InvalidAmount('malformed', code);
  const match = EXACT_DECIMAL.exec(text);
  if (!match) throw new InvalidAmount('malformed', code);
  const [, sign = '', whole = '', decimals = ''] = match;
  if (decimals.length > minorUnitDigits) throw new InvalidAmount('too_many_decimals', code);
  const magnitude = BigInt(whole + decimals.padEnd(minorUnitDigits, '0'));
  if (sign && !options.allowNegative) throw new InvalidAmount('negative', code);
  if (magnitude === 0n && !options.allowZero) throw new InvalidAmount('zero', code);
  return moneyOf(sign ? -magnitude : magnitude, code);
}

/** The exact decimal string in major units with all decimals of the currency: "12.34" EUR, "1200" JPY, "-1.234" KWD. */
export function formatMoney(money: Money): string {
  const { minorUnitDigits } = currencyOf(money.currency);
  const isNegative = money.amountMinor < 0n;
  const digits = (isNegative ? -money.amountMinor : money.amountMinor).toString().padStart(minorUnitDigits + 1, '0');
  const pointAt = digits.length - minorUnitDigits;
  const text = minorUnitDigits === 0 ? digits : `${digits.slice(0, pointAt)}.${digits.slice(pointAt)}`;
  return isNegative ? `-${text}` : text;
}
