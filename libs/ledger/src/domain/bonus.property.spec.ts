import * as fc from 'fast-check';
import { BONUS_METRICS, bonusChanges, type BonusRule, type PerformanceFigures, type StandingBonus } from './bonus';

const START = new Date('2026-10-01T00:00:00Z').getTime();
const LATER = new Date(START + 1_000_000);
const at = (ms: number): Date => new Date(START + ms);

const rules: fc.Arbitrary<readonly BonusRule[]> = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    metric: fc.constantFrom(...BONUS_METRICS),
    threshold: fc.bigInt(1n, 40n),
  }),
  { selector: ({ id }) => id, maxLength: 4 },
);
/** Sales of some net amount, and of some a whole refund. */
const sales = fc.array(fc.record({ net: fc.bigInt(1n, 20n), isRefunded: fc.boolean() }), { maxLength: 10 });

type Event = PerformanceFigures;
const eventsOf = (given: readonly { net: bigint; isRefunded: boolean }[]): readonly Event[] => [
  ...given.map(({ net }) => ({ net_sales: net, sales_count: 1n })),
  ...given.filter(({ isRefunded }) => isRefunded).map(({ net }) => ({ net_sales: -net, sales_count: -1n })),
];
const plus = (left: Event, right: Event): Event => ({
  net_sales: left.net_sales + right.net_sales,
  sales_count: left.sales_count + right.sales_count,
});
const NOTHING: Event = { net_sales: 0n, sales_count: 0n };

/** Runs events in turn, `size` at a time; every bonus is held until `releaseAt`. */
function run(bonuses: readonly BonusRule[], events: readonly Event[], size: number, releaseAt: Date) {
  let figures = NOTHING;
  let standing: readonly StandingBonus[] = [];
  const earned: string[] = [];
  for (let first = 0; first < events.length; first += size) {
    figures = events.slice(first, first + size).reduce(plus, figures);
    const changes = bonusChanges(bonuses, standing, figures, at(first));
    const lost = new Set(changes.lost);
    earned.push(...changes.earned.map(({ id }) => id));
    standing = [
      ...standing.filter(({ bonusId }) => !lost.has(bonusId)),
      ...changes.earned.map(({ id }) => ({ bonusId: id, releaseAt })),
    ];
  }
  return { figures, standing: standing.map(({ bonusId }) => bonusId).toSorted(), earned };
}

describe('bonusChanges', () => {
  it('leaves the same bonuses standing in any order and any batches, while they are held', () => {
    const scene = fc.tuple(rules, sales).chain(([bonuses, given]) => {
      const events = eventsOf(given);
      const order = fc.shuffledSubarray([...events], { minLength: events.length });
      return fc.tuple(fc.constant(bonuses), fc.constant(events), order, fc.integer({ min: 1, max: 5 }));
    });
    fc.assert(
      fc.property(scene, ([bonuses, events, reordered, size]) => {
        const expected = run(bonuses, events, 1, LATER);
        expect(run(bonuses, reordered, size, LATER).standing).toEqual(expected.standing);
        const reached = bonuses.filter(({ metric, threshold }) => expected.figures[metric] >= threshold);
        expect(expected.standing).toEqual(reached.map(({ id }) => id).toSorted());
      }),
    );
  });

  it('gives a bonus once a deal where nothing takes it back: after its hold, whatever is refunded', () => {
    fc.assert(
      fc.property(rules, sales, (bonuses, given) => {
        const { earned, standing } = run(bonuses, eventsOf(given), 1, at(0));
        expect(new Set(earned).size).toBe(earned.length);
        expect(standing).toEqual(earned.toSorted());
      }),
    );
  });

  it('changes nothing when it is asked again', () => {
    fc.assert(
      fc.property(rules, sales, (bonuses, given) => {
        const { figures, standing } = run(bonuses, eventsOf(given), 3, LATER);
        const now = standing.map((bonusId) => ({ bonusId, releaseAt: LATER }));
        expect(bonusChanges(bonuses, now, figures, at(1))).toEqual({ earned: [], lost: [] });
      }),
    );
  });

  it('is due from its threshold on, and kept from the very instant its hold ends', () => {
    const bonus = { id: 'a', metric: 'sales_count', threshold: 3n } as const;
    const figures = (count: bigint): PerformanceFigures => ({ net_sales: 0n, sales_count: count });
    expect(bonusChanges([bonus], [], figures(2n), at(0)).earned).toEqual([]);
    expect(bonusChanges([bonus], [], figures(3n), at(0)).earned).toEqual([bonus]);
    const standing = [{ bonusId: 'a', releaseAt: at(10) }];
    expect(bonusChanges([bonus], standing, figures(2n), at(9)).lost).toEqual(['a']);
    expect(bonusChanges([bonus], standing, figures(2n), at(10)).lost).toEqual([]);
  });
});
