import { CurrencyMismatch } from '@evenhand/money';
import { RefundMoreThanSale, RefundQuantityExceeded, UnknownRefundLine } from './errors';
import { decideRefund, type RefundablePart } from './refund';
import type { RefundEvent } from './sale-event';

const SALE: RefundablePart = {
  orderCurrency: 'EUR',
  orderBaseMinor: 110_00n,
  orderRefundedBaseMinor: 0n,
  orderTakenBackMinor: 0n,
  lines: [
    { lineNumber: 1, lineId: 'a', sku: 'PURSE', quantity: 3, refundedQuantity: 0, baseMinor: 100_00n },
    { lineNumber: 2, lineId: 'b', sku: 'STRAP', quantity: 1, refundedQuantity: 0, baseMinor: 10_00n },
  ],
};

function refund(change: Partial<RefundEvent>): RefundEvent {
  const occurredAt = new Date('2026-05-20T00:00:00Z');
  return { source: 'shop', externalId: 'r1', saleExternalId: '1001', currency: 'EUR', occurredAt, ...change };
}

function decide(sale: RefundablePart, event: RefundEvent) {
  const [decision] = decideRefund([sale], event);
  return decision!;
}

describe('a refund', () => {
  it('by amount takes exactly that, up to what is left', () => {
    const first = decide(SALE, refund({ amountMinor: 60_00n }));
    expect(first.orderBaseMinor).toBe(60_00n);
    expect(decide(first.after, refund({ amountMinor: 50_00n })).after.orderRefundedBaseMinor).toBe(110_00n);
    expect(() => decide(first.after, refund({ amountMinor: 50_01n }))).toThrow(RefundMoreThanSale);
  });

  it('by units sums to the base of the line, one by one or at once', () => {
    let sale = SALE;
    const parts = [1, 1, 1].map(() => {
      const decision = decide(sale, refund({ lines: [{ sku: 'PURSE', quantity: 1 }] }));
      sale = decision.after;
      return decision.orderBaseMinor;
    });
    expect(parts).toEqual([33_33n, 33_34n, 33_33n]);
    expect(decide(SALE, refund({ lines: [{ lineId: 'a', quantity: 3 }] })).orderBaseMinor).toBe(100_00n);
  });

  it('by units never gives back more than was sold', () => {
    const { after } = decide(SALE, refund({ lines: [{ lineId: 'a', quantity: 2 }] }));
    expect(() => decide(after, refund({ lines: [{ lineId: 'a', quantity: 2 }] }))).toThrow(RefundQuantityExceeded);
  });

  it('of all units after a goodwill amount takes what is left', () => {
    const { after } = decide(SALE, refund({ amountMinor: 20_00n }));
    const lines = [
      { lineId: 'a', quantity: 3 },
      { lineId: 'b', quantity: 1 },
    ];
    expect(decide(after, refund({ lines })).orderBaseMinor).toBe(90_00n);
  });

  it('in full takes all that is left, and then no more', () => {
    const { after } = decide(SALE, refund({ lines: [{ lineId: 'b', quantity: 1 }] }));
    const full = decide(after, refund({ full: true }));
    expect(full.orderBaseMinor).toBe(100_00n);
    expect(() => decide(full.after, refund({ full: true }))).toThrow(RefundMoreThanSale);
    expect(() => decide(full.after, refund({ lines: [{ lineId: 'a', quantity: 1 }] }))).toThrow(RefundQuantityExceeded);
  });

  it('needs a line that the sale has, named without doubt', () => {
    expect(() => decide(SALE, refund({ lines: [{ lineId: 'z', quantity: 1 }] }))).toThrow(UnknownRefundLine);
    const twins = { ...SALE, lines: SALE.lines.map((line) => ({ ...line, sku: 'PURSE' })) };
    expect(() => decide(twins, refund({ lines: [{ sku: 'PURSE', quantity: 1 }] }))).toThrow(UnknownRefundLine);
  });

  it('needs the currency of the sale', () => {
    expect(() => decide(SALE, refund({ currency: 'USD', full: true }))).toThrow(CurrencyMismatch);
  });
});
