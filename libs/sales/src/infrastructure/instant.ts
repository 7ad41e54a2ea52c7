import { InvalidInput } from '@evenhand/kernel';
import { Temporal } from 'temporal-polyfill';

/** An ISO 8601 instant with its offset ("2026-05-01T10:00:00+02:00"), to the millisecond; throws {@link InvalidInput}. */
export function instantOf(field: string, text: string): Date {
  try {
    return new Date(Temporal.Instant.from(text).epochMilliseconds);
  } catch {
    throw new InvalidInput(field, 'Write an instant with its time zone, such as 2026-05-01T10:00:00+02:00.');
  }
}
