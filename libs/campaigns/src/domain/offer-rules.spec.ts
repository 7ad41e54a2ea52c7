import { cashOf, mixedCompensation, sampleBrief } from '../../../../test/support/campaigns/campaign-samples';
import type { Brief } from './brief';
import type { BonusOffer, CommissionOffer, Compensation, GiftOffer } from './compensation';
import { InvalidOffer } from './errors';
import { assertFitsBrief } from './offer-rules';

function fieldsOf(compensation: Compensation, brief: Brief = sampleBrief(), message: string | null = null) {
  try {
    assertFitsBrief(compensation, message, brief);
    return [];
  } catch (error) {
    if (error instanceof InvalidOffer) return [...new Set(error.problems.map((problem) => problem.field))];
    throw error;
  }
}

const mixed = mixedCompensation();
const withCommission = (changes: Partial<CommissionOffer>): Compensation => ({
  ...mixed,
  commission: mixed.commission && { ...mixed.commission, ...changes },
});
const withGift = (changes: Partial<GiftOffer>): Compensation => ({
  ...mixed,
  gift: mixed.gift && { ...mixed.gift, ...changes },
});

const bonus = (changes: Partial<BonusOffer>): BonusOffer => ({
  id: 'a',
  metric: 'net_sales',
  threshold: 1n,
  amountMinor: 1n,
  splitBy: 'note_commission',
  ...changes,
});

