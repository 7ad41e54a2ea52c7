import { multiplyRoundHalfEven, Rational } from '@evenhand/money';
import { reversedCommissionMinor } from './commission';
import type { RefundablePart, RefundDecision } from './refund';

/** A recorded sale with what it earned. What does not say `order` is in minor units of the deal's currency. */
export interface EarningSale extends RefundablePart {
  readonly currency: string;
  readonly baseMinor: bigint;
  readonly refundedBaseMinor: bigint;
  readonly commissionMinor: bigint;
  readonly commissionReversedMinor: bigint;
}

/** What one refund takes back; `orderBaseMinor` in minor units of the order's currency, the rest of the deal's. */
export interface SaleRefund<Sale extends EarningSale = EarningSale> {
  readonly orderBaseMinor: bigint;
  readonly baseMinor: bigint;
  readonly commissionReversedMinor: bigint;
  /** True where it took back the last of a sale that counts. */
  readonly isWhole: boolean;
  readonly saleAfter: Sale;
}

/**
 * What a refund takes back of a sale, in both currencies, and of its commission, by what was decided of the order. It asks
 * for no rate: of the converted base it takes the part that all refunds so far make of the order's, rounded once, less what
 * the earlier ones took. Refunded whole, both bases and the commission are exactly zero.
 */
export function refundSale<Sale extends EarningSale>(
  sale: Sale,
  { orderBaseMinor, after }: RefundDecision<Sale>,
): SaleRefund<Sale> {
  const { orderRefundedBaseMinor } = after;
  const refundedBaseMinor = convertedPart(sale, orderRefundedBaseMinor);
  const baseMinor = refundedBaseMinor - sale.refundedBaseMinor;
  const takenMinor = reversedCommissionMinor(sale, baseMinor);
  const commissionReversedMinor = sale.commissionReversedMinor + takenMinor;
  return {
    orderBaseMinor,
    baseMinor,
    commissionReversedMinor: takenMinor,
    isWhole: sale.baseMinor > 0n && orderBaseMinor > 0n && orderRefundedBaseMinor === sale.orderBaseMinor,
    saleAfter: { ...after, refundedBaseMinor, commissionReversedMinor },
  };
}

function convertedPart(sale: EarningSale, orderRefundedBaseMinor: bigint): bigint {
  if (sale.orderBaseMinor === 0n) return 0n;
  return multiplyRoundHalfEven(sale.baseMinor, Rational.of(orderRefundedBaseMinor, sale.orderBaseMinor));
}
