import { InvalidInput } from '@evenhand/kernel';
import { InvalidLivestreamTimes, LivestreamTooShort, NotALivestream } from './errors';

/** When a livestream really began and ended. */
export interface Airing {
  readonly startedAt: Date;
  readonly endedAt: Date;
}

/** What is said of a livestream before it is published. */
export interface LivestreamPlan {
  readonly plannedStart: Date | null;
  /** The brand accepts one of so many minutes, though the brief asked for more. */
  readonly acceptedMinutes: number | null;
  readonly acceptedAt: Date | null;
}

export const NO_PLAN: LivestreamPlan = { plannedStart: null, acceptedMinutes: null, acceptedAt: null };

const MINUTE_MS = 60_000;
const LONGEST_MS = 48 * 3_600_000;

export function requireLivestream(kind: string): void {
  if (kind !== 'livestream') throw new NotALivestream();
}

/** Whole minutes; what is begun does not count. */
export function minutesOf({ startedAt, endedAt }: Airing): number {
  return Math.floor((endedAt.getTime() - startedAt.getTime()) / MINUTE_MS);
}

/**
 * A livestream is published once it is over, with its times; anything else without. Throws InvalidLivestreamTimes,
 * LivestreamTooShort.
 */
export function checkAiring(
  airing: Airing | null,
  asked: { readonly kind: string; readonly minimumMinutes: number | null; readonly plan: LivestreamPlan },
  now: Date,
): void {
  if (asked.kind !== 'livestream') {
    if (airing) throw new InvalidLivestreamTimes('Only a livestream has a start and an end.');
    return;
  }
  if (!airing) throw new InvalidLivestreamTimes('Say when the livestream began and ended.');
  const { startedAt, endedAt } = airing;
  if (startedAt >= endedAt) throw new InvalidLivestreamTimes('A livestream ends after it began.');
  if (endedAt > now) throw new InvalidLivestreamTimes('The livestream is not over yet.');
  if (endedAt.getTime() - startedAt.getTime() > LONGEST_MS) {
    throw new InvalidLivestreamTimes('A livestream lasts 48 hours at most.');
  }
  const least = Math.min(asked.minimumMinutes ?? 0, asked.plan.acceptedMinutes ?? Number.POSITIVE_INFINITY);
  const minutes = minutesOf(airing);
  if (minutes < least) throw new LivestreamTooShort(least, minutes);
}

/** Throws InvalidInput for a start that has passed. */
export function checkPlannedStart(plannedStart: Date, now: Date): void {
  if (plannedStart <= now) throw new InvalidInput('plannedStart', 'Plan a start in the future.');
}

/** Throws InvalidInput where there is nothing to accept: no minimum, or one that is met so. */
export function checkAcceptedMinutes(minutes: number, minimumMinutes: number | null): void {
  if (minimumMinutes === null) throw new InvalidInput('minutes', 'The brief asks for no minimum duration.');
  if (!Number.isInteger(minutes) || minutes < 1 || minutes >= minimumMinutes) {
    throw new InvalidInput('minutes', `Accept a whole number of minutes below ${minimumMinutes}.`);
  }
}
