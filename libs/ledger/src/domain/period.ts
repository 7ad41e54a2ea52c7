import { firstInstantOf, InvalidInput, requireLocalDate, requireTimeZone } from '@evenhand/kernel';

/**
 * The first instant after a period of the zone: after a whole month `2026-10`, or after its last day `2026-10-15`.
 * Throws `UnknownTimeZone`, `InvalidInput`.
 */
export function endOfPeriod(period: string, timeZone: string): Date {
  return firstInstantOf(dayAfter(period), requireTimeZone(timeZone));
}

function dayAfter(period: string): string {
  const isMonth = /^\d{4}-\d{2}$/.test(period);
  if (!isMonth && !/^\d{4}-\d{2}-\d{2}$/.test(period)) {
    throw new InvalidInput('period', 'Write a month as YYYY-MM, or the last day of the period as YYYY-MM-DD.');
  }
  const next = new Date(`${requireLocalDate('period', isMonth ? `${period}-01` : period)}T00:00:00Z`);
  if (isMonth) next.setUTCMonth(next.getUTCMonth() + 1);
  else next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}
