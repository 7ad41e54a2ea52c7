import * as fc from 'fast-check';
import { saleEvent, trackedDeal } from '../../../../test/support/sales/tracked-deal';
import { attribute } from './attribution';
import type { RecordedClick } from './attribution-candidates';

const DAY_MS = 86_400_000;
const ORDER = new Date('2026-05-20T12:00:00Z');
const NAMES = ['one', 'two', 'three', 'four'];

const someDeal = fc.record({
  attributionModel: fc.constantFrom('last_click', 'first_click'),
  attributionWindowDays: fc.integer({ min: 1, max: 30 }),
  isActive: fc.boolean(),
});
const someClick = fc.record({
  linkSlug: fc.constantFrom(...NAMES, 'nowhere'),
  daysBefore: fc.integer({ min: -2, max: 40 }),
  isFiltered: fc.boolean(),
});
const someOrder = fc.record({
  deals: fc.tuple(someDeal, someDeal, someDeal, someDeal),
  clicks: fc.array(someClick, { maxLength: 8 }),
  code: fc.constantFrom(null, ...NAMES, 'nobody'),
  linkSlug: fc.constantFrom(null, ...NAMES, 'nowhere'),
});

type Order = typeof someOrder extends fc.Arbitrary<infer Value> ? Value : never;

function attributed({ deals, clicks, code, linkSlug }: Order, clickIds = clicks.map((_click, index) => `c${index}`)) {
  const byName = new Map(
    deals.map(({ isActive, ...commission }, index) => [
      NAMES[index],
      trackedDeal({ dealId: NAMES[index] ?? '', activeFrom: isActive ? new Date(0) : null, commission }),
    ]),
  );
  const recorded = clicks.map(({ daysBefore, ...click }): RecordedClick => ({
    ...click,
    clickedAt: new Date(ORDER.getTime() - daysBefore * DAY_MS),
  }));
  return attribute(saleEvent({ code, linkSlug, clickIds, occurredAt: ORDER }), {
    byCode: (text) => byName.get(text),
    byLinkSlug: (slug) => byName.get(slug),
    clickById: (clickId) => recorded[Number(clickId.slice(1))],
  });
}

describe('attribution of any order', () => {
  it('gives it to one deal at most, whose period and window hold it, and says of every other why not', () => {
    fc.assert(
      fc.property(someOrder, (order) => {
        const result = attributed(order);
        if (!result.attributed) return;
        const won = result.candidates.filter(({ outcome }) => outcome === 'won');
        expect(won).toMatchObject([{ dealId: result.deal.dealId, basis: result.basis }]);
        expect(result.deal.activeFrom).not.toBeNull();
        const ageMs = won[0]?.clickedAt ? ORDER.getTime() - won[0].clickedAt.getTime() : 0;
        expect(ageMs).toBeGreaterThanOrEqual(0);
        expect(ageMs).toBeLessThanOrEqual(result.deal.commission.attributionWindowDays * DAY_MS);
        expect(result.candidates.every(({ reason }) => reason !== '')).toBe(true);
      }),
    );
  });

  it('does not depend on the order in which clicks are named', () => {
    fc.assert(
      fc.property(someOrder, (order) => {
        // At the same instant the ids decide.
        const clickIds = order.clicks.map((_click, index) => `c${index}`).toReversed();
        const [one, other] = [attributed(order), attributed(order, clickIds)];
        expect(one.attributed && one.deal.dealId).toBe(other.attributed && other.deal.dealId);
      }),
    );
  });

  it('leaves it with nobody only where nothing counts', () => {
    fc.assert(
      fc.property(someOrder, (order) => {
        const result = attributed(order);
        const counts = order.clicks.some(({ linkSlug, daysBefore, isFiltered }) => {
          const deal = order.deals[NAMES.indexOf(linkSlug)];
          return deal?.isActive && !isFiltered && daysBefore >= 0 && daysBefore <= deal.attributionWindowDays;
        });
        if (counts) expect(result.attributed).toBe(true);
      }),
    );
  });
});
