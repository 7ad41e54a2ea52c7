import { InvalidInput } from '@evenhand/kernel';
import { UnknownTimeZone } from './errors';

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
