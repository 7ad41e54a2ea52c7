import { assertSameCurrency, moneyOf } from '@evenhand/money';
import { baseOfUnitsMinor } from './commission-base';
import { RefundMoreThanSale, RefundQuantityExceeded, UnknownRefundLine } from './errors';
import type { RefundEvent, RefundLine } from './sale-event';

/** A line of a recorded sale, with what was given back of it; in minor units of the order's currency. */
export interface RefundableLine {
  readonly lineNumber: number;
  readonly lineId: string | null;
  readonly sku: string | null;
  readonly quantity: number;
  readonly refundedQuantity: number;
  readonly baseMinor: bigint;
}

/** A recorded sale as refunds see it: the order, in minor units of its own currency. */
export interface RefundableSale {
  readonly orderCurrency: string;
  readonly orderBaseMinor: bigint;
  readonly orderRefundedBaseMinor: bigint;
  readonly lines: readonly RefundableLine[];
}

export interface RefundDecision<Sale extends RefundableSale = RefundableSale> {
  /** Part of the order's commission base that this refund takes back. */
  readonly orderBaseMinor: bigint;
  readonly saleAfter: Sale;
}

/**
 * What a refund takes back of a sale. By amount: exactly that much of the base, refused where less is left. By lines: the
 * base of the units given back, at most what is left where an amount was refunded before. Full: all that is left.
 * Throws `CurrencyMismatch`, `RefundMoreThanSale`, `RefundQuantityExceeded`, `UnknownRefundLine`.
 */
export function decideRefund<Sale extends RefundableSale>(sale: Sale, event: RefundEvent): RefundDecision<Sale> {
  assertSameCurrency(moneyOf(0n, sale.orderCurrency), moneyOf(0n, event.currency));
  const leftMinor = sale.orderBaseMinor - sale.orderRefundedBaseMinor;
  const units = event.full ? everyUnitLeft(sale) : (event.lines ?? []);
  const { lines, baseMinor: unitsBaseMinor } = takeUnits(sale.lines, units);
  if (event.full) return decision(sale, requireSomethingLeft(sale, leftMinor), lines);
  const amountMinor = event.amountMinor ?? 0n;
  if (amountMinor > leftMinor) throw new RefundMoreThanSale(leftMinor, amountMinor);
  const wantedMinor = amountMinor + unitsBaseMinor;
  return decision(sale, wantedMinor > leftMinor ? leftMinor : wantedMinor, lines);
}

function decision<Sale extends RefundableSale>(
  sale: Sale,
  orderBaseMinor: bigint,
  lines: readonly RefundableLine[],
): RefundDecision<Sale> {
  const orderRefundedBaseMinor = sale.orderRefundedBaseMinor + orderBaseMinor;
  return { orderBaseMinor, saleAfter: { ...sale, orderRefundedBaseMinor, lines } };
}

function requireSomethingLeft(sale: RefundableSale, leftMinor: bigint): bigint {
  if (leftMinor === 0n && sale.orderBaseMinor > 0n) throw new RefundMoreThanSale(leftMinor, sale.orderBaseMinor);
  return leftMinor;
}

function everyUnitLeft(sale: RefundableSale): readonly { lineNumber: number; quantity: number }[] {
  return sale.lines.map((line) => ({ lineNumber: line.lineNumber, quantity: line.quantity - line.refundedQuantity }));
}

function takeUnits(
  lines: readonly RefundableLine[],
  wanted: readonly (RefundLine | { readonly lineNumber: number; readonly quantity: number })[],
): { readonly lines: readonly RefundableLine[]; readonly baseMinor: bigint } {
  const after = [...lines];
  let baseMinor = 0n;
  for (const units of wanted) {
    const index = 'lineNumber' in units ? indexByNumber(after, units.lineNumber) : indexOfLine(after, units);
    const line = after[index];
    if (!line) continue;
    const refundedQuantity = line.refundedQuantity + units.quantity;
    if (refundedQuantity > line.quantity) {
      throw new RefundQuantityExceeded(nameOf(line), line.quantity - line.refundedQuantity, units.quantity);
    }
    // Differences of cumulated parts: all units together carry exactly the line's base, however they come back.
    baseMinor +=
      baseOfUnitsMinor(line.baseMinor, refundedQuantity, line.quantity) -
      baseOfUnitsMinor(line.baseMinor, line.refundedQuantity, line.quantity);
    after[index] = { ...line, refundedQuantity };
  }
  return { lines: after, baseMinor };
}

function indexByNumber(lines: readonly RefundableLine[], lineNumber: number): number {
  return lines.findIndex((line) => line.lineNumber === lineNumber);
}

function indexOfLine(lines: readonly RefundableLine[], wanted: RefundLine): number {
  const { lineId, sku } = wanted;
  if (lineId) {
    const index = lines.findIndex((line) => line.lineId === lineId);
    if (index >= 0) return index;
    throw new UnknownRefundLine(lineId);
  }
  const matches = lines.flatMap((line, index) => (sku && line.sku === sku ? [index] : []));
  const [only] = matches;
  if (only === undefined || matches.length > 1) throw new UnknownRefundLine(sku ?? '');
  return only;
}

function nameOf(line: RefundableLine): string {
  return line.lineId ?? line.sku ?? String(line.lineNumber);
}
