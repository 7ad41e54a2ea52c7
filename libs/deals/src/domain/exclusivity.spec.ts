import { type CategorisedBrief, clashesBetween, dayOf, daysTakenBy, type TakenDays } from './exclusivity';

const TODAY = '2026-04-01';

/** Work in handbags until the day, with or without an exclusivity of its own. */
function brief(dueOn: string, exclusivity: CategorisedBrief['exclusivity'] = null): CategorisedBrief {
  return { categories: ['handbags', 'fashion'], deliverables: [{ dueOn: '2026-04-05' }, { dueOn }], exclusivity };
}

function taken(use: TakenDays['use'], from: string, to: string, category = 'handbags'): TakenDays {
  return { dealId: 'deal', use, category, from, to };
}

const clashes = (wanted: CategorisedBrief, others: readonly TakenDays[], today = TODAY) =>
  clashesBetween(daysTakenBy(wanted, today), others, today);

describe('what a deal takes', () => {
  it('is work from its first day to the last one due, in each category and in that of its exclusivity', () => {
    const exclusivity = { category: 'watches', from: '2026-05-01', to: '2026-06-30' };
    const work = { use: 'work', from: TODAY, to: '2026-04-30' };
    expect(daysTakenBy(brief('2026-04-30', exclusivity), TODAY)).toEqual([
      { ...work, category: 'handbags' },
      { ...work, category: 'fashion' },
      { ...work, category: 'watches' },
      { use: 'exclusive', ...exclusivity },
    ]);
  });

  it('is the day of the agreement where everything was due before', () => {
    expect(daysTakenBy(brief('2026-03-01'), '2026-05-01')[0]).toMatchObject({ from: '2026-05-01', to: '2026-05-01' });
  });
});

describe('a campaign', () => {
  it.each([
    ['the last day of work is the first of the exclusivity', '2026-04-30', '2026-05-31', 1],
    ['work ends the day before the exclusivity begins', '2026-05-01', '2026-05-31', 0],
    ['work begins on the last day of the exclusivity', '2026-01-01', TODAY, 1],
    ['work begins the day after the exclusivity', '2026-01-01', '2026-03-31', 0],
  ])('clashes with a running exclusivity by days, both included: %s', (_, from, to, count) => {
    expect(clashes(brief('2026-04-30'), [taken('exclusive', from, to)])).toHaveLength(count);
  });

  it('is told the days of the exclusivity', () => {
    const running = taken('exclusive', '2026-03-01', '2026-06-30');
    expect(clashes(brief('2026-04-30'), [running])).toEqual([
      { direction: 'running_exclusivity', category: 'handbags', from: '2026-03-01', to: '2026-06-30', dealId: 'deal' },
    ]);
  });

  it('clashes by its own exclusivity with the work of a running deal, also where that is late', () => {
    const own = brief('2026-04-30', { category: 'handbags', from: '2026-04-10', to: '2026-06-30' });
    expect(clashes(own, [taken('work', '2026-02-01', '2026-04-10')])).toEqual([
      { direction: 'campaign_exclusivity', category: 'handbags', from: '2026-02-01', to: '2026-04-10', dealId: 'deal' },
    ]);
    const late = taken('work', '2026-02-01', '2026-04-09');
    expect(clashes(own, [late])).toEqual([]);
    expect(clashes(own, [late], '2026-04-12')).toMatchObject([{ to: '2026-04-12' }]);
  });

  it('clashes with nothing in another category, and not with work where nobody asks for exclusivity', () => {
    expect(clashes(brief('2026-04-30'), [taken('exclusive', '2026-01-01', '2026-12-31', 'watches')])).toEqual([]);
    expect(clashes(brief('2026-04-30'), [taken('work', '2026-01-01', '2026-12-31')])).toEqual([]);
  });
});

describe('dayOf', () => {
  it('is the day in UTC', () => expect(dayOf(new Date('2026-04-01T01:30:00+02:00'))).toBe('2026-03-31'));
});
