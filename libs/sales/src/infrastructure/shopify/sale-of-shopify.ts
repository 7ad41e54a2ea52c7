import { InvalidInput } from '@evenhand/kernel';
import { allotByWeights } from '@evenhand/money';
import { isCustomerAddress } from '../../domain/customer';
import type { RefundEvent, SaleEvent, SaleLine } from '../../domain/sale-event';
import { instantOf } from '../instant';
import { clicksIn } from './clicks-in';
import { lineClaimsOf } from './line-claims';
import { amountIn, idIn, isObject, type JsonObject, objectsIn, quantityIn, requiredText, textIn } from './json-fields';

/** Only what never changes after the purchase is read, so a later export repeats it; the customer is no part of that. */
export function saleOfShopify(order: JsonObject, source: string): SaleEvent {
  if (order['test'] === true) throw new InvalidInput('test', 'This is a test order.');
  const externalId = idIn(order, 'id');
  const currency = requiredText(order, 'currency');
  const codes = objectsIn(order, 'discount_codes').flatMap((discount) => textIn(discount, 'code') ?? []);
  const [code = null, ...additionalCodes] = codes;
  return {
    source,
    externalId,
    orderNumber: textIn(order, 'name') ?? externalId,
    code,
    additionalCodes,
    clickIds: clicksIn(order),
    linkSlug: textIn(order, 'landing_site_ref'),
    customer: customerOf(order),
    currency,
    lines: linesOf(order, currency, externalId),
    occurredAt: instantOf('created_at', requiredText(order, 'created_at')),
  };
}

/** The first address that is one: what else stands there must do no harm to the order. */
function customerOf(order: JsonObject): string | null {
  const { customer } = order;
  const told = [order['email'], isObject(customer) ? customer['email'] : null, order['contact_email']];
  return told.find((text): text is string => typeof text === 'string' && isCustomerAddress(text)) ?? null;
}

/** A cancelled order that tells no refunds gives everything back. */
export function cancellationOf(order: JsonObject, sale: SaleEvent): RefundEvent | null {
  const cancelledAt = textIn(order, 'cancelled_at');
  if (cancelledAt === null) return null;
  return {
    source: sale.source,
    externalId: `${sale.externalId}-cancelled`,
    saleExternalId: sale.externalId,
    currency: sale.currency,
    full: true,
    occurredAt: instantOf('cancelled_at', cancelledAt),
  };
}

function linesOf(order: JsonObject, currency: string, orderId: string): readonly SaleLine[] {
  const isTaxIncluded = order['taxes_included'] === true;
  const items = objectsIn(order, 'line_items');
  if (items.length === 0) return [totalsAsLine(order, currency, isTaxIncluded)];
  const claims = lineClaimsOf(order, items);
  const lines = items.map((item, index) => ({ ...lineOf(item, currency, isTaxIncluded), ...claims[index] }));
  const onLines = lines.reduce((sum, line) => sum + line.discountMinor, 0n);
  const onOrderMinor = amountIn(order, 'total_discounts', currency) - onLines;
  return onOrderMinor > 0n ? withOrderDiscount(lines, onOrderMinor, orderId) : lines;
}

type PricedLine = SaleLine & { readonly discountMinor: bigint; readonly taxMinor: bigint };

function lineOf(item: JsonObject, currency: string, isTaxIncluded: boolean): PricedLine {
  const allocations = objectsIn(item, 'discount_allocations');
  const allocated = allocations.reduce((sum, allocation) => sum + amountIn(allocation, 'amount', currency), 0n);
  const tax = objectsIn(item, 'tax_lines').reduce((sum, line) => sum + amountIn(line, 'price', currency), 0n);
  return {
    lineId: idIn(item, 'id'),
    sku: textIn(item, 'sku'),
    quantity: quantityIn(item, 'quantity'),
    unitPriceMinor: amountIn(item, 'price', currency),
    discountMinor: allocations.length > 0 ? allocated : amountIn(item, 'total_discount', currency),
    // Tax that the shop adds on top is not contained in the price.
    taxMinor: isTaxIncluded ? tax : 0n,
  };
}

/** Some exports carry totals only: the order as one line. */
function totalsAsLine(order: JsonObject, currency: string, isTaxIncluded: boolean): SaleLine {
  requiredText(order, 'total_line_items_price');
  return {
    quantity: 1,
    unitPriceMinor: amountIn(order, 'total_line_items_price', currency),
    discountMinor: amountIn(order, 'total_discounts', currency),
    taxMinor: isTaxIncluded ? amountIn(order, 'total_tax', currency) : 0n,
  };
}

/** A discount on the whole order that Shopify has not allocated lies on the lines by their price. */
function withOrderDiscount(lines: readonly PricedLine[], discountMinor: bigint, orderId: string): readonly SaleLine[] {
  const parts = lines.map((line, index) => ({
    key: String(index),
    weight: positive(BigInt(line.quantity) * line.unitPriceMinor - line.discountMinor),
  }));
  const allotment = allotByWeights(discountMinor, parts, orderId);
  return lines.map((line, index) => ({
    ...line,
    discountMinor: line.discountMinor + (allotment.get(String(index)) ?? 0n),
  }));
}

function positive(amount: bigint): bigint {
  return amount < 0n ? 0n : amount;
}
