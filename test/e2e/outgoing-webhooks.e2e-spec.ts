import {
  createTestDatabase,
  describeWithRedis,
  startTestRedis,
  type TestDatabase,
  type TestRedis,
} from '@evenhand/testing';
import { Redis } from 'ioredis';
import { Webhook } from 'standardwebhooks';
import { eventually } from '../support/eventually';
import type { GraphqlClient } from '../support/graphql-client';
import { Journey } from '../support/journey/journey';
import { type RunningProduct, startProduct } from '../support/running-product';
import { type Received, Receiver } from '../support/webhooks/receiver';

const MESSAGES = `query ($endpointId: ID!, $state: WebhookMessageState) {
  webhookMessages(first: 100, endpointId: $endpointId, state: $state) {
    totalCount
    edges { node {
      id type state failureReason nextAttemptAt body
      attempts { number status error durationMs responseExcerpt }
    } }
  }
}`;

interface Sent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

interface Logged {
  readonly id: string;
  readonly state: string;
  readonly attempts: readonly { readonly status: number | null }[];
}

interface Subscriber {
  readonly client: GraphqlClient;
  readonly endpointId: string;
  readonly secret: string;
  readonly path: string;
}

let database: TestDatabase;
let product: RunningProduct;
let receiver: Receiver;

async function begin(options: { readonly redisUrl?: string; readonly demoWorld?: boolean }): Promise<void> {
  database = await createTestDatabase();
  receiver = await Receiver.open();
  product = await startProduct({ databaseUrl: database.url, ...options, env: { ALLOW_LOCAL_WEBHOOKS: 'true' } });
}

async function end(): Promise<void> {
  await product?.stop();
  await receiver?.close();
  await database?.drop();
}

async function subscribe(client: GraphqlClient, partyId: string, path: string): Promise<Subscriber> {
  const input = { partyId, url: receiver.url(path), eventTypes: ['*'] };
  const selection = 'secret endpoint { id state }';
  const made = await client.succeed('registerWebhookEndpoint', 'WebhookEndpointSecret', input, selection);
  return { client, endpointId: made.endpoint.id, secret: made.secret, path };
}

function receivedBy({ path }: Subscriber): readonly Received[] {
  return receiver.received.filter((it) => it.path === path);
}

/** What came to a subscriber, each checked by a third party's verifier. */
function verifiedBy(subscriber: Subscriber): readonly Sent[] {
  const webhook = new Webhook(subscriber.secret);
  return receivedBy(subscriber).map(({ headers, body }) => webhook.verify(body, headers) as Sent);
}

function typesAt(subscriber: Subscriber): readonly string[] {
  return [...new Set(verifiedBy(subscriber).map(({ type }) => type))].sort();
}

async function log({ client, endpointId }: Subscriber, state: string | null = null) {
  const { webhookMessages } = await client.ask(MESSAGES, { endpointId, state });
  return webhookMessages.edges.map((edge: { node: Logged }) => edge.node) as readonly Logged[];
}

async function test({ client, endpointId }: Subscriber): Promise<string> {
  const { messageId } = await client.succeed('sendTestEvent', 'WebhookTestSent', { endpointId }, 'messageId');
  return messageId;
}

function until(isDone: () => boolean): Promise<unknown> {
  return eventually(async () => isDone(), Boolean);
}

function hasAll(wanted: readonly string[]) {
  return (types: readonly string[]) => wanted.every((type) => types.includes(type));
}

const OF_A_DEAL = [
  'deal.accepted',
  'deal.funded',
  'deliverable.approved',
  'deliverable.changes_requested',
  'deliverable.published',
  'deliverable.submitted',
  'gift.received',
  'gift.shipped',
  'refund.recorded',
  'sale.recorded',
];
const OF_A_PAYEE = ['payout.paid', 'payout.sent'];

