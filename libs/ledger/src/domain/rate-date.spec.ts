import { rateDateOf } from './rate-date';

describe('the day whose exchange rate holds', () => {
  it.each([
    ['2026-01-31T22:59:59Z', '2026-01-31'],
    ['2026-01-31T23:00:00Z', '2026-02-01'],
    ['2026-07-31T21:59:59Z', '2026-07-31'],
    ['2026-07-31T22:00:00Z', '2026-08-01'],
  ])('is the one in Frankfurt, winter and summer: %s', (instant, day) => {
    expect(rateDateOf(new Date(instant))).toBe(day);
  });
});
