import { commissionOfSale } from '@evenhand/ledger';
import type { TrackedDeal } from './commission-terms';
import { decideCommission, NOTHING_SOLD, reversedCommissionMinor, withoutRefund } from './commission';
import { commissionBaseMinor } from './commission-base';
import { saleEvent, trackedDeal } from '../../../../test/support/sales/tracked-deal';

function inTurn(deal: TrackedDeal, bases: readonly bigint[]): readonly bigint[] {
  let running = NOTHING_SOLD;
  return bases.map((base) => {
    const decision = decideCommission(deal, base, running, commissionOfSale);
    running = decision.runningAfter;
    return decision.commissionMinor;
  });
}

const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);

describe('the base of a commission', () => {
  const lines = [
    { quantity: 3, unitPriceMinor: 33_33n, discountMinor: 9_99n, taxMinor: 15_00n, shippingMinor: 5_00n },
    { quantity: 1, unitPriceMinor: 10_00n },
  ];

  it('is price less discount, less contained tax and shipping', () => {
    expect(commissionBaseMinor(saleEvent({ lines }), 'net_of_discounts_tax_shipping')).toBe(80_00n);
  });

  it('keeps tax and shipping where the deal says so', () => {
    expect(commissionBaseMinor(saleEvent({ lines }), 'net_of_discounts')).toBe(100_00n);
  });

  it('is what the source states where it knows no lines', () => {
    expect(commissionBaseMinor(saleEvent({ baseMinor: 42n }), 'net_of_discounts')).toBe(42n);
  });
});

describe('the commission of a sale', () => {
  it.each([
    ['0.10', 1_25n, 12n],
    ['0.10', 1_35n, 14n],
    ['1/3', 100n, 33n],
  ])('untiered is rate %s × base %s, half-even', (rate, base, expected) => {
    expect(inTurn(trackedDeal({ commission: { rate } }), [base])).toEqual([expected]);
  });

  it('does not depend in sum on the order in which tiered and capped sales arrive', () => {
    const tiers = [{ fromNetSalesMinor: 100_00n, rate: '0.155' }];
    const deal = trackedDeal({ commission: { rate: '0.105', tiers, capMinor: 30_00n } });
    const bases = [33_33n, 99_99n, 1n, 45_67n, 50_00n];
    expect(sum(inTurn(deal, bases))).toBe(sum(inTurn(deal, bases.toReversed())));
  });

  it('stops at the cap of the deal, both kinds together', () => {
    const terms = { rate: '0.10', livestreamRate: '0.20', capMinor: 25_00n };
    const note = trackedDeal({ commission: terms });
    const live = trackedDeal({ commission: terms, kind: 'livestream_commission' });
    const first = decideCommission(note, 100_00n, NOTHING_SOLD, commissionOfSale);
    const second = decideCommission(live, 100_00n, first.runningAfter, commissionOfSale);
    expect([first.commissionMinor, second.commissionMinor]).toEqual([10_00n, 15_00n]);
  });

  it('never exceeds the cap though a refund moved later sales into a dearer tier', () => {
    const deal = trackedDeal({
      commission: { rate: '0.05', tiers: [{ fromNetSalesMinor: 100_00n, rate: '0.10' }], capMinor: 15_00n },
    });
    const first = decideCommission(deal, 100_00n, NOTHING_SOLD, commissionOfSale);
    const second = decideCommission(deal, 100_00n, first.runningAfter, commissionOfSale);
    const refunded = withoutRefund(second.runningAfter, false, 100_00n, first.commissionMinor, true);
    const third = decideCommission(deal, 100_00n, refunded, commissionOfSale);
    expect([first, second, third].map((decision) => decision.commissionMinor)).toEqual([5_00n, 10_00n, 5_00n]);
  });
});

describe('what refunds take of a commission', () => {
  it('is all of it when everything came back, however it came', () => {
    const sale = { baseMinor: 100n, commissionMinor: 7n };
    const parts = [33n, 33n, 34n];
    let refundedBaseMinor = 0n;
    const taken = parts.map((part) => {
      const reversed = reversedCommissionMinor({ ...sale, refundedBaseMinor }, part);
      refundedBaseMinor += part;
      return reversed;
    });
    expect(taken).toEqual([2n, 3n, 2n]);
  });
});
