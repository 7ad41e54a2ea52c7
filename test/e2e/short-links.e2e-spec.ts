import { request } from 'node:http';
import { createTestDatabase, type TestDatabase } from '@evenhand/testing';
import { Client } from 'pg';
import { fromGlobalId } from '../../apps/api/src/graphql/types/global-id';
import { eventually } from '../support/eventually';
import { gatherPeople, type JourneyPeople } from '../support/journey/people';
import { campaignInput, commissionOnly } from '../support/journey/terms';
import { type RunningProduct, startProduct } from '../support/running-product';

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const SHOP = 'https://shop.example.com/bag?from=note#sizes';

let database: TestDatabase;
let product: RunningProduct;
let people: JourneyPeople;
let dealId: string;
let path: string;

beforeAll(async () => {
  database = await createTestDatabase();
  product = await startProduct({ databaseUrl: database.url, demoWorld: true });
  people = await gatherPeople(product, 'links');
  const wanted = { title: 'Short links', currency: 'EUR', most: '100000', dealCap: null };
  const campaign = campaignInput(people.brandId, wanted);
  const { id: campaignId } = await people.brand.succeed('createCampaign', 'Campaign', campaign, 'id');
  await people.brand.succeed('publishCampaign', 'Campaign', { campaignId }, 'state');
  const bid = { campaignId, compensation: commissionOnly('EUR', '0.10') };
  const { id: bidId } = await people.influencer.succeed('submitBid', 'Bid', bid, 'id');
  const accepted = { bidId, offerNumber: 1 };
  const deal = await people.brand.succeed('acceptOffer', 'Deal', accepted, 'id trackingCodes { kind linkPath }');
  dealId = deal.id;
  path = deal.trackingCodes.find((code: { kind: string }) => code.kind === 'NOTE_COMMISSION').linkPath;
}, 90_000);

afterAll(async () => {
  await product?.stop();
  await database?.drop();
});

function visit(to: string, headers: Record<string, string> = { 'user-agent': BROWSER }, method = 'GET') {
  return fetch(`${product.url}${to}`, { method, headers, redirect: 'manual' });
}

/** `fetch` names itself where nobody else does. */
function visitWithoutName(to: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${product.url}${to}`, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
}

async function clicks(): Promise<{ total: number; filtered: number }> {
  const { deal } = await people.influencer.ask('query ($id: ID!) { deal(id: $id) { clicks { total filtered } } }', {
    id: dealId,
  });
  return deal.clicks as { total: number; filtered: number };
}

it('leads nowhere until the brand says where to, by name', async () => {
  const answer = await visit(path);
  expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('leads nowhere yet')]);
  const unknown = await visit('/r/nosuchlink');
  expect([unknown.status, await unknown.text()]).toEqual([404, expect.stringContaining('no such link')]);
  for (const destination of ['http://shop.example.com/', 'https://a:b@shop.example.com/', 'javascript:alert(1)']) {
    const refused = await people.brand.mutate('setLinkDestination', 'Deal', { dealId, destination }, 'id');
    expect(refused).toMatchObject({ code: 'INVALID_LINK_DESTINATION' });
  }
});

it('sends visitors on with a click of their own, counts machines apart and mere questions not at all', async () => {
  await people.brand.succeed('setLinkDestination', 'Deal', { dealId, destination: SHOP }, 'linkDestination');
  const answer = await eventually(
    () => visit(path, { 'user-agent': BROWSER, referer: 'https://www.xiaohongshu.com/explore/1' }),
    ({ status }) => status === 302,
  );
  expect(answer.headers.get('location')).toMatch(
    /^https:\/\/shop\.example\.com\/bag\?from=note&eh_click=click_[0-9a-z]{26}#sizes$/,
  );
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  expect(answer.headers.get('set-cookie')).toBeNull();
  const asked = await visit(path, { 'user-agent': BROWSER }, 'HEAD');
  expect([asked.status, asked.headers.get('location')]).toEqual([302, SHOP]);
  const capitals = path.toUpperCase().replace('/R/', '/r/');
  const ahead = await visit(capitals, { 'user-agent': BROWSER, 'sec-purpose': 'prefetch' });
  expect([ahead.status, ahead.headers.get('location')]).toEqual([503, null]);
  await visit(path, { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' });
  expect(await visitWithoutName(path)).toBe(302);
  expect(await eventually(clicks, ({ total }) => total >= 4)).toEqual({ total: 4, filtered: 3 });
});

it('makes the order that names the click a sale of the deal, by our own record of its instant', async () => {
  const location = (await visit(path)).headers.get('location') ?? '';
  const clickId = new URL(location).searchParams.get('eh_click');
  await eventually(clicks, ({ total }) => total >= 5);
  const order = { source: 'shop', externalId: '1', orderNumber: '#1', currency: 'EUR' };
  const base = { amount: '100.00', currency: 'EUR' };
  const event = { ...order, base, clickIds: [clickId], occurredAt: new Date().toISOString() };
  const input = { brandId: people.brandId, events: [event] };
  const { results } = await people.brand.succeed(
    'recordSales',
    'RecordSalesSuccess',
    input,
    'results { outcome reason { message } sales { dealId attributedBy } }',
  );
  expect(results).toMatchObject([{ outcome: 'RECORDED', sales: [{ dealId, attributedBy: 'CLICK' }] }]);
  const { sales } = await people.influencer.ask(
    `query ($filter: SaleFilterInput) { sales(filter: $filter) { edges { node {
       decision attribution { rule candidates { basis value outcome dealId reason } } } } } }`,
    { filter: { dealId } },
  );
  expect(sales.edges).toMatchObject([
    {
      node: {
        decision: expect.stringMatching(/^The last click decides/) as string,
        attribution: { rule: 'LAST_CLICK', candidates: [{ basis: 'CLICK', value: clickId, outcome: 'WON', dealId }] },
      },
    },
  ]);
});

it('stores every click that was answered, though the process is asked to end at once', async () => {
  const before = (await clicks()).total;
  await Promise.all(Array.from({ length: 200 }, () => visit(path)));
  await product.stop();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    const { rows } = await client.query<{ total: number }>(
      'select total::integer as total from sales.click_counts where deal_id = $1',
      [fromGlobalId('deal', dealId)],
    );
    expect(rows).toEqual([{ total: before + 200 }]);
  } finally {
    await client.end();
  }
});
