/** Rates are dated by the day in Frankfurt, where the European Central Bank publishes them. */
const RATE_DAY = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Berlin',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The day, YYYY-MM-DD, whose exchange rate holds for what happened at an instant. */
export function rateDateOf(instant: Date): string {
  return RATE_DAY.format(instant);
}
