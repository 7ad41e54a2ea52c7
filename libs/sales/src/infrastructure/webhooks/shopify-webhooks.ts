import { createHmac, timingSafeEqual } from 'node:crypto';
import { InvalidInput } from '@evenhand/kernel';
import type { VerifiedMessage, WebhookEvents, WebhookHeaders } from '../../application/webhooks/webhook-formats';
import { UnreadableWebhook, WebhookRefused } from '../../domain/errors';
import { isObject } from '../shopify/json-fields';
import { readShopifyObject } from '../shopify/read-shopify';

/** Shopify tries a message again for four hours and keeps the instant of its first trial. */
const STALE_AFTER_MS = 24 * 3_600_000;
const AHEAD_MS = 300_000;
const ORDER_TOPICS: ReadonlySet<string> = new Set([
  'orders/create',
  'orders/paid',
  'orders/updated',
  'orders/fulfilled',
  'orders/cancelled',
]);
const REFUND_TOPIC = 'refunds/create';
/** What Shopify makes for an app is 32 hexadecimal digits and more. */
const MIN_SECRET_LENGTH = 16;

/**
 * `X-Shopify-Hmac-Sha256` is the HMAC of the body's bytes alone: the other headers are not signed, so that an old message
 * may come with a new time. It is the same message by what it tells, and recorded once all the same.
 */
export function verifyShopify(
  secrets: readonly string[],
  headers: WebhookHeaders,
  body: Buffer,
  now: Date,
): VerifiedMessage {
  const signature = Buffer.from(headers['x-shopify-hmac-sha256'] ?? '', 'base64');
  const isSigned = secrets.some((secret) => isSame(signature, createHmac('sha256', secret).update(body).digest()));
  if (!isSigned) throw new WebhookRefused('No secret of this source made the signature.');
  const triggeredAt = headers['x-shopify-triggered-at'];
  if (triggeredAt !== undefined) checkAge(triggeredAt, now);
  const messageId = headers['x-shopify-webhook-id'];
  const topic = headers['x-shopify-topic'];
  if (!messageId || !topic) throw new WebhookRefused('The message has no id or no topic.');
  return { messageId, topic };
}

/** Throws `UnreadableWebhook`, or what is wrong with the order or refund. */
export function readShopifyWebhook(sourceName: string, topic: string | null, body: string): WebhookEvents {
  const object: unknown = JSON.parse(body);
  if (!isObject(object)) throw new UnreadableWebhook('The message is not an object.');
  const isRefund = topic === REFUND_TOPIC;
  if (!isRefund && !ORDER_TOPICS.has(topic ?? '')) return { sales: [], refunds: [] };
  if (isRefund !== 'refund_line_items' in object) throw new UnreadableWebhook('The message is not of its topic.');
  return readShopifyObject(object, sourceName);
}

/** The shop's own secret: Shopify makes it. */
export function shopifySecret(given: string | null): string {
  if (given === null) throw new InvalidInput('secret', 'Shopify makes the secret: copy it from the shop.');
  if (given.length < MIN_SECRET_LENGTH) throw new InvalidInput('secret', 'This is too short for a secret of Shopify.');
  return given;
}

function isSame(given: Buffer, made: Buffer): boolean {
  return given.length === made.length && timingSafeEqual(given, made);
}

function checkAge(triggeredAt: string, now: Date): void {
  const ageMs = now.getTime() - Date.parse(triggeredAt);
  if (!(ageMs <= STALE_AFTER_MS && ageMs >= -AHEAD_MS))
    throw new WebhookRefused('The message is stale or from the future.');
}
