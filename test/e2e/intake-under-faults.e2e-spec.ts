import { setTimeout as pause } from 'node:timers/promises';
import { checkInvariants } from '@evenhand/ledger';
import { copyTestDatabase, createTestDatabase, type TestDatabase } from '@evenhand/testing';
import { Client } from 'pg';
import type { GraphqlClient } from '../support/graphql-client';
import { postAll, type PostedMessage } from '../support/post-all';
import { type RunningProduct, startProduct } from '../support/running-product';
import { forged, sentAgain, shopifyStream, shuffled } from '../support/sales/shopify-stream';

const EVENTS = { orders: 18_182, refundedOneOf: 10 };
const REFUNDS = 1_819;
const CONNECTIONS = 10;
const PARTS = 6;
const SECRET = 'shpss_0123456789abcdef0123456789abcdef';
const [STORED, UNAUTHORISED] = [202, 401];
/** Every product opens what the first one sealed. */
const env = { ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}` };

let original: TestDatabase;
let path: string;
let brandId: string;
let stream: readonly PostedMessage[];

/** The owner of the demo brand that pays by commission. */
const brandOf = (product: RunningProduct): Promise<GraphqlClient> =>
  product.signedIn('qing@qinghe.example', 'purse-and-note-42');

beforeAll(async () => {
  original = await createTestDatabase();
  const product = await startProduct({ databaseUrl: original.url, demoWorld: true, withWorker: false, env });
  try {
    const brand = await brandOf(product);
    const { me } = await brand.ask('{ me { memberships { party { id } } } }');
    brandId = me.memberships[0].party.id;
    const wanted = { brandId, name: 'webshop', format: 'SHOPIFY', secret: SECRET };
    const { source } = await brand.succeed('openSalesSource', 'SourceSecretSuccess', wanted, 'source { path }');
    ({ path } = source);
  } finally {
    await product.stop();
  }
  const codes = ['LIN-QH', 'MIKA-QH', 'MIKA-LIVE'];
  stream = shopifyStream({ ...EVENTS, secret: SECRET, codes, currency: 'CNY' });
}, 120_000);

afterAll(async () => {
  await original?.drop();
});

/** What stands in the brand's book, account by account, and what was recorded, when all that was sent is taken in. */
async function outcomeOf(send: (product: RunningProduct, url: string) => Promise<void>): Promise<unknown> {
  const database = await copyTestDatabase(original);
  const owner = new Client({ connectionString: database.url });
  await owner.connect();
  const product = await startProduct({ databaseUrl: database.url, env });
  try {
    await send(product, `${product.url}${path}`);
    await allTakenIn(owner);
    const { book } = await (
      await brandOf(product)
    ).ask(
      `query ($id: ID!) { book(brandId: $id) { balances { kind partyId dealId purpose balance { amount currency } } } }`,
      { id: brandId },
    );
    await owner.query('analyze');
    expect(await checkInvariants(owner)).toEqual([]);
    const { rows } = await owner.query(
      `select (select count(*)::integer from sales.sales where source = 'webshop') as sales,
              (select count(*)::integer from sales.refunds where source = 'webshop') as refunds,
              (select count(*)::integer from sales.intake_events where source = 'webshop' and state <> 'recorded') as others`,
    );
    return { recorded: rows[0], balances: book.balances };
  } finally {
    await owner.end();
    await product.stop();
    await database.drop();
  }
}

async function allTakenIn(owner: Client): Promise<void> {
  const waiting = `select from sales.deliveries where state = 'waiting' limit 1`;
  while ((await owner.query(waiting)).rowCount !== 0) await pause(100);
}

describe('twenty thousand events of a shop', () => {
  it('leave the same cents doubled, shuffled, forged among them and with workers killed as they leave in peace', async () => {
    const inPeace = await outcomeOf(async (_product, url) => {
      const statuses = await postAll(url, stream, CONNECTIONS);
      expect(new Set(statuses)).toEqual(new Set([STORED]));
    });
    expect(inPeace).toMatchObject({ recorded: { sales: EVENTS.orders, refunds: REFUNDS, others: 0 } });

    const noisy = shuffled([
      ...stream.map((message) => ({ message, status: STORED })),
      ...stream
        .filter((_, n) => n % 10 === 0)
        .map((message) => ({ message: sentAgain(message, false), status: STORED })),
      ...stream
        .filter((_, n) => n % 10 === 5)
        .map((message) => ({ message: sentAgain(message, true), status: STORED })),
      ...stream.filter((_, n) => n % 20 === 7).map((message) => ({ message: forged(message), status: UNAUTHORISED })),
    ]);
    const underFaults = await outcomeOf(async (product, url) => {
      const size = Math.ceil(noisy.length / PARTS);
      for (let part = 0; part < PARTS; part += 1) {
        const some = noisy.slice(part * size, (part + 1) * size);
        const statuses = await postAll(
          url,
          some.map(({ message }) => message),
          CONNECTIONS,
        );
        expect(statuses).toEqual(some.map(({ status }) => status));
        await product.replaceWorker('SIGKILL');
      }
    });
    expect(underFaults).toEqual(inPeace);
  }, 300_000);
});
