import { UnknownCurrency } from './errors';
import { ISO_4217 } from './iso4217.generated';

/** Alphabetic ISO 4217 code of an active currency that has a minor unit, e.g. "EUR". */
export type CurrencyCode = (typeof ISO_4217)[number]['code'];

/** One ISO 4217 currency. `minorUnitDigits` is the number of decimals of its major unit: JPY 0, EUR 2, KWD 3. */
export interface Currency {
  readonly code: CurrencyCode;
  readonly minorUnitDigits: number;
  /** Three digits with leading zeros, e.g. "008". */
  readonly numericCode: string;
  readonly name: string;
}

const BY_CODE: ReadonlyMap<string, Currency> = new Map(ISO_4217.map((currency) => [currency.code, currency]));

/** Every currency money may be held in, ordered by code. */
export const CURRENCIES: readonly Currency[] = ISO_4217;

/** The currency of a code in upper case; throws `UnknownCurrency` for any other text. */
export function currencyOf(code: string): Currency {
  const currency = BY_CODE.get(code);
  if (!currency) throw new UnknownCurrency(code);
  return currency;
}
