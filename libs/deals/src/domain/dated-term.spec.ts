import { nextNotice, termState } from './dated-term';

const PERIOD = { from: '2026-04-01', to: '2026-12-31' };
const at = (instant: string) => new Date(instant);

describe('a term with dates', () => {
  it.each([
    ['2026-03-31T23:59:59.999Z', 'not_yet'],
    ['2026-04-01T00:00:00.000Z', 'running'],
    ['2026-12-31T23:59:59.999Z', 'running'],
    ['2027-01-01T00:00:00.000Z', 'ended'],
  ])('at %s is %s', (instant, state) => expect(termState(PERIOD, at(instant))).toBe(state));
});

describe('the notices of a term', () => {
  const allOf = (period: typeof PERIOD, agreed: string) => {
    const told: string[] = [];
    let next = nextNotice(period, at(agreed), null);
    for (; next !== null; next = nextNotice(period, at(agreed), next.daysLeft)) {
      told.push(`${next.daysLeft} at ${next.dueAt.toISOString()}`);
    }
    return told;
  };

  it('are told 30 and 7 days before the last day is over, and then', () => {
    expect(allOf(PERIOD, '2026-03-01T09:00:00Z')).toEqual([
      '30 at 2026-12-02T00:00:00.000Z',
      '7 at 2026-12-25T00:00:00.000Z',
      '0 at 2027-01-01T00:00:00.000Z',
    ]);
  });

  it('fall away where their time was before the deal or before the term began, the end never', () => {
    expect(allOf(PERIOD, '2026-12-02T00:00:00Z')).toEqual([
      '7 at 2026-12-25T00:00:00.000Z',
      '0 at 2027-01-01T00:00:00.000Z',
    ]);
    expect(allOf({ from: '2026-12-28', to: '2026-12-31' }, '2026-03-01T09:00:00Z')).toEqual([
      '0 at 2027-01-01T00:00:00.000Z',
    ]);
    expect(allOf(PERIOD, '2027-06-01T00:00:00Z')).toEqual(['0 at 2027-01-01T00:00:00.000Z']);
  });
});
