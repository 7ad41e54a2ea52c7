const DAY_MS = 86_400_000;

/** The instant a number of days of 24 hours later. */
export function daysAfter(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * DAY_MS);
}
