import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatMoney, moneyOf } from '@evenhand/money';
import type { PostedMessage } from '../post-all';

const SAMPLES = join(process.cwd(), 'libs', 'sales', 'test-data', 'shopify');
const ORDER = sampleOf('order.json', 'order');
const REFUND = sampleOf('refund.json', 'refund');
const FIRST_ID = 6_000_000_000_000;
const LINES_AN_ORDER = 10;
const MINUTE_MS = 60_000;

export interface StreamOptions {
  readonly secret: string;
  readonly codes: readonly string[];
  readonly currency: string;
  readonly orders: number;
  /** One order of so many is refunded, once. */
  readonly refundedOneOf: number;
}

type Sample = Readonly<Record<string, unknown>> & { readonly line_items: readonly object[] };

/** What a shop on Shopify sends: each order, and after all of them the refunds. */
export function shopifyStream(options: StreamOptions): readonly PostedMessage[] {
  const numbers = Array.from({ length: options.orders }, (_, number) => number);
  const orders = numbers.map((number) => signed(options.secret, 'orders/create', orderOf(number, options)));
  const refunds = numbers
    .filter((number) => number % options.refundedOneOf === 0)
    .map((number) => signed(options.secret, 'refunds/create', refundOf(number, options)));
  return [...orders, ...refunds];
}

/** The same message again: as the shop tries it again, and under another id where `isNew`. */
export function sentAgain({ headers, body }: PostedMessage, isNew: boolean): PostedMessage {
  const id = headers['x-shopify-webhook-id'] ?? '';
  return { headers: { ...headers, 'x-shopify-webhook-id': isNew ? `${id}-again` : id }, body };
}

/** Somebody else's: what it tells was changed on the way. */
export function forged({ headers, body }: PostedMessage): PostedMessage {
  const other = { ...headers, 'x-shopify-webhook-id': `${headers['x-shopify-webhook-id']}-forged` };
  return { headers: other, body: body.replace('"quantity":1', '"quantity":9') };
}

/** In an order that looks like none, and is the same each time. */
export function shuffled<T>(items: readonly T[]): readonly T[] {
  return items
    .map((item, place) => ({ item, by: createHash('sha256').update(`${place}`).digest('hex') }))
    .sort((a, b) => (a.by < b.by ? -1 : 1))
    .map(({ item }) => item);
}

function orderOf(number: number, { codes, currency }: StreamOptions): object {
  const id = FIRST_ID + number;
  const priceMinor = BigInt(9_900 + ((number * 37) % 90_000));
  return {
    ...ORDER,
    id,
    name: `#${number}`,
    currency,
    created_at: new Date(Date.now() - (1 + (number % 600)) * MINUTE_MS).toISOString(),
    landing_site_ref: null,
    discount_codes: [{ code: codes[number % codes.length], amount: '10.00' }],
    total_discounts: '10.00',
    line_items: ORDER.line_items.map((line, place) => ({
      ...line,
      id: id * LINES_AN_ORDER + place,
      price: formatMoney(moneyOf(priceMinor, currency)),
    })),
    refunds: [],
  };
}

/** Of the order's first line. */
function refundOf(number: number, { currency }: StreamOptions): object {
  const orderId = FIRST_ID + number;
  const items = REFUND['refund_line_items'] as readonly object[];
  return {
    ...REFUND,
    id: orderId,
    order_id: orderId,
    created_at: new Date().toISOString(),
    refund_line_items: [{ ...items[0], line_item_id: orderId * LINES_AN_ORDER, quantity: 1 }],
    order_adjustments: [],
    transactions: [{ currency }],
  };
}

function signed(secret: string, topic: string, payload: object): PostedMessage {
  const body = JSON.stringify(payload);
  return {
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': topic,
      'x-shopify-webhook-id': createHash('sha256').update(`${topic}${body}`).digest('hex'),
      'x-shopify-triggered-at': new Date().toISOString(),
      'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
    },
    body,
  };
}

function sampleOf(file: string, name: string): Sample {
  return JSON.parse(readFileSync(join(SAMPLES, file), 'utf8'))[name];
}
