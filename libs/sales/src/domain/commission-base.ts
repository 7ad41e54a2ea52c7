import { multiplyRoundHalfEven, Rational } from '@evenhand/money';
import type { CommissionBaseRule } from './commission-terms';
import type { SaleEvent, SaleLine } from './sale-event';

/**
 * What the commission is computed on: Σ price − discount, and by the stricter rule − contained tax and shipping too; of
 * the order's lines of these numbers, or (null) of the whole order.
 */
export function commissionBaseMinor(
  event: SaleEvent,
  rule: CommissionBaseRule,
  lineNumbers: readonly number[] | null = null,
): bigint {
  if (!event.lines) return event.baseMinor ?? 0n;
  if (lineNumbers === null) return event.lines.reduce((sum, line) => sum + lineBaseMinor(line, rule), 0n);
  return numberedLinesOf(event, lineNumbers).reduce((sum, { line }) => sum + lineBaseMinor(line, rule), 0n);
}

/** The order's lines of these numbers, or (null) all of them; numbers count from 1. */
export function numberedLinesOf(
  { lines = [] }: SaleEvent,
  lineNumbers: readonly number[] | null,
): readonly { readonly lineNumber: number; readonly line: SaleLine }[] {
  const numbered = lines.map((line, index) => ({ lineNumber: index + 1, line }));
  if (lineNumbers === null) return numbered;
  const wanted = new Set(lineNumbers);
  return numbered.filter(({ lineNumber }) => wanted.has(lineNumber));
}

export function lineBaseMinor(line: SaleLine, rule: CommissionBaseRule): bigint {
  const discounted = BigInt(line.quantity) * line.unitPriceMinor - (line.discountMinor ?? 0n);
  if (rule === 'net_of_discounts') return discounted;
  return discounted - (line.taxMinor ?? 0n) - (line.shippingMinor ?? 0n);
}

/** The part of a line's base that its first `units` of `quantity` units carry; all units carry all of it, exactly. */
export function baseOfUnitsMinor(lineBase: bigint, units: number, quantity: number): bigint {
  return multiplyRoundHalfEven(lineBase, Rational.of(BigInt(units), BigInt(quantity)));
}
