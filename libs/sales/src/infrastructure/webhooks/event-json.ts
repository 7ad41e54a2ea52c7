import { InvalidInput } from '@evenhand/kernel';
import { parseMoney } from '@evenhand/money';
import type { Claims, RefundEvent, SaleEvent, SaleLine } from '../../domain/sale-event';
import { instantOf } from '../instant';
import { type JsonObject, objectsIn, quantityIn, requiredText, textIn } from '../shopify/json-fields';

/** An order as our own webhook format tells it; amounts are exact decimals such as "12.34". */
export function saleOfJson(data: JsonObject, source: string): SaleEvent {
  const externalId = requiredText(data, 'externalId');
  const currency = requiredText(data, 'currency');
  return {
    source,
    externalId,
    orderNumber: textIn(data, 'orderNumber') ?? externalId,
    ...claimsIn(data),
    customer: textIn(data, 'customerEmail'),
    currency,
    ...(isGiven(data, 'base') ? { baseMinor: amountIn(data, 'base', currency) } : {}),
    ...(isGiven(data, 'lines') ? { lines: objectsIn(data, 'lines').map((line) => lineOf(line, currency)) } : {}),
    occurredAt: instantOf('occurredAt', requiredText(data, 'occurredAt')),
  };
}

/** A refund as our own webhook format tells it: `full`, or `lines` and/or `amount`. */
export function refundOfJson(data: JsonObject, source: string): RefundEvent {
  const currency = requiredText(data, 'currency');
  return {
    source,
    externalId: requiredText(data, 'externalId'),
    saleExternalId: requiredText(data, 'saleExternalId'),
    currency,
    full: flagIn(data, 'full'),
    lines: objectsIn(data, 'lines').map((line) => ({
      lineId: textIn(line, 'lineId'),
      sku: textIn(line, 'sku'),
      quantity: quantityIn(line, 'quantity'),
    })),
    amountMinor: isGiven(data, 'amount') ? amountIn(data, 'amount', currency) : null,
    occurredAt: instantOf('occurredAt', requiredText(data, 'occurredAt')),
  };
}

/** Of the order, or of one of its lines. */
function claimsIn(data: JsonObject): Claims {
  const clickedAt = textIn(data, 'clickedAt');
  return {
    code: textIn(data, 'code'),
    additionalCodes: textsIn(data, 'additionalCodes'),
    clickIds: textsIn(data, 'clickIds'),
    linkSlug: textIn(data, 'link'),
    clickedAt: clickedAt === null ? null : instantOf('clickedAt', clickedAt),
  };
}

function lineOf(line: JsonObject, currency: string): SaleLine {
  const optional = (field: string) => (isGiven(line, field) ? amountIn(line, field, currency) : 0n);
  return {
    lineId: textIn(line, 'lineId'),
    sku: textIn(line, 'sku'),
    quantity: quantityIn(line, 'quantity'),
    unitPriceMinor: amountIn(line, 'unitPrice', currency),
    discountMinor: optional('discount'),
    taxMinor: optional('tax'),
    shippingMinor: optional('shipping'),
    ...claimsIn(line),
  };
}

function amountIn(parent: JsonObject, field: string, currency: string): bigint {
  return parseMoney(requiredText(parent, field), currency, { allowZero: true, allowNegative: false }).amountMinor;
}

function isGiven(parent: JsonObject, field: string): boolean {
  return (parent[field] ?? null) !== null;
}

function flagIn(parent: JsonObject, field: string): boolean {
  const value = parent[field] ?? false;
  if (typeof value === 'boolean') return value;
  throw new InvalidInput(field, 'This must be true or false.');
}

function textsIn(parent: JsonObject, field: string): readonly string[] {
  const value = parent[field] ?? [];
  if (Array.isArray(value) && value.every((text) => typeof text === 'string')) return value;
  throw new InvalidInput(field, 'This must be a list of texts.');
}
