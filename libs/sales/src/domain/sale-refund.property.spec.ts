import fc from 'fast-check';
import { decideRefund } from './refund';
import { type EarningSale, refundSale } from './sale-refund';
import type { RefundEvent } from './sale-event';

/** A sale of some base in two currencies, and parts that it is refunded in, which sum to all of it. */
const refunded = fc
  .record({
    parts: fc.array(fc.bigInt(1n, 10n ** 12n), { minLength: 1, maxLength: 8 }),
    baseMinor: fc.oneof(fc.bigInt(0n, 20n), fc.bigInt(0n, 10n ** 15n)),
    rate: fc.bigInt(0n, 100n),
  })
  .map(({ parts, baseMinor, rate }) => {
    const sale: EarningSale = {
      orderCurrency: 'KWD',
      orderBaseMinor: parts.reduce((sum, part) => sum + part, 0n),
      orderRefundedBaseMinor: 0n,
      orderTakenBackMinor: 0n,
      lines: [],
      currency: 'JPY',
      baseMinor,
      refundedBaseMinor: 0n,
      commissionMinor: (baseMinor * rate) / 100n,
      commissionReversedMinor: 0n,
    };
    return { sale, parts };
  });

function refund(change: Partial<RefundEvent>): RefundEvent {
  const names = { source: 'shop', externalId: 'r', saleExternalId: '1' };
  return { ...names, currency: 'KWD', occurredAt: new Date('2026-05-20T00:00:00Z'), ...change };
}

function refundedBy(sale: EarningSale, event: RefundEvent) {
  const [decision] = decideRefund([sale], event);
  return refundSale(sale, decision!);
}

function refundInParts(sale: EarningSale, parts: readonly bigint[]): EarningSale {
  return parts.reduce((left, amountMinor) => refundedBy(left, refund({ amountMinor })).saleAfter, sale);
}

describe('refunds of a converted sale', () => {
  it('in any parts together take exactly all of it in both currencies, and all of its commission', () => {
    fc.assert(
      fc.property(refunded, ({ sale, parts }) => {
        expect(refundInParts(sale, parts)).toMatchObject({
          orderRefundedBaseMinor: sale.orderBaseMinor,
          refundedBaseMinor: sale.baseMinor,
          commissionReversedMinor: sale.commissionMinor,
        });
      }),
    );
  });

  it('take the same up to each sum, in whichever parts it came', () => {
    fc.assert(
      fc.property(refunded, fc.nat(7), ({ sale, parts }, many) => {
        const some = parts.slice(0, many);
        const sum = some.reduce((left, right) => left + right, 0n);
        const atOnce = sum === 0n ? sale : refundInParts(sale, [sum]);
        expect(refundInParts(sale, some)).toEqual(atOnce);
        expect(refundInParts(sale, some.toReversed())).toEqual(atOnce);
      }),
    );
  });

  it('take nothing below zero, and are whole once: by the one that takes the last of the order', () => {
    fc.assert(
      fc.property(refunded, ({ sale, parts }) => {
        let left = sale;
        const whole = parts.map((amountMinor) => {
          const taken = refundedBy(left, refund({ amountMinor }));
          left = taken.saleAfter;
          expect(taken.baseMinor >= 0n && taken.commissionReversedMinor >= 0n).toBe(true);
          return taken.isWhole;
        });
        expect(whole).toEqual(parts.map((_part, place) => sale.baseMinor > 0n && place === parts.length - 1));
      }),
    );
  });
});
