import { InvalidInput } from '@evenhand/kernel';
import { parseMoney } from '@evenhand/money';
import type { RefundEvent, SaleEvent, SaleLine } from '../../domain/sale-event';
import { instantOf } from '../instant';
import { type JsonObject, objectsIn, quantityIn, requiredText, textIn } from '../shopify/json-fields';

/** An order as our own webhook format tells it; amounts are exact decimals such as "12.34". */
export function saleOfJson(data: JsonObject, source: string): SaleEvent {
  const externalId = requiredText(data, 'externalId');
  const currency = requiredText(data, 'currency');
  const clickedAt = textIn(data, 'clickedAt');
  return {
    source,
    externalId,
    orderNumber: textIn(data, 'orderNumber') ?? externalId,
    code: textIn(data, 'code'),
    additionalCodes: textsIn(data, 'additionalCodes'),
    linkSlug: textIn(data, 'link'),
    clickedAt: clickedAt === null ? null : instantOf('clickedAt', clickedAt),
    currency,
    ...(data['lines'] === undefined
      ? { baseMinor: amountIn(data, 'base', currency) }
      : { lines: objectsIn(data, 'lines').map((line) => lineOf(line, currency)) }),
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
    full: data['full'] === true,
    lines: objectsIn(data, 'lines').map((line) => ({
      lineId: textIn(line, 'lineId'),
      sku: textIn(line, 'sku'),
      quantity: quantityIn(line, 'quantity'),
    })),
    amountMinor: data['amount'] === undefined ? null : amountIn(data, 'amount', currency),
    occurredAt: instantOf('occurredAt', requiredText(data, 'occurredAt')),
  };
}

function lineOf(line: JsonObject, currency: string): SaleLine {
  const optional = (field: string) => (line[field] === undefined ? 0n : amountIn(line, field, currency));
  return {
    lineId: textIn(line, 'lineId'),
    sku: textIn(line, 'sku'),
    quantity: quantityIn(line, 'quantity'),
    unitPriceMinor: amountIn(line, 'unitPrice', currency),
    discountMinor: optional('discount'),
    taxMinor: optional('tax'),
    shippingMinor: optional('shipping'),
  };
}

function amountIn(parent: JsonObject, field: string, currency: string): bigint {
  return parseMoney(requiredText(parent, field), currency, { allowZero: true, allowNegative: false }).amountMinor;
}

function textsIn(parent: JsonObject, field: string): readonly string[] {
  const value = parent[field] ?? [];
  if (Array.isArray(value) && value.every((text) => typeof text === 'string')) return value;
  throw new InvalidInput(field, 'This must be a list of texts.');
}