describe('assertFitsBrief', () => {
  it('takes any mix within the ranges, both ends included', () => {
    expect(fieldsOf(mixed)).toEqual([]);
    expect(fieldsOf(cashOf(50_000n))).toEqual([]);
    expect(fieldsOf(cashOf(300_000n))).toEqual([]);
    expect(fieldsOf({ ...mixed, cash: null, gift: null })).toEqual([]);
  });

  it('refuses an offer of nothing', () => {
    expect(fieldsOf({ cash: null, gift: null, commission: null })).toEqual(['compensation']);
  });

  it.each([[49_999n], [300_001n], [0n], [-50_000n], [2n ** 63n]])('refuses a fee of %s', (amountMinor) => {
    expect(fieldsOf(cashOf(amountMinor))).toContain('cash.amount');
  });

  it('refuses milestones that do not sum to the fee, or that pay for what the brief does not ask', () => {
    const milestones = (parts: readonly [string, bigint][]): Compensation => ({
      cash: {
        currency: 'EUR',
        amountMinor: 60_000n,
        milestones: parts.map(([deliverableKey, amountMinor]) => ({ deliverableKey, amountMinor })),
      },
      gift: null,
      commission: null,
    });
    expect(
      fieldsOf(
        milestones([
          ['note_1', 20_000n],
          ['live_1', 40_000n],
        ]),
      ),
    ).toEqual([]);
    expect(
      fieldsOf(
        milestones([
          ['note_1', 20_000n],
          ['live_1', 40_001n],
        ]),
      ),
    ).toEqual(['cash.milestones']);
    expect(
      fieldsOf(
        milestones([
          ['note_1', 20_000n],
          ['note_1', 40_000n],
        ]),
      ),
    ).toEqual([]);
    expect(
      fieldsOf(
        milestones([
          ['note_1', 70_000n],
          ['live_1', -10_000n],
        ]),
      ),
    ).toEqual(['cash.milestones.1.amount']);
    expect(fieldsOf(milestones([['note_2', 60_000n]]))).toEqual(['cash.milestones.0.deliverableKey']);
    expect(fieldsOf(milestones([]))).toEqual(['cash.milestones']);
  });

  it('refuses kinds and currencies the brief does not offer', () => {
    const onlyGift = sampleBrief({ compensation: { ...sampleBrief().compensation, cash: [], commission: [] } });
    expect(fieldsOf(mixed, onlyGift)).toEqual(['cash', 'commission']);
    const yen = { ...cashOf(60_000n).cash, currency: 'JPY' } as Compensation['cash'];
    expect(fieldsOf({ cash: yen, gift: null, commission: null })).toEqual(['cash.currency']);
    expect(fieldsOf(withCommission({ currency: 'CNY' }))).toEqual(['commission.currency']);
  });

  it('measures a gift by the value of all its pieces', () => {
    const items = [{ name: 'Purse', quantity: 3, fairMarketValueMinor: 39_000n }];
    expect(fieldsOf(withGift({ items }))).toEqual(['gift.amount']);
    expect(fieldsOf(withGift({ items: [] }))).toEqual(['gift.items']);
    expect(fieldsOf(withGift({ postingDutyDays: 0 }))).toEqual(['gift.postingDutyDays']);
    expect(fieldsOf(withGift({ items: [{ name: 'x', quantity: 1.5, fairMarketValueMinor: 39_000n }] }))).toEqual([
      'gift.items.0.quantity',
    ]);
  });

  it('takes bonuses for net sales and for a number of sales', () => {
    expect(fieldsOf(withCommission({ bonuses: [bonus({}), bonus({ id: 'b', metric: 'sales_count' })] }))).toEqual([]);
  });

  it.each<[string, readonly BonusOffer[], string]>([
    ['two bonuses of one name', [bonus({}), bonus({ threshold: 2n })], 'commission.bonuses'],
    ['a bonus without a name', [bonus({ id: ' ' })], 'commission.bonuses.0.id'],
    ['a bonus with a name of a page', [bonus({ id: 'a'.repeat(41) })], 'commission.bonuses.0.id'],
    ['a bonus for nothing sold', [bonus({ threshold: 0n })], 'commission.bonuses.0.threshold'],
    ['a bonus of nothing', [bonus({ amountMinor: 0n })], 'commission.bonuses.0.amount'],
    [
      'more bonuses than anybody reads',
      Array.from({ length: 21 }, (_, n) => bonus({ id: `${n}` })),
      'commission.bonuses',
    ],
  ])('refuses %s', (_name, bonuses, field) => {
    expect(fieldsOf(withCommission({ bonuses }))).toContain(field);
  });

  it.each<[string, Partial<CommissionOffer>, string]>([
    ['a rate below the range', { rate: '0.0499' }, 'commission.rate'],
    ['a rate above the range', { rate: '201/1000' }, 'commission.rate'],
    ['a rate that is no number', { rate: '10%' }, 'commission.rate'],
    ['a rate too fine to be summed with others', { rate: '100000000000000001/1000000000000000001' }, 'commission.rate'],
    ['a livestream rate above the range', { livestreamRate: '0.21' }, 'commission.livestreamRate'],
    ['a tier above the range', { tiers: [{ fromNetSalesMinor: 1n, rate: '0.3' }] }, 'commission.tiers.0.rate'],
    ['another base', { base: 'net_of_discounts_tax_shipping' }, 'commission.base'],
    ['a reserve above the cap', { reserveMinor: 500_001n }, 'commission.reserve'],
    ['a negative reserve', { reserveMinor: -1n }, 'commission.reserve'],
    ['a cap of nothing', { capMinor: 0n }, 'commission.cap'],
    ['a window of no days', { attributionWindowDays: 0 }, 'commission.attributionWindowDays'],
    ['a hold of a year', { holdDays: 365 }, 'commission.holdDays'],
  ])('refuses %s', (_name, changes, field) => {
    expect(fieldsOf(withCommission(changes))).toContain(field);
  });

  it('refuses tiers that do not ascend', () => {
    const tiers = [
      { fromNetSalesMinor: 200n, rate: '0.1' },
      { fromNetSalesMinor: 100n, rate: '0.2' },
    ];
    expect(fieldsOf(withCommission({ tiers }))).toEqual(['commission.tiers.1']);
  });

  it('refuses a message that cannot be stored', () => {
    expect(fieldsOf(mixed, sampleBrief(), 'hello\u0000')).toEqual(['message']);
  });
});
