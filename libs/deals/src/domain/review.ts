import { daysAfter } from './days';
import type { DealState } from './deal';
import { DEAL_SIDES, type DealSide } from './deal-side';
import { DealNotCompleted, InvalidReviewText, InvalidStars, ReviewAlreadyVisible, ReviewTooLate } from './errors';

/** Who wrote a review; it is about the other side. */
export const REVIEW_SIDES = DEAL_SIDES;
export type ReviewSide = DealSide;

const MOST_STARS = 5;
const LONGEST_TEXT = 2_000;
/** Days after completion on which a review waits for the other side's. */
const BLIND_DAYS = 14;
/** Days after completion on which a review may be written. */
const WRITING_DAYS = 60;

export interface ReviewContent {
  /** 1 to 5. */
  readonly stars: number;
  /** Up to 2,000 characters; empty where the stars say enough. */
  readonly text: string;
}

/** A review that stands already. */
export interface StandingReview {
  readonly side: ReviewSide;
  readonly visibleFrom: Date;
}

export interface WritingOutcome {
  /** Of the review that is written. */
  readonly visibleFrom: Date;
  readonly replaces: boolean;
  /** From when the other side's review is visible now; null where there is none. */
  readonly othersVisibleFrom: Date | null;
}

/** Throws InvalidStars, InvalidReviewText. */
export function reviewContent(stars: number, text: string): ReviewContent {
  if (!Number.isInteger(stars) || stars < 1 || stars > MOST_STARS) throw new InvalidStars(stars);
  const trimmed = text.trim();
  const characters = [...trimmed].length;
  if (characters > LONGEST_TEXT) throw new InvalidReviewText(characters);
  return { stars, text: trimmed };
}

/**
 * One side writes its review at `now`, or replaces the one that nobody has seen. The second of the two shows both; one
 * that stays alone is shown when the blind days are over. Throws DealNotCompleted, ReviewAlreadyVisible, ReviewTooLate.
 */
export function writeReview(
  deal: { readonly state: DealState; readonly completedAt: Date | null },
  standing: readonly StandingReview[],
  side: ReviewSide,
  now: Date,
): WritingOutcome {
  if (deal.completedAt === null) throw new DealNotCompleted(deal.state);
  const own = standing.find((review) => review.side === side);
  if (own && isVisible(own, now)) throw new ReviewAlreadyVisible();
  const lastInstant = daysAfter(deal.completedAt, WRITING_DAYS);
  if (now > lastInstant) throw new ReviewTooLate(lastInstant);
  const other = standing.find((review) => review.side !== side);
  return {
    visibleFrom: other ? now : later(now, daysAfter(deal.completedAt, BLIND_DAYS)),
    replaces: own !== undefined,
    othersVisibleFrom: other ? earlier(now, other.visibleFrom) : null,
  };
}

/** Before, its author alone and operators may read it. */
export function isVisible({ visibleFrom }: { readonly visibleFrom: Date }, now: Date): boolean {
  return visibleFrom <= now;
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}
