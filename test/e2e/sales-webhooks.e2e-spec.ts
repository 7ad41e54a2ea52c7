import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@evenhand/testing';
import { Webhook } from 'standardwebhooks';
import { eventually } from '../support/eventually';
import type { GraphqlClient } from '../support/graphql-client';
import { type RunningProduct, startProduct } from '../support/running-product';

const ORDERS = 300;
const MESSAGE_LIMIT_BYTES = 256 * 1024;

let database: TestDatabase;
let product: RunningProduct;
let brand: GraphqlClient;
let brandId: string;
let path: string;
let secret: string;

beforeAll(async () => {
  database = await createTestDatabase();
  product = await startProduct({ databaseUrl: database.url });
  brand = product.client();
  const person = { email: 'brand@example.com', password: 'a long test password', displayName: 'B', country: 'FR' };
  const input = { ...person, organisationName: 'Maison' };
  const { viewer } = await brand.succeed('signUpBrand', 'SignedIn', input, 'viewer { memberships { party { id } } }');
  brandId = viewer.memberships[0].party.id;
  const wanted = { brandId, name: 'shop', format: 'STANDARD' };
  const opened = await brand.succeed('openSalesSource', 'SourceSecretSuccess', wanted, 'secret source { path }');
  ({ secret } = opened);
  ({ path } = opened.source);
}, 60_000);

afterAll(async () => {
  await product?.stop();
  await database?.drop();
});

function sale(externalId: string): string {
  const occurredAt = new Date().toISOString();
  return JSON.stringify({
    type: 'sale',
    data: { externalId, code: 'nobody', currency: 'EUR', base: '10.00', occurredAt },
  });
}

function signed(body: string, id = `msg_${randomUUID()}`): Record<string, string> {
  const at = new Date();
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
}

async function send(body: string, headers: Record<string, string>, to = path) {
  const response = await fetch(`${product.url}${to}`, { method: 'POST', headers, body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function waiting(): Promise<number> {
  const { intakeProblems } = await brand.ask(
    'query ($filter: IntakeProblemFilterInput!) { intakeProblems(filter: $filter) { totalCount } }',
    { filter: { brandId, state: 'UNATTRIBUTED' } },
  );
  return intakeProblems.totalCount as number;
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${product.url}/metrics`)).text();
  const line = text.split('\n').find((candidate) => candidate.startsWith(name));
  return Number(line?.split(' ').at(-1));
}

describe('webhooks of shops over HTTP', () => {
  it('are answered when they are stored, and refused by name otherwise', async () => {
    const body = sale('first');
    const headers = signed(body, 'msg_first');
    expect(await send(body, headers)).toEqual({ status: 202, body: { status: 'stored' } });
    expect(await send(body, headers)).toEqual({ status: 202, body: { status: 'duplicate' } });
    const other = sale('another');
    expect(await send(other, signed(other, 'msg_first'))).toMatchObject({
      status: 409,
      body: { code: 'WEBHOOK_CONFLICT' },
    });
    expect(await send(sale('other'), headers)).toMatchObject({ status: 401, body: { code: 'WEBHOOK_REFUSED' } });
    const elsewhere = ['/webhooks/sales/source_01h00000000000000000000000', '/webhooks/sales/nothing'];
    for (const nowhere of elsewhere) {
      expect(await send(body, headers, nowhere)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    }
    expect((await send('{"type":', signed('{"type":'))).status).toBe(400);
    expect((await send(body, { ...headers, 'content-type': 'text/plain' })).status).toBe(400);
    const long = JSON.stringify('x'.repeat(MESSAGE_LIMIT_BYTES));
    expect((await send(long, signed(long))).status).toBe(413);
  });

  it('are each recorded once, though they come doubled, some forged, and the worker is killed in between', async () => {
    const bodies = Array.from({ length: ORDERS }, (_, n) => sale(`order-${n}`));
    const answers = await Promise.all(
      bodies.flatMap((body, n) => {
        const headers = signed(body);
        const forged = { ...headers, 'webhook-signature': `v1,${Buffer.from('no').toString('base64')}` };
        return [send(body, headers), send(body, headers), ...(n % 20 === 0 ? [send(body, forged)] : [])];
      }),
    );
    await product.replaceWorker('SIGKILL');
    const statuses = answers.map(({ status, body }) => `${status} ${String(body['status'] ?? body['code'])}`);
    const count = (text: string) => statuses.filter((status) => status === text).length;
    expect([count('202 stored'), count('202 duplicate'), count('401 WEBHOOK_REFUSED')]).toEqual([ORDERS, ORDERS, 15]);
    // The first test's order is one of them.
    expect(await eventually(waiting, (found) => found >= ORDERS + 1)).toBe(ORDERS + 1);
    expect(
      await eventually(
        () => metric('evenhand_intake_webhooks{state="waiting"}'),
        (left) => left === 0,
      ),
    ).toBe(0);
    expect(await metric('evenhand_intake_lag_seconds')).toBe(0);
    expect(await metric('evenhand_intake_webhooks{state="failed"}')).toBe(0);
  });
});
