import { DealNotCompleted, InvalidReviewText, InvalidStars, ReviewAlreadyVisible, ReviewTooLate } from './errors';
import { isVisible, reviewContent, writeReview } from './review';

const COMPLETED = new Date('2026-03-01T09:00:00.000Z');
const deal = { state: 'completed', completedAt: COMPLETED } as const;
const DAY_MS = 86_400_000;
const onDay = (days: number, ms = 0) => new Date(COMPLETED.getTime() + days * DAY_MS + ms);

describe('what a review says', () => {
  it.each([1, 5])('is %p stars, with or without words', (stars) => {
    expect(reviewContent(stars, ' Prompt and fair. ')).toEqual({ stars, text: 'Prompt and fair.' });
    expect(reviewContent(stars, '  ')).toEqual({ stars, text: '' });
  });

  it.each([0, 6, -1, 4.5, Number.NaN])('is not %p stars', (stars) => {
    expect(() => reviewContent(stars, '')).toThrow(InvalidStars);
  });

  it('has up to 2,000 characters of any script', () => {
    expect(reviewContent(3, '👜'.repeat(2_000)).text).toHaveLength(4_000);
    expect(() => reviewContent(3, '包'.repeat(2_001))).toThrow(InvalidReviewText);
  });
});

describe('a review', () => {
  it('waits for 14 days while it is the only one', () => {
    const alone = { visibleFrom: onDay(14), replaces: false, othersVisibleFrom: null };
    expect(writeReview(deal, [], 'brand', onDay(2))).toEqual(alone);
  });

  it('is visible at once after them', () => {
    expect(writeReview(deal, [], 'influencer', onDay(20)).visibleFrom).toEqual(onDay(20));
  });

  it('shows the other one and itself, and hides again nothing that was visible', () => {
    const write = (visibleFrom: Date, now: Date) =>
      writeReview(deal, [{ side: 'brand', visibleFrom }], 'influencer', now);
    const both = { visibleFrom: onDay(3), replaces: false, othersVisibleFrom: onDay(3) };
    expect(write(onDay(14), onDay(3))).toEqual(both);
    expect(write(onDay(14), onDay(30)).othersVisibleFrom).toEqual(onDay(14));
  });

  it('is replaced while nobody has seen it, and not from the instant on at which somebody may', () => {
    const standing = [{ side: 'brand', visibleFrom: onDay(14) }] as const;
    expect(writeReview(deal, standing, 'brand', onDay(14, -1))).toMatchObject({
      replaces: true,
      visibleFrom: onDay(14),
    });
    expect(() => writeReview(deal, standing, 'brand', onDay(14))).toThrow(ReviewAlreadyVisible);
    expect([onDay(14, -1), onDay(14)].map((now) => isVisible(standing[0], now))).toEqual([false, true]);
  });

  it('is written within 60 days after completion', () => {
    expect(writeReview(deal, [], 'brand', onDay(60)).visibleFrom).toEqual(onDay(60));
    expect(() => writeReview(deal, [], 'brand', onDay(60, 1))).toThrow(ReviewTooLate);
  });

  it.each(['awaiting_funding', 'active', 'disputed', 'cancelled'] as const)('is not of a deal %s', (state) => {
    expect(() => writeReview({ state, completedAt: null }, [], 'brand', onDay(1))).toThrow(DealNotCompleted);
  });
});
