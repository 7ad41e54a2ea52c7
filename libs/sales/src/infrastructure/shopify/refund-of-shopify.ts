import { InvalidInput } from '@evenhand/kernel';
import type { RefundEvent } from '../../domain/sale-event';
import { instantOf } from '../instant';
import { amountIn, idIn, type JsonObject, objectsIn, quantityIn, requiredText, textIn } from './json-fields';

/**
 * A refund by the lines given back, and by the amount beyond them where the shop refunded a sum. Refunded shipping is
 * not part of any line and takes no commission back: null where nothing else is given back. `orderCurrency` is null where the refund stands alone.
 */
export function refundOfShopify(refund: JsonObject, source: string, orderCurrency: string | null): RefundEvent | null {
  const currency = orderCurrency ?? currencyOfTransactions(refund);
  const lines = objectsIn(refund, 'refund_line_items').map((item) => ({
    lineId: idIn(item, 'line_item_id'),
    quantity: quantityIn(item, 'quantity'),
  }));
  const amountMinor = amountBeyondLines(refund, currency);
  if (lines.length === 0 && amountMinor === 0n) return null;
  return {
    source,
    externalId: idIn(refund, 'id'),
    saleExternalId: idIn(refund, 'order_id'),
    currency,
    lines,
    amountMinor: amountMinor === 0n ? null : amountMinor,
    occurredAt: instantOf('created_at', requiredText(refund, 'created_at')),
  };
}

function currencyOfTransactions(refund: JsonObject): string {
  const [currency] = objectsIn(refund, 'transactions').flatMap((transaction) => textIn(transaction, 'currency') ?? []);
  if (currency === undefined) throw new InvalidInput('transactions', 'The refund names no currency.');
  return currency;
}

/** Shopify writes a refunded sum beyond the lines as a negative adjustment of the order. */
function amountBeyondLines(refund: JsonObject, currency: string): bigint {
  const sum = objectsIn(refund, 'order_adjustments')
    .filter((adjustment) => adjustment['kind'] === 'refund_discrepancy')
    .reduce((total, adjustment) => total - amountIn(adjustment, 'amount', currency, true), 0n);
  return sum > 0n ? sum : 0n;
}
