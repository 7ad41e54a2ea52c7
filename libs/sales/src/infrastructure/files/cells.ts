import { DomainError, InvalidInput } from '@evenhand/kernel';
import { parseMoney } from '@evenhand/money';
import { Temporal } from 'temporal-polyfill';
import { reasonOf } from '../../application/prepared-event';
import type { IntakeReason } from '../../application/results';
import type { FileMapping } from '../../domain/file-mapping';
import { instantOf } from '../instant';

/** A cell that breaks a rule, by its field. */
export class CellProblem extends Error {
  constructor(
    readonly field: string,
    readonly reason: IntakeReason,
  ) {
    super(reason.message);
  }
}

/** What `read` makes of a cell; a rule that it breaks is told with the field. */
export function inField<T>(field: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof DomainError) throw new CellProblem(field, reasonOf(error));
    throw error;
  }
}

/** Minor units of an amount as the file writes amounts. Throws `InvalidAmount`, `UnknownCurrency`. */
export function amountOf(mapping: FileMapping, text: string, currency: string, allowNegative: boolean): bigint {
  return parseMoney(decimalText(mapping, text), currency, { allowZero: true, allowNegative }).amountMinor;
}

/** The amount as an exact decimal; what is not written in the mapping's way is left as it is, to be refused. */
function decimalText({ decimal, thousands }: FileMapping, text: string): string {
  const bracketed = /^\((.+)\)$/u.exec(text)?.[1];
  const unsigned = bracketed ?? text.replace(/^[-−]/u, '');
  const sign = unsigned === text ? '' : '-';
  const [whole = '', decimals, ...more] = unsigned.split(decimal);
  if (more.length > 0) return text;
  const digits = withoutThousands(whole, thousands);
  if (digits === null || (decimals !== undefined && !/^\d+$/u.test(decimals))) return text;
  // Reports write 1200.00 yen.
  const isWhole = decimals === undefined || /^0{1,2}$/u.test(decimals);
  return `${sign}${digits}${isWhole ? '' : `.${decimals}`}`;
}

const GROUPED = /^\d{1,3}(?:(\D)\d{3})(?:\1\d{3})*$/u;

function withoutThousands(whole: string, separator: FileMapping['thousands']): string | null {
  if (/^\d+$/u.test(whole)) return whole;
  const plain = whole.replaceAll(/[\u00A0\u202F]/gu, ' ').replaceAll('’', "'");
  return separator !== null && GROUPED.exec(plain)?.[1] === separator ? plain.replaceAll(separator, '') : null;
}

const DATE =
  /^(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(?: ?([AaPp][Mm]))?)?$/u;

/** The instant as the file writes instants; one with its zone is always understood. Throws `InvalidInput`. */
export function instantIn(mapping: FileMapping, field: string, text: string): Date {
  const isZoned = /(?:[Zz]|[+-]\d{2}:?\d{2})$/u.test(text) && text.includes(':');
  if (isZoned || mapping.dates === 'zoned') return instantOf(field, text.replace(/^(\S+) (\S+)$/u, '$1T$2'));
  const parts = DATE.exec(text);
  if (!parts) throw new InvalidInput(field, `Write a date such as ${EXAMPLES[mapping.dates]}.`);
  const [, first = '', second = '', third = '', hour = '0', minute = '0', secondOfMinute = '0', half = ''] = parts;
  const [year, month, day] = ORDERS[mapping.dates](first, second, third);
  try {
    const local = Temporal.PlainDateTime.from(
      {
        year: Number(year),
        month: Number(month),
        day: Number(day),
        hour: hourOf(Number(hour), half.toLowerCase()),
        minute: Number(minute),
        second: Number(secondOfMinute),
      },
      { overflow: 'reject' },
    );
    return new Date(local.toZonedDateTime(mapping.timeZone).epochMilliseconds);
  } catch {
    throw new InvalidInput(field, 'There is no such day or time.');
  }
}

const EXAMPLES = { year_first: '2026-05-31 14:00', day_first: '31/05/2026 14:00', month_first: '05/31/2026 2:00 PM' };

const ORDERS = {
  year_first: (year: string, month: string, day: string) => [year, month, day],
  day_first: (day: string, month: string, year: string) => [year, month, day],
  month_first: (month: string, day: string, year: string) => [year, month, day],
} as const;

function hourOf(hour: number, half: string): number {
  if (half === '') return hour;
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (half === 'pm' ? 12 : 0);
}

export function quantityOf(text: string): number {
  if (!/^[1-9][0-9]{0,6}$/.test(text)) throw new InvalidInput('quantity', 'A quantity is a whole number above zero.');
  return Number(text);
}

/** Ids of clicks with blanks, commas or the like between them. */
export function clickIdsIn(text: string): readonly string[] {
  return text.split(/[\s;,|]+/).filter((part) => part !== '');
}
