import { InvalidInput } from '@evenhand/kernel';
import { currencyOf, parseMoney } from '@evenhand/money';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; absent is empty. Throws `InvalidInput` for anything else. */
export function objectsIn(parent: JsonObject, field: string): readonly JsonObject[] {
  const value = parent[field] ?? [];
  if (Array.isArray(value) && value.every(isObject)) return value;
  throw new InvalidInput(field, 'This must be a list of objects.');
}

/** A non-empty text; null where absent, null or empty. */
export function textIn(parent: JsonObject, field: string): string | null {
  const value = parent[field] ?? null;
  if (value === null || value === '') return null;
  if (typeof value === 'string') return value;
  throw new InvalidInput(field, 'This must be a text.');
}

export function requiredText(parent: JsonObject, field: string): string {
  const value = textIn(parent, field);
  if (value === null) throw new InvalidInput(field, 'This is missing.');
  return value;
}

/** An id as text: Shopify's are whole numbers, which JSON carries exactly only up to 2^53. */
export function idIn(parent: JsonObject, field: string): string {
  const value = parent[field];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return String(value);
  if (typeof value === 'string' && /^[1-9][0-9]{0,18}$/.test(value)) return value;
  throw new InvalidInput(field, 'This must be the id of a Shopify object.');
}

export function quantityIn(parent: JsonObject, field: string): number {
  const value = parent[field];
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1) return value;
  throw new InvalidInput(field, 'This must be a whole number above zero.');
}

/** Minor units of a decimal text; absent is zero. Zeros beyond the currency's decimals ("1200.00" JPY) are allowed. */
export function amountIn(parent: JsonObject, field: string, currency: string, allowNegative = false): bigint {
  const text = textIn(parent, field) ?? '0';
  const { minorUnitDigits } = currencyOf(currency);
  const [whole = '', decimals = ''] = text.split('.', 2);
  const kept = decimals.slice(0, minorUnitDigits);
  const isPadded = text === `${whole}.${decimals}` && /^0+$/.test(decimals.slice(minorUnitDigits));
  const exact = isPadded ? `${whole}${kept === '' ? '' : `.${kept}`}` : text;
  return parseMoney(exact, currency, { allowZero: true, allowNegative }).amountMinor;
}
