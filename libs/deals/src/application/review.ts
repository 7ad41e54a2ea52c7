import type { Page } from '@evenhand/kernel';
import type { PartyName } from '@evenhand/parties';
import type { ReviewSide } from '../domain/review';

export interface Review {
  readonly id: string;
  readonly dealId: string;
  readonly brandId: string;
  readonly influencerId: string;
  /** Who wrote it. */
  readonly side: ReviewSide;
  /** 1 to 5. */
  readonly stars: number;
  readonly text: string;
  /** When its text was last changed. */
  readonly writtenAt: Date;
  /** From then on anybody signed in may read it; the other side's writing brings it forward. */
  readonly visibleFrom: Date;
}

export interface ReviewView extends Review {
  readonly author: PartyName;
  /** Whom it is about. */
  readonly subject: PartyName;
}

/** What the visible reviews of a party come to. */
export interface Rating {
  readonly count: number;
  /** 1 to 5 stars, to two decimals; null where nobody has reviewed the party. */
  readonly average: number | null;
}

export const UNRATED: Rating = { count: 0, average: null };

export interface ReviewList extends Page<ReviewView> {
  readonly rating: Rating;
}

/** What a party's reviews are ordered by, descending: instant since which they are visible, then id. */
export function reviewCursorKey(review: Review): readonly [string, string] {
  return [review.visibleFrom.toISOString(), review.id];
}

export function authorIdOf({ side, brandId, influencerId }: Review): string {
  return side === 'brand' ? brandId : influencerId;
}

export function subjectIdOf({ side, brandId, influencerId }: Review): string {
  return side === 'brand' ? influencerId : brandId;
}
