import { daysAfter } from './days';

export const DATED_TERMS = ['usage_rights', 'exclusivity'] as const;
/** The parts of a deal that begin and end by the calendar. */
export type DatedTerm = (typeof DATED_TERMS)[number];

export const DATED_TERM_STATES = ['not_yet', 'running', 'ended'] as const;
export type DatedTermState = (typeof DATED_TERM_STATES)[number];

/** Calendar days `YYYY-MM-DD` in UTC, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** One thing to tell of a term: so many days before its end, or with 0 the end. */
export interface TermNotice {
  readonly daysLeft: number;
  readonly dueAt: Date;
}

/** Days before the end, longest first. */
const NOTICES = [30, 7, 0] as const;

export function termState({ from, to }: Period, now: Date): DatedTermState {
  if (now < startOf(from)) return 'not_yet';
  return now < endOf(to) ? 'running' : 'ended';
}

/**
 * What is to be told next of a term of a deal agreed at this instant, after the notice of `toldDaysLeft` days (null for
 * none yet); null once its end was told. A notice whose time was before the deal, or before the term began, falls away.
 */
export function nextNotice(period: Period, agreedAt: Date, toldDaysLeft: number | null): TermNotice | null {
  const begins = startOf(period.from);
  const earliest = begins > agreedAt ? begins : agreedAt;
  const next = NOTICES.filter((days) => toldDaysLeft === null || days < toldDaysLeft)
    .map((daysLeft) => ({ daysLeft, dueAt: daysAfter(endOf(period.to), -daysLeft) }))
    .find(({ daysLeft, dueAt }) => daysLeft === 0 || dueAt > earliest);
  return next ?? null;
}

function startOf(day: string): Date {
  return new Date(`${day}T00:00:00.000Z`);
}

/** The instant at which the last day is over. */
function endOf(lastDay: string): Date {
  return daysAfter(startOf(lastDay), 1);
}
