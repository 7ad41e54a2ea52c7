import { DomainError } from '@evenhand/kernel';
import * as fc from 'fast-check';
import { isVisible, type ReviewSide, writeReview } from './review';

const DAY_MS = 86_400_000;
const BLIND_MS = 14 * DAY_MS;
const deal = { state: 'completed', completedAt: new Date(0) } as const;

const instant = fc.oneof(
  fc.integer({ min: 0, max: 70 * DAY_MS }),
  fc.integer({ min: -2, max: 2 }).map((ms) => BLIND_MS + ms),
);
const side = fc.constantFrom<ReviewSide>('brand', 'influencer');
/** Attempts to write in the order in which they are made. */
const attempts = fc
  .array(fc.record({ side, at: instant }), { maxLength: 8 })
  .map((all) => all.toSorted((one, other) => one.at - other.at));

interface Written {
  readonly side: ReviewSide;
  readonly firstAt: number;
  readonly visibleFrom: Date;
}

/** Which reviews stand after all attempts until then; those that break a rule change nothing. */
function standingAt(all: readonly { readonly side: ReviewSide; readonly at: number }[], until: number): Written[] {
  let standing: Written[] = [];
  for (const { side: by, at } of all.filter((one) => one.at <= until)) {
    try {
      const { visibleFrom, othersVisibleFrom } = writeReview(deal, standing, by, new Date(at));
      const firstAt = standing.find((one) => one.side === by)?.firstAt ?? at;
      const others = standing.filter((one) => one.side !== by);
      standing = [
        { side: by, firstAt, visibleFrom },
        ...others.map((one) => ({ ...one, visibleFrom: othersVisibleFrom ?? one.visibleFrom })),
      ];
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
  }
  return standing;
}

describe('a review of a deal', () => {
  it('is visible exactly when both sides wrote or 14 days passed, whoever wrote when, and however often', () => {
    fc.assert(
      fc.property(attempts, instant, (all, now) => {
        const standing = standingAt(all, now);
        const mayBeSeen = standing.length === 2 || now >= BLIND_MS;
        expect(standing.map((review) => isVisible(review, new Date(now)))).toEqual(standing.map(() => mayBeSeen));
      }),
      { numRuns: 1_000 },
    );
  });

  it('stands from its first writing on, and once visible never hides again', () => {
    fc.assert(
      fc.property(attempts, instant, instant, (all, one, other) => {
        const [before, after] = [Math.min(one, other), Math.max(one, other)].map((now) =>
          standingAt(all, now).map((review) => ({ ...review, seen: isVisible(review, new Date(now)) })),
        );
        for (const earlier of before ?? []) {
          const later = after?.find((review) => review.side === earlier.side);
          expect(later?.firstAt).toBe(earlier.firstAt);
          if (earlier.seen) expect(later).toEqual(earlier);
        }
      }),
    );
  });
});