describe('subscribers of the main job', () => {
  let journey: Journey;
  let brand: Subscriber;
  let influencer: Subscriber;
  let agency: Subscriber;
  let rival: Subscriber;

  beforeAll(async () => {
    await begin({ demoWorld: true });
    journey = new Journey(product);
    await journey.gather();
    const { people } = journey;
    brand = await subscribe(people.brand, people.brandId, '/brand');
    influencer = await subscribe(people.influencer, people.influencerId, '/influencer');
    agency = await subscribe(people.agency, people.agencyId, '/agency');
    rival = await subscribe(people.rival, people.rivalId, '/rival');
    await journey.publishBrief();
    await journey.findAndBid();
    await journey.negotiate();
    await journey.fund();
    await journey.deliver();
    await journey.sell();
    await journey.payOut();
  }, 120_000);

  afterAll(end);

  it('are told what is theirs, in messages that a third party’s verifier accepts', async () => {
    const paidOut = [...OF_A_DEAL, ...OF_A_PAYEE].sort();
    expect(await eventually(async () => typesAt(brand), hasAll(OF_A_DEAL))).toEqual(OF_A_DEAL);
    expect(await eventually(async () => typesAt(influencer), hasAll(paidOut))).toEqual(paidOut);
    expect(await eventually(async () => typesAt(agency), hasAll(paidOut))).toEqual(paidOut);
    expect(receivedBy(rival)).toEqual([]);
  });

  it('are told in the words of the API', async () => {
    const { people } = journey;
    const first = verifiedBy(influencer).find(({ data }) => data['externalId'] === 'order-1');
    const { sales } = await people.influencer.ask(`{ sales(first: 100) { edges { node {
      id dealId campaignId brandId influencerId kind source externalId orderNumber attributedBy attributedValue
      base { amount currency } commission { amount currency } occurredAt releaseAt } } } }`);
    const nodes = sales.edges.map((edge: { node: Record<string, unknown> }) => edge.node);
    const { id, ...sale } = nodes.find((node: Record<string, unknown>) => node['externalId'] === 'order-1');
    expect(first).toMatchObject({ type: 'sale.recorded', version: 1, data: { ...sale, saleId: id } });
    const { payoutItems } = await people.influencer.ask(`{ payoutItems(first: 100) { edges { node {
      id batchId payeeId amount { amount currency } endToEndId state bankReference paidAt } } } }`);
    const [{ node: item }] = payoutItems.edges;
    const told = verifiedBy(influencer).find(
      ({ type, data }) => type === 'payout.paid' && data['payoutId'] === item.id,
    );
    const { id: payoutId, ...facts } = item;
    expect(told?.data).toMatchObject({ ...facts, payoutId });
    const deal = verifiedBy(brand).find(({ type }) => type === 'deal.funded')?.data;
    expect(deal).toMatchObject({ state: 'ACTIVE', previousState: 'AWAITING_FUNDING', brandId: people.brandId });
    expect(deal?.['cash']).toEqual({ amount: '3000.00', currency: 'EUR' });
  });

  it('have each message once, and see it in their log', async () => {
    const ids = receivedBy(brand).map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(ids.length);
    await eventually(
      () => log(brand, 'PENDING'),
      (pending) => pending.length === 0,
    );
    const delivered = await log(brand, 'DELIVERED');
    expect(delivered.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(delivered.every(({ attempts }) => attempts.length === 1 && attempts[0]?.status === 200)).toBe(true);
    const text = await (await fetch(`${product.url}/metrics`)).text();
    expect(text).toContain('evenhand_webhook_messages{state="pending"} 0');
    expect(text).toContain('evenhand_webhook_lag_seconds 0');
  });

  it('get a message again until they take it, also after the worker was killed, and once more when they ask', async () => {
    const before = receivedBy(rival).length;
    let answered = 0;
    receiver.script = ({ path }) => {
      if (path !== rival.path) return { status: 200 };
      answered += 1;
      return answered === 1 ? { status: 503, body: 'not now' } : { status: 200 };
    };
    const messageId = await test(rival);
    await until(() => receivedBy(rival).length === before + 1);
    await product.replaceWorker('SIGKILL');
    await until(() => receivedBy(rival).length === before + 2);
    const [message] = await eventually(
      () => log(rival),
      ([newest]) => newest?.state === 'DELIVERED',
    );
    expect(message).toMatchObject({ id: messageId, type: 'webhook.test' });
    const replay = { endpointId: rival.endpointId, messageIds: [messageId] };
    const replayed = 'replayWebhookMessages';
    expect(await rival.client.succeed(replayed, 'WebhookMessagesReplayed', replay, 'replayed')).toMatchObject({
      replayed: 1,
    });
    await until(() => receivedBy(rival).length === before + 3);
    const ids = receivedBy(rival).map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids)).toEqual(new Set([messageId]));
    expect(new Set(receivedBy(rival).map(({ body }) => body)).size).toBe(1);
    verifiedBy(rival);
  }, 40_000);

  it('are not held up by one that does not answer', async () => {
    receiver.script = ({ path }) => (path === agency.path ? null : { status: 200 });
    const [slow, quick] = [receivedBy(agency).length, receivedBy(influencer).length];
    await test(agency);
    await until(() => receivedBy(agency).length > slow);
    await test(influencer);
    await until(() => receivedBy(influencer).length > quick);
    expect(await log(agency, 'PENDING')).toMatchObject([{ attempts: [{ durationMs: null }] }]);
  });

  it('are asked no more where they are gone, and told why', async () => {
    receiver.script = () => ({ status: 410 });
    await test(brand);
    const query = 'query ($partyId: ID!) { webhookEndpoints(partyId: $partyId) { state disabledReason } }';
    const ask = async () => (await brand.client.ask(query, { partyId: journey.people.brandId })).webhookEndpoints;
    const gone = [{ state: 'DISABLED', disabledReason: 'GONE' }];
    expect(await eventually(ask, ([endpoint]) => endpoint.state === 'DISABLED')).toEqual(gone);
    const again = await brand.client.mutate(
      'sendTestEvent',
      'WebhookTestSent',
      { endpointId: brand.endpointId },
      'messageId',
    );
    expect(again.code).toBe('ENDPOINT_DISABLED');
  });

  it('are nowhere but in public, and named by nobody else', async () => {
    const { people } = journey;
    for (const url of ['http://169.254.169.254/latest', 'http://10.0.0.1/', 'ftp://127.0.0.1/']) {
      const input = { partyId: people.brandId, url, eventTypes: ['*'] };
      const answer = await people.brand.mutate('registerWebhookEndpoint', 'WebhookEndpointSecret', input, 'secret');
      expect(answer.code).toBe('ENDPOINT_URL_REFUSED');
    }
    const { errors } = await people.rival.send(MESSAGES, { endpointId: brand.endpointId });
    expect(errors[0]?.extensions.code).toBe('NOT_FOUND');
  });
});

describeWithRedis('a subscriber, jobs in Redis', () => {
  let redis: TestRedis;

  beforeAll(async () => {
    redis = await startTestRedis();
    await begin({ redisUrl: redis.url });
  }, 60_000);

  afterAll(async () => {
    await end();
    await redis?.stop();
  });

  it('gets what was due when Redis was flushed', async () => {
    const client = product.client();
    const person = { email: 'me@example.com', password: 'a long test password', displayName: 'Me', country: 'FR' };
    const signedUp = await client.succeed('signUpInfluencer', 'SignedIn', person, 'viewer { influencer { id } }');
    const subscriber = await subscribe(client, signedUp.viewer.influencer.id, '/me');
    receiver.script = (_received, number) => ({ status: number === 1 ? 500 : 200 });
    await test(subscriber);
    await until(() => receivedBy(subscriber).length === 1);
    const connection = new Redis(redis.url);
    await connection.flushall();
    await connection.quit();
    await until(() => receivedBy(subscriber).length === 2);
    const [first, second] = receivedBy(subscriber);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    verifiedBy(subscriber);
  }, 40_000);
});
