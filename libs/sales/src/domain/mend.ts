import { InvalidInput } from '@evenhand/kernel';
import { codesOf } from './claims';
import type { RefundEvent, RefundLine, SaleEvent, SaleLine } from './sale-event';

/** What a person corrects of a sale; what is left out stays. Amounts are minor units of the currency as corrected. */
export interface SaleCorrection {
  /** Takes the place of the first code; the order's further codes are tried after it. */
  readonly code?: string | null;
  readonly linkSlug?: string | null;
  readonly clickedAt?: Date | null;
  readonly orderNumber?: string | null;
  readonly currency?: string | null;
  /** Takes the place of lines or base, as does the other. */
  readonly lines?: readonly SaleLine[] | null;
  readonly baseMinor?: bigint | null;
  readonly occurredAt?: Date | null;
}

/** What a person corrects of a refund; `full`, `lines` and `amountMinor` together take the place of those before. */
export interface RefundCorrection {
  readonly saleExternalId?: string | null;
  readonly currency?: string | null;
  readonly full?: boolean | null;
  readonly lines?: readonly RefundLine[] | null;
  readonly amountMinor?: bigint | null;
  readonly occurredAt?: Date | null;
}

/** The sale as corrected; its name never changes. Throws `InvalidInput` for a correction of nothing, or of half an amount. */
export function correctedSale(event: SaleEvent, correction: SaleCorrection): SaleEvent {
  requireSomething(correction);
  const { code, linkSlug, clickedAt, orderNumber, currency, lines, baseMinor, occurredAt } = correction;
  const hasAmounts = isGiven(lines) || isGiven(baseMinor);
  requireAmountsFor(event.currency, currency, hasAmounts);
  const { lines: linesBefore, baseMinor: baseBefore, ...rest } = event;
  return {
    ...rest,
    ...(isGiven(code) && { code, additionalCodes: codesOf(event) }),
    ...(isGiven(linkSlug) && { linkSlug }),
    ...(isGiven(clickedAt) && { clickedAt }),
    ...(isGiven(orderNumber) && { orderNumber }),
    ...(isGiven(currency) && { currency }),
    ...(isGiven(occurredAt) && { occurredAt }),
    ...(hasAmounts ? amountsOf(lines, baseMinor) : amountsOf(linesBefore, baseBefore)),
  };
}

/** The refund as corrected; throws as {@link correctedSale}. */
export function correctedRefund(event: RefundEvent, correction: RefundCorrection): RefundEvent {
  requireSomething(correction);
  const { saleExternalId, currency, full, lines, amountMinor, occurredAt } = correction;
  const hasAmounts = isGiven(full) || isGiven(lines) || isGiven(amountMinor);
  requireAmountsFor(event.currency, currency, hasAmounts);
  return {
    ...event,
    ...(isGiven(saleExternalId) && { saleExternalId }),
    ...(isGiven(currency) && { currency }),
    ...(isGiven(occurredAt) && { occurredAt }),
    ...(hasAmounts && { full: full ?? false, lines: lines ?? [], amountMinor: amountMinor ?? null }),
  };
}

function amountsOf(lines: readonly SaleLine[] | null | undefined, baseMinor: bigint | null | undefined) {
  return { ...(isGiven(lines) && { lines }), ...(isGiven(baseMinor) && { baseMinor }) };
}

/** Minor units of one currency are none of another. */
function requireAmountsFor(before: string, after: string | null | undefined, hasAmounts: boolean): void {
  if (!isGiven(after) || after === before || hasAmounts) return;
  throw new InvalidInput('currency', 'State the amounts anew when you correct the currency.');
}

function requireSomething(correction: object): void {
  if (!Object.values(correction).some(isGiven)) throw new InvalidInput('correction', 'Say what to correct.');
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
