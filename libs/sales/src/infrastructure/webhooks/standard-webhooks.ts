import { randomBytes } from 'node:crypto';
import { InvalidInput } from '@evenhand/kernel';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import type { VerifiedMessage, WebhookEvents, WebhookHeaders } from '../../application/webhooks/webhook-formats';
import { UnreadableWebhook, WebhookRefused } from '../../domain/errors';
import { isObject } from '../shopify/json-fields';
import { refundOfJson, saleOfJson } from './event-json';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;
/** What the standard allows. */
const SECRET = /^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/;

/** By <https://www.standardwebhooks.com>: the id, the time and the body are signed; five minutes are given either way. */
export function verifyStandard(secrets: readonly string[], headers: WebhookHeaders, body: Buffer): VerifiedMessage {
  const given = {
    'webhook-id': headers['webhook-id'] ?? '',
    'webhook-timestamp': headers['webhook-timestamp'] ?? '',
    'webhook-signature': headers['webhook-signature'] ?? '',
  };
  const refusals = secrets.map((secret) => refusalOf(secret, given, body));
  if (refusals.includes(null)) return { messageId: given['webhook-id'], topic: null };
  throw new WebhookRefused(refusals[0] ?? 'The source has no secret.');
}

/** `{type: 'sale' | 'refund', data}`; other types are about something else. Throws `UnreadableWebhook`, `InvalidInput`… */
export function readStandardWebhook(sourceName: string, body: string): WebhookEvents {
  const message: unknown = JSON.parse(body);
  if (!isObject(message) || typeof message['type'] !== 'string') {
    throw new UnreadableWebhook('The message is no object with a type.');
  }
  const { type, data } = message;
  if (type !== 'sale' && type !== 'refund') return { sales: [], refunds: [] };
  if (!isObject(data)) throw new UnreadableWebhook('The message has no data.');
  return type === 'sale'
    ? { sales: [saleOfJson(data, sourceName)], refunds: [] }
    : { sales: [], refunds: [refundOfJson(data, sourceName)] };
}

export function standardSecret(given: string | null): string {
  const secret = given ?? `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`;
  if (!SECRET.test(secret)) throw new InvalidInput('secret', 'A secret is whsec_ and 24 to 64 bytes in base64.');
  return secret;
}

/** Why this secret did not make the signature; null where it did. */
function refusalOf(secret: string, headers: Record<string, string>, body: Buffer): string | null {
  try {
    new Webhook(secret).verify(body, headers, { jsonParse: false });
    return null;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return `${error.message}.`;
    throw error;
  }
}
