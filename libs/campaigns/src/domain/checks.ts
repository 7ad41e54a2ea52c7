import { MAX_AMOUNT_MINOR, CURRENCIES, Rational } from '@evenhand/money';
import type { Problem } from './errors';

const CURRENCY_CODES: ReadonlySet<string> = new Set(CURRENCIES.map((currency) => currency.code));
const DAY = /^\d{4}-\d{2}-\d{2}$/;
// Control characters, lone surrogates, and the marks that make text read in another order than it is stored.
const UNSAFE_IN_A_LINE = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u;
const UNSAFE_IN_A_TEXT = /[^\P{Cc}\n\r\t]|[\p{Cs}\u202A-\u202E\u2066-\u2069]/u;

export interface TextRule {
  readonly max: number;
  /** Least number of characters that are not white space; 1 unless told. */
  readonly min?: number;
  /** A line is one line; a text may have many. */
  readonly as: 'line' | 'text';
}

/** Collects every broken rule of one input, so that a user can mend them all at once. */
export class Checks {
  private readonly found: Problem[] = [];

  get problems(): readonly Problem[] {
    return this.found;
  }

  add(field: string, message: string): void {
    this.found.push({ field, message });
  }

  that(holds: boolean, field: string, message: string): boolean {
    if (!holds) this.add(field, message);
    return holds;
  }

  text(field: string, value: string, rule: TextRule): void {
    const min = rule.min ?? 1;
    if (value.trim().length < min) {
      this.add(field, min <= 1 ? 'Must not be empty.' : `Needs at least ${min} characters.`);
    }
    this.that(value.length <= rule.max, field, `May have at most ${rule.max} characters.`);
    const unsafe = rule.as === 'line' ? UNSAFE_IN_A_LINE : UNSAFE_IN_A_TEXT;
    this.that(!unsafe.test(value), field, 'Contains characters that cannot be stored or shown safely.');
  }

  wholeNumber(field: string, value: number, min: number, max: number): void {
    const holds = Number.isInteger(value) && value >= min && value <= max;
    this.that(holds, field, `Must be a whole number from ${min} to ${max}.`);
  }

  currency(field: string, code: string): void {
    this.that(CURRENCY_CODES.has(code), field, 'Must be an ISO 4217 currency in upper case.');
  }

  /** An amount in minor units above zero, or from zero where `orZero`. */
  amount(field: string, minor: bigint, orZero = false): boolean {
    const least = orZero ? 0n : 1n;
    return this.that(
      minor >= least && minor <= MAX_AMOUNT_MINOR,
      field,
      orZero ? 'Must be an amount of zero or more.' : 'Must be an amount above zero.',
    );
  }

  /** A share of sales above 0 and at most 1, or null where it is not. */
  rate(field: string, text: string): Rational | null {
    const rate = readRate(text);
    if (!rate || rate.compare(Rational.ZERO) <= 0 || !rate.isBetween0And1()) {
      this.add(field, 'Must be an exact rate above 0 and at most 1, such as 0.10 or 3/8.');
      return null;
    }
    return rate;
  }

  /** A calendar day that exists. */
  day(field: string, value: string): boolean {
    const read = DAY.test(value) ? new Date(`${value}T00:00:00Z`) : new Date(Number.NaN);
    const exists = !Number.isNaN(read.getTime()) && read.toISOString().startsWith(value);
    return this.that(exists, field, 'Must be a calendar day such as 2026-03-31.');
  }

  /** A period of calendar days that does not end before it begins. */
  period(field: string, from: string, to: string): boolean {
    const both = [this.day(`${field}.from`, from), this.day(`${field}.to`, to)].every(Boolean);
    return both && this.that(from <= to, `${field}.to`, 'Must not be before the first day.');
  }

  /** Count of a list within bounds. */
  count(field: string, count: number, min: number, max: number): void {
    this.that(count >= min, field, min === 1 ? 'Needs at least one entry.' : `Needs at least ${min} entries.`);
    this.that(count <= max, field, `May have at most ${max} entries.`);
  }

  /** Count of the list within bounds, and no key twice. */
  list(field: string, keys: readonly string[], min: number, max: number): void {
    this.count(field, keys.length, min, max);
    this.that(new Set(keys).size === keys.length, field, 'Names the same thing twice.');
  }

  oneOf(field: string, value: string, allowed: readonly string[]): void {
    this.that(allowed.includes(value), field, `Must be one of ${allowed.join(', ')}.`);
  }
}

/** The exact rate, or null for text that is none. */
export function readRate(text: string): Rational | null {
  try {
    return Rational.parseStated(text);
  } catch {
    return null;
  }
}
