import { commissionBaseMinor, numberedLinesOf } from '../../domain/commission-base';
import type { CommissionBaseRule } from '../../domain/commission-terms';
import type { RefundablePart } from '../../domain/refund';
import type { SaleEvent } from '../../domain/sale-event';
import { lineRecordOf, unearnedLinesOf } from '../new-sale';

/** A sale of an order that is more than one deal's, or whose lines are not all some deal's. */
export interface SaleOfOrder {
  readonly dealId: string;
  readonly lineNumbers: readonly number[];
  readonly base: CommissionBaseRule;
}

/** A part of an order that is not the replayed deal's: its refunds decide how much of an amount is left to the deal. */
export interface OtherPart extends RefundablePart {
  readonly isUnearned: boolean;
}

/** What of the order other deals earned, and what no deal did; nothing of an order that is one deal's whole. */
export function otherPartsOf(
  event: SaleEvent,
  sales: readonly SaleOfOrder[] | undefined,
  dealId: string,
): readonly OtherPart[] {
  if (!sales) return [];
  const { currency: orderCurrency } = event;
  const ofDeals = sales
    .filter((sale) => sale.dealId !== dealId)
    .map(({ lineNumbers, base }) => {
      const lines = numberedLinesOf(event, lineNumbers).map(({ line, lineNumber }) =>
        lineRecordOf(line, lineNumber, base),
      );
      const orderBaseMinor = commissionBaseMinor(event, base, lineNumbers);
      const taken = { orderRefundedBaseMinor: 0n, orderTakenBackMinor: 0n };
      return { orderCurrency, orderBaseMinor, ...taken, lines, isUnearned: false };
    });
  const earned = new Set(sales.flatMap(({ lineNumbers }) => lineNumbers));
  const unearned = numberedLinesOf(event, null).flatMap(({ lineNumber }) =>
    earned.has(lineNumber) ? [] : [lineNumber],
  );
  return [...ofDeals, ...unearnedLinesOf(event, unearned).map((line) => ({ ...line, isUnearned: true }))];
}
