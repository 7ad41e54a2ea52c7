import { ruleOf, type NotificationKind } from './kinds';

export const EMAIL_STATES = ['pending', 'sent', 'failed', 'skipped'] as const;
export type EmailState = (typeof EMAIL_STATES)[number];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Within it what happens again to the same thing is counted on the notification that is unread. */
export const FOLD_WINDOW_MS = HOUR;
/** How long an e-mail waits for its reader to come by, and for more of the same. */
const WAIT_MS = 2 * MINUTE;
/** Pauses after each attempt that may be made again; after the last it is given up. */
const PAUSES_MS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR] as const;

/** When the e-mail of a notification that is shown from `from` on is due. */
export function emailDueAt(kind: NotificationKind, from: Date): Date {
  return ruleOf(kind).folds === false ? from : new Date(from.getTime() + WAIT_MS);
}

/** What came of an attempt: it left, will never be taken, or may be tried again. */
export type AttemptOutcome =
  { readonly result: 'sent' } | { readonly result: 'refused' | 'unavailable'; readonly error: string };

export interface EmailDecision {
  readonly state: EmailState;
  /** When it is tried again, where it is pending. */
  readonly dueAt: Date;
  readonly error: string | null;
}

/** `attempts` counts this one. */
export function decideEmail(attempts: number, outcome: AttemptOutcome, now: Date): EmailDecision {
  if (outcome.result === 'sent') return { state: 'sent', dueAt: now, error: null };
  const pauseMs = PAUSES_MS[attempts - 1];
  if (outcome.result === 'refused' || pauseMs === undefined)
    return { state: 'failed', dueAt: now, error: outcome.error };
  return { state: 'pending', dueAt: new Date(now.getTime() + pauseMs), error: outcome.error };
}
