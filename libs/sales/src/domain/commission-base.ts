import { multiplyRoundHalfEven, Rational } from '@evenhand/money';
import type { CommissionBaseRule } from './commission-terms';
import type { SaleEvent, SaleLine } from './sale-event';

/** What the commission is computed on: Σ price − discount, and by the stricter rule − contained tax and shipping too. */
export function commissionBaseMinor(event: SaleEvent, rule: CommissionBaseRule): bigint {
  if (!event.lines) return event.baseMinor ?? 0n;
  return event.lines.reduce((sum, line) => sum + lineBaseMinor(line, rule), 0n);
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
