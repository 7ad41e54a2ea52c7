import { Agent, request } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { uuidv7 } from 'uuidv7';
import type { RunningProduct } from '../../../support/running-product';
import { shareOut } from '../../contest';

/** The owner of a demo brand that pays by commission, a code of one of its deals, and the demo's password. */
const OWNER = 'qing@qinghe.example';
const CODE = 'LIN-QH';
const PASSWORD = 'purse-and-note-42';

/** A request as it goes over the wire, signed before any clock starts. */
export interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A shop that sends webhooks by the standard to its own source; every order is a sale of the same deal. */
export interface Shop {
  readonly url: string;
  orders(count: number): readonly Message[];
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

function orderOf(webhook: Webhook): Message {
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

/** Sends the messages over so many connections that stay open, one after the other on each; fails unless all are stored. */
export async function sendAll(url: string, messages: readonly Message[], connections: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  try {
    await shareOut(messages, connections, (message) => send(agent, url, message));
  } finally {
    agent.destroy();
  }
}

function send(agent: Agent, url: string, { headers, body }: Message): Promise<void> {
  return new Promise((resolve, reject) => {
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    const sent = request(url, { agent, method: 'POST', headers: { ...headers, ...length } }, (response) => {
      response.resume();
      response.once('error', reject);
      response.once('end', () => {
        if (response.statusCode === 202) resolve();
        else reject(new Error(`The webhook was answered by ${response.statusCode}.`));
      });
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
