import { InvalidInput } from '@evenhand/kernel';
import { MetricsFell } from '../publication/errors';

export const COUNTERS = ['views', 'likes', 'saves', 'comments', 'shares'] as const;
export type Counter = (typeof COUNTERS)[number];

/** Whole numbers from zero since the post is up; null where it is not known. */
export type Counts = Readonly<Record<Counter, bigint | null>>;

export const METRIC_SOURCES = ['influencer', 'brand', 'import'] as const;
/** Typed by one of the sides, or sent with an API key. */
export type MetricSource = (typeof METRIC_SOURCES)[number];

export const NO_COUNTS: Counts = { views: null, likes: null, saves: null, comments: null, shares: null };

const MOST = 1_000_000_000_000n;
const MAX_REASON = 500;

/** What was known just before and after an instant; null where nothing was. */
export interface Neighbours {
  readonly before: Counts;
  /** Up to the next correction: what comes after one does not bind what came before. */
  readonly after: Counts;
}

/** Throws InvalidInput for counts that no post can have, or for none at all. */
export function checkCounts(counts: Counts): void {
  if (COUNTERS.every((counter) => counts[counter] === null)) {
    throw new InvalidInput('counts', `Give at least one of ${COUNTERS.join(', ')}.`);
  }
  for (const counter of COUNTERS) {
    const count = counts[counter] ?? 0n;
    if (count < 0n || count > MOST) throw new InvalidInput(counter, 'This number is not possible.');
  }
}

/** The reason of a correction as it is kept; throws InvalidInput. */
export function parseCorrection(reason: string | null): string | null {
  const text = reason?.normalize('NFC').trim() ?? null;
  if (text === null || (text.length > 0 && text.length <= MAX_REASON)) return text;
  throw new InvalidInput('correction', `Say why in 1 to ${MAX_REASON} characters.`);
}

/** After publication and not ahead of us; throws InvalidInput. */
export function checkReadAt(readAt: Date, publishedAt: Date, now: Date): void {
  if (readAt < publishedAt) throw new InvalidInput('readAt', 'The post was not up yet.');
  if (readAt > now) throw new InvalidInput('readAt', 'This instant is yet to come.');
}

/** Counters only grow; a correction may say less than what was said before it. Throws MetricsFell. */
export function checkGrowth(counts: Counts, { before, after }: Neighbours, isCorrection: boolean): void {
  for (const counter of COUNTERS) {
    const [earlier, count, later] = [before[counter], counts[counter], after[counter]];
    if (count === null) continue;
    if (!isCorrection && earlier !== null && count < earlier) throw new MetricsFell(counter, earlier, count);
    if (later !== null && later < count) throw new MetricsFell(counter, count, later);
  }
}

/** The later counts, with the earlier ones where the later say nothing. */
export function carriedOver(earlier: Counts, later: Counts): Counts {
  return countsBy((counter) => later[counter] ?? earlier[counter]);
}

/** Null only where neither tells. */
export function addedUp(one: Counts, other: Counts): Counts {
  return countsBy((counter) => {
    const [left, right] = [one[counter], other[counter]];
    return left === null || right === null ? (left ?? right) : left + right;
  });
}

export function countsBy(of: (counter: Counter) => bigint | null): Counts {
  return { views: of('views'), likes: of('likes'), saves: of('saves'), comments: of('comments'), shares: of('shares') };
}
