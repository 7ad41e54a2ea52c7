import { DomainError, InvalidInput } from './domain-error';

/** A cut-off, a report or a period names its time zone by the IANA database. */
export class UnknownTimeZone extends DomainError {
  readonly code = 'UNKNOWN_TIME_ZONE';

  constructor(timeZone: string) {
    super('Name a time zone of the IANA database, such as Asia/Shanghai.', { timeZone: timeZone.slice(0, 64) });
  }
}

/** The zone as given where the IANA database knows it; an offset is no zone. Throws {@link UnknownTimeZone}. */
export function requireTimeZone(timeZone: string): string {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/.test(timeZone)) throw new UnknownTimeZone(timeZone);
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return timeZone;
  } catch {
    throw new UnknownTimeZone(timeZone);
  }
}

const LOCAL_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A calendar day `YYYY-MM-DD` that exists; throws `InvalidInput` naming `field`. */
export function requireLocalDate(field: string, text: string): string {
  const instant = new Date(`${text}T00:00:00Z`);
  if (LOCAL_DATE.test(text) && !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text)) return text;
  throw new InvalidInput(field, 'Write a day as YYYY-MM-DD.');
}

/** No zone is further from UTC, and no zone ever skipped more than a day. */
const FURTHEST_MS = 2 * 86_400_000;

/**
 * The first instant of a calendar day `YYYY-MM-DD` in a zone: midnight, the first of two where clocks are set back over
 * it, the instant of the change where they are set forward over it.
 */
export function firstInstantOf(day: string, timeZone: string): Date {
  // Years first and with zeros, so that days compare as texts do.
  const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const midnight = Date.parse(`${day}T00:00:00Z`);
  let [before, after] = [midnight - FURTHEST_MS, midnight + FURTHEST_MS];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dayOf.format(middle) < day) before = middle;
    else after = middle;
  }
  return new Date(after);
}
