import { InvalidInput } from '@evenhand/kernel';
import { reasonOf } from '../../application/prepared-event';
import type { ReadRow } from '../../application/files/sales-file-reader';
import type { IntakeReason } from '../../application/results';
import { UnreadableSalesFile } from '../../domain/errors';
import type { RefundEvent, SaleEvent } from '../../domain/sale-event';
import { isObject, type JsonObject, objectsIn } from './json-fields';
import { refundOfShopify } from './refund-of-shopify';
import { cancellationOf, saleOfShopify } from './sale-of-shopify';

interface ShopifyFile {
  readonly sales: readonly ReadRow<SaleEvent>[];
  readonly refunds: readonly ReadRow<RefundEvent>[];
  readonly badRows: readonly ({ readonly line: number } & IntakeReason)[];
}

/**
 * Reads what Shopify's admin API answers: `{order}`, `{orders}`, `{refund}`, `{refunds}`, or a bare list of either.
 * Orders bring the refunds that stand in them. Of customer data the e-mail address alone is read.
 */
export function readShopify(text: string, source: string): ShopifyFile {
  const sales: ReadRow<SaleEvent>[] = [];
  const refunds: ReadRow<RefundEvent>[] = [];
  const badRows: ({ readonly line: number } & IntakeReason)[] = [];
  objectsOf(text).forEach((object, index) => {
    const line = index + 1;
    try {
      const told = readShopifyObject(object, source);
      if (told.sales.length + told.refunds.length === 0) {
        throw new InvalidInput('refund_line_items', 'This refund gives back no goods, so it takes no commission back.');
      }
      for (const event of told.sales) sales.push({ line, event });
      for (const event of told.refunds) refunds.push({ line, event });
    } catch (error) {
      badRows.push({ line, ...reasonOf(error) });
    }
  });
  return { sales, refunds, badRows };
}

/** An order with the refunds that stand in it, or a refund by itself; nothing where that gives back no goods. Throws what is wrong with it. */
export function readShopifyObject(
  object: JsonObject,
  source: string,
): { readonly sales: readonly SaleEvent[]; readonly refunds: readonly RefundEvent[] } {
  if ('refund_line_items' in object) {
    const refund = refundOfShopify(object, source, null);
    return { sales: [], refunds: refund ? [refund] : [] };
  }
  const sale = saleOfShopify(object, source);
  const refunds = objectsIn(object, 'refunds');
  const own = refunds.flatMap((refund) => refundOfShopify(refund, source, sale.currency) ?? []);
  const cancellation = refunds.length === 0 ? cancellationOf(object, sale) : null;
  return { sales: [sale], refunds: cancellation ? [cancellation] : own };
}

function objectsOf(text: string): readonly JsonObject[] {
  const parsed = parsedJson(text);
  const content = isObject(parsed)
    ? (parsed['orders'] ?? parsed['refunds'] ?? parsed['order'] ?? parsed['refund'])
    : parsed;
  const objects = isObject(content) ? [content] : content;
  if (Array.isArray(objects) && objects.every(isObject)) return objects;
  throw new UnreadableSalesFile('The file holds neither orders nor refunds of Shopify.');
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/u, ''));
  } catch {
    throw new UnreadableSalesFile('The file is not JSON.');
  }
}
