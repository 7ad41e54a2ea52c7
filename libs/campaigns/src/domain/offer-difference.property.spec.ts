import * as fc from 'fast-check';
import { cashOf, mixedCompensation } from '../../../../test/support/campaigns/campaign-samples';
import type { Compensation } from './compensation';
import { differenceOf, type OfferTerm, termsOfOffer } from './offer-difference';

const amount = fc.bigInt({ min: 1n, max: 2n ** 63n - 1n });
const rate = fc.constantFrom('0.05', '0.10', '1/10', '3/8', '0.375');
const currency = fc.constantFrom('EUR', 'JPY', 'KWD');
const days = fc.integer({ min: 1, max: 90 });

const cash = fc
  .record({
    currency,
    milestones: fc.array(fc.record({ deliverableKey: fc.constantFrom('note', 'live'), amountMinor: amount }), {
      minLength: 1,
      maxLength: 4,
    }),
  })
  .map((part) => ({ ...part, amountMinor: part.milestones.reduce((sum, each) => sum + each.amountMinor, 0n) }));

const item = fc.record({ name: fc.string({ minLength: 1 }), quantity: days, fairMarketValueMinor: amount });
const gift = fc.record({
  currency,
  items: fc.uniqueArray(item, { selector: ({ name }) => name, minLength: 1, maxLength: 4 }),
  postingDutyDays: days,
});

const tier = fc.record({ fromNetSalesMinor: amount, rate });
const bonus = fc.record({
  id: fc.string({ minLength: 1 }),
  metric: fc.constantFrom('net_sales' as const, 'sales_count' as const),
  threshold: amount,
  amountMinor: amount,
  splitBy: fc.constantFrom('note_commission' as const, 'livestream_commission' as const),
});
const commission = fc.record({
  currency,
  rate,
  livestreamRate: fc.option(rate),
  tiers: fc.uniqueArray(tier, { selector: (each) => each.fromNetSalesMinor, maxLength: 3 }),
  capMinor: fc.option(amount),
  reserveMinor: amount,
  attributionWindowDays: days,
  attributionModel: fc.constantFrom('last_click' as const, 'first_click' as const),
  base: fc.constantFrom('net_of_discounts' as const, 'net_of_discounts_tax_shipping' as const),
  holdDays: days,
  bonuses: fc.uniqueArray(bonus, { selector: ({ id }) => id, maxLength: 3 }),
});

const compensation: fc.Arbitrary<Compensation> = fc.record({
  cash: fc.option(cash),
  gift: fc.option(gift),
  commission: fc.option(commission),
});

describe('the difference of two offers', () => {
  it('of an offer with itself is empty', () => {
    fc.assert(fc.property(compensation, (offer) => expect(differenceOf(offer, offer)).toEqual([])));
  });

  it('leads from the terms of the one to those of the other', () => {
    fc.assert(
      fc.property(compensation, compensation, (before, after) => {
        const terms = new Map<string, OfferTerm>(termsOfOffer(before));
        for (const { path, kind, before: was, after: is } of differenceOf(before, after)) {
          expect(terms.get(path) ?? null).toEqual(was);
          if (is) terms.set(path, is);
          else terms.delete(path);
          expect(kind).toBe(was === null ? 'added' : is === null ? 'removed' : 'changed');
        }
        expect(readable(terms)).toEqual(readable(termsOfOffer(after)));
      }),
    );
  });

  it('read backwards is the difference backwards', () => {
    fc.assert(
      fc.property(compensation, compensation, (before, after) => {
        const turned = { added: 'removed', removed: 'added', changed: 'changed' } as const;
        const backwards = differenceOf(after, before).map((each) => ({
          path: each.path,
          kind: turned[each.kind],
          before: each.after,
          after: each.before,
        }));
        expect(byPath(backwards)).toEqual(byPath(differenceOf(before, after)));
      }),
    );
  });

  it('has a path of its own for every term', () => {
    const sizeOf = ({ cash: c, gift: g, commission: m }: Compensation) =>
      (c ? 1 + c.milestones.length : 0) +
      (g ? 2 + 2 * g.items.length : 0) +
      (m
        ? 7 +
          m.tiers.length +
          3 * m.bonuses.length +
          (m.capMinor === null ? 0 : 1) +
          (m.livestreamRate === null ? 0 : 1)
        : 0);
    fc.assert(fc.property(compensation, (offer) => expect(termsOfOffer(offer).size).toBe(sizeOf(offer))));
  });
});

describe('differenceOf', () => {
  it('says what each side reads, with amounts as amounts', () => {
    const before = mixedCompensation();
    const { commission: terms, gift: given } = before;
    if (!terms || !given) throw new Error('The sample has all parts.');
    const after: Compensation = {
      ...cashOf(90_000n),
      gift: null,
      commission: {
        ...terms,
        rate: '1/8',
        livestreamRate: '0.15',
        tiers: [{ fromNetSalesMinor: 2_000_000n, rate: '0.12' }],
        capMinor: null,
        holdDays: 20,
      },
    };
    const eur = (amountMinor: bigint) => ({ type: 'money', amountMinor, currency: 'EUR' });
    expect(differenceOf(before, after)).toEqual([
      { path: 'cash.amount', kind: 'changed', before: eur(100_000n), after: eur(90_000n) },
      { path: 'cash.milestones[note_1]', kind: 'changed', before: eur(100_000n), after: eur(90_000n) },
      { path: 'gift.fairMarketValue', kind: 'removed', before: eur(78_000n), after: null },
      { path: 'gift.items[Purse Aurore].quantity', kind: 'removed', before: words('2'), after: null },
      { path: 'gift.items[Purse Aurore].fairMarketValue', kind: 'removed', before: eur(39_000n), after: null },
      { path: 'gift.postingDutyDays', kind: 'removed', before: words('14'), after: null },
      { path: 'commission.rate', kind: 'changed', before: share('0.10'), after: share('1/8') },
      { path: 'commission.tiers[10000.00]', kind: 'removed', before: share('0.12'), after: null },
      { path: 'commission.cap', kind: 'removed', before: eur(500_000n), after: null },
      { path: 'commission.holdDays', kind: 'changed', before: words('15'), after: words('20') },
      { path: 'commission.tiers[20000.00]', kind: 'added', before: null, after: share('0.12') },
    ]);
  });
});

const words = (text: string) => ({ type: 'text', text });
const share = (text: string) => ({ type: 'rate', text });

/** Rates as exact numbers, so that 0.10 and 1/10 are one. */
function readable(terms: ReadonlyMap<string, OfferTerm>) {
  const exact = { '0.10': '1/10', '0.375': '3/8' } as const;
  const entries = [...terms].map(([path, term]): [string, OfferTerm] =>
    term.type === 'rate' && term.text in exact
      ? [path, { ...term, text: exact[term.text as keyof typeof exact] }]
      : [path, term],
  );
  return new Map(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}

function byPath<T extends { readonly path: string }>(differences: readonly T[]): readonly T[] {
  return [...differences].sort((left, right) => (left.path < right.path ? -1 : 1));
}
