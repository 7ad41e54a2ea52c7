import { CurrencyMismatch } from '@evenhand/money';
import type { Claims, RefundEvent, SaleEvent, SaleLine } from '@evenhand/sales';
import { fromMoneyInput, type MoneyInput } from '../graphql';
import type { RefundEventInput, SaleEventInput, SaleLineInput } from './sales.inputs';

/** Throws `InvalidAmount`, `UnknownCurrency`, and `CurrencyMismatch` where an amount is not in the order's currency. */
export function toSaleEvent(input: SaleEventInput): SaleEvent {
  const { source, externalId, orderNumber, currency, occurredAt } = input;
  return {
    source,
    externalId,
    orderNumber,
    ...toClaims(input),
    customer: input.customerEmail,
    currency,
    ...(input.lines === null ? {} : { lines: input.lines.map((line) => toSaleLine(line, currency)) }),
    baseMinor: input.base === null ? null : minorOf(input.base, currency),
    occurredAt,
  };
}

function toClaims({ code, additionalCodes, clickIds, linkSlug, clickedAt }: SaleEventInput | SaleLineInput): Claims {
  return { code, additionalCodes: additionalCodes ?? [], clickIds: clickIds ?? [], linkSlug, clickedAt };
}

/** Throws as {@link toSaleEvent}. */
export function toRefundEvent(input: RefundEventInput): RefundEvent {
  const { source, externalId, saleExternalId, currency, full, occurredAt } = input;
  return {
    source,
    externalId,
    saleExternalId,
    currency,
    full,
    lines: input.lines ?? [],
    amountMinor: input.amount === null ? null : minorOf(input.amount, currency),
    occurredAt,
  };
}

export function toSaleLine(line: SaleLineInput, currency: string): SaleLine {
  const optional = (amount: MoneyInput | null) => (amount === null ? 0n : minorOf(amount, currency));
  return {
    lineId: line.lineId,
    sku: line.sku,
    quantity: line.quantity,
    unitPriceMinor: minorOf(line.unitPrice, currency),
    discountMinor: optional(line.discount),
    taxMinor: optional(line.tax),
    shippingMinor: optional(line.shipping),
    ...toClaims(line),
  };
}

/** Throws `CurrencyMismatch` where it is in another currency, `InvalidAmount`. */
export function minorOf(input: MoneyInput, currency: string): bigint {
  const money = fromMoneyInput(input, { allowZero: true });
  if (money.currency !== currency) throw new CurrencyMismatch(currency, money.currency);
  return money.amountMinor;
}
