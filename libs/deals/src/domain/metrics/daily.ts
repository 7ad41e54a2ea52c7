import { carriedOver, type Counts, countsBy, NO_COUNTS } from './reading';

/** What was last known of a post on a calendar day. */
export interface DayEnd {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly counts: Counts;
}

export interface DayGrowth extends DayEnd {
  /** Since the day before that has readings, or since publication; below zero only by a correction. */
  readonly difference: Counts;
}

/** Days in their order, each with what it added; a counter that a day does not tell of stays as it was. */
export function dailyGrowth(days: readonly DayEnd[]): readonly DayGrowth[] {
  let known = NO_COUNTS;
  return days.map(({ day, counts: told }) => {
    const before = known;
    const counts = carriedOver(before, told);
    known = counts;
    const difference = countsBy((counter) => {
      const now = counts[counter];
      return now === null ? null : now - (before[counter] ?? 0n);
    });
    return { day, counts, difference };
  });
}
