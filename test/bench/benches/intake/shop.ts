import { Webhook } from 'standardwebhooks';
import { uuidv7 } from 'uuidv7';
import { postAll, type PostedMessage } from '../../../support/post-all';
import type { RunningProduct } from '../../../support/running-product';

/** The owner of a demo brand that pays by commission, a code of one of its deals, and the demo's password. */
const OWNER = 'qing@qinghe.example';
const CODE = 'LIN-QH';
const PASSWORD = 'purse-and-note-42';
const STORED = 202;

/** A shop that sends webhooks by the standard to its own source; every order is a sale of the same deal. */
export interface Shop {
  readonly url: string;
  /** Signed before any clock starts. */
  orders(count: number): readonly PostedMessage[];
}

export async function openShop(product: RunningProduct): Promise<Shop> {
  const brand = await product.signedIn(OWNER, PASSWORD);
  const { me } = await brand.ask('{ me { memberships { party { id } } } }');
  const wanted = { brandId: me.memberships[0].party.id, name: 'bench', format: 'STANDARD' };
  const { secret, source } = await brand.succeed(
    'openSalesSource',
    'SourceSecretSuccess',
    wanted,
    'secret source { path }',
  );
  const webhook = new Webhook(secret);
  return {
    url: `${product.url}${source.path}`,
    orders: (count) => Array.from({ length: count }, () => orderOf(webhook)),
  };
}

function orderOf(webhook: Webhook): PostedMessage {
  const at = new Date();
  const id = `msg_${uuidv7()}`;
  const sale = { externalId: uuidv7(), code: CODE, currency: 'CNY', base: '100.00', occurredAt: at.toISOString() };
  const body = JSON.stringify({ type: 'sale', data: sale });
  return {
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': webhook.sign(id, at, body),
    },
    body,
  };
}

/** Fails unless all of them are stored. */
export async function sendAll(url: string, messages: readonly PostedMessage[], connections: number): Promise<void> {
  const refused = (await postAll(url, messages, connections)).find((status) => status !== STORED);
  if (refused !== undefined) throw new Error(`A webhook was answered by ${refused}.`);
}
