import { createTestDatabase, type TestDatabase } from '@evenhand/testing';
import type { GraphqlClient } from '../support/graphql-client';
import { eventually } from '../support/eventually';
import { gatherPeople, giveMandate, type JourneyPeople } from '../support/journey/people';
import { campaignInput, commissionOnly } from '../support/journey/terms';
import { type RunningProduct, startProduct } from '../support/running-product';

let database: TestDatabase;
let product: RunningProduct;

beforeAll(async () => {
  database = await createTestDatabase();
  product = await startProduct({ databaseUrl: database.url, demoWorld: true });
}, 90_000);

afterAll(async () => {
  await product?.stop();
  await database?.drop();
});

interface Case {
  readonly currency: string;
  readonly orders: readonly string[];
  /** The commission of each order: a tenth, half-even to the minor unit. */
  readonly commissions: readonly string[];
}

/** A campaign with 10 % commission, a bid for it, its acceptance: answers the tracking code. */
async function agreeTenPercent(people: JourneyPeople, currency: string): Promise<string> {
  const { brand, influencer } = people;
  const input = campaignInput(people.brandId, {
    title: `Ten percent ${currency}`,
    currency,
    most: '100000',
    dealCap: null,
  });
  const { id: campaignId } = await brand.succeed('createCampaign', 'Campaign', input, 'id');
  await brand.succeed('publishCampaign', 'Campaign', { campaignId }, 'state');
  const bid = { campaignId, compensation: commissionOnly(currency, '0.10') };
  const { id: bidId } = await influencer.succeed('submitBid', 'Bid', bid, 'id');
  const deal = await brand.succeed('acceptOffer', 'Deal', { bidId, offerNumber: 1 }, 'trackingCodes { kind code }');
  return deal.trackingCodes.find((code: { kind: string }) => code.kind === 'NOTE_COMMISSION').code;
}

async function sell(people: JourneyPeople, { currency, orders }: Case, code: string): Promise<void> {
  const events = orders.map((amount, index) => ({
    source: 'shop',
    externalId: `${currency}-${index}`,
    orderNumber: `#${currency}${index}`,
    code,
    currency,
    base: { amount, currency },
    occurredAt: new Date().toISOString(),
  }));
  const { results } = await people.brand.succeed(
    'recordSales',
    'RecordSalesSuccess',
    { brandId: people.brandId, events },
    'results { outcome reason { code message } }',
  );
  expect(results.map((result: { outcome: string }) => result.outcome)).toEqual(orders.map(() => 'RECORDED'));
}

const EARNINGS = `query ($filter: EarningsFilterInput!) {
  earnings(first: 100, filter: $filter) {
    totals { gross { amount } }
    edges { node { gross { amount } shares { role amount { amount } partyName share } } }
  }
}`;

const ROLES = ['PLATFORM', 'AGENCY', 'INFLUENCER'];

/** What each party got per order, in the order platform, agency, influencer, and the gross of each. */
async function chainSeenBy(client: GraphqlClient, people: JourneyPeople, currency: string): Promise<readonly Link[]> {
  const filter = { currency, influencerId: people.influencerId, timeZone: 'UTC' };
  const { earnings } = await client.ask(EARNINGS, { filter });
  return earnings.edges.map(({ node }: { node: { gross: { amount: string }; shares: Share[] } }) => ({
    gross: node.gross.amount,
    parts: ROLES.map((role) => node.shares.find((share) => share.role === role)?.amount.amount ?? 'none'),
  }));
}

interface Link {
  readonly gross: string;
  readonly parts: readonly string[];
}

interface Share {
  readonly role: string;
  readonly amount: { readonly amount: string };
}

function minor(amount: string): bigint {
  return BigInt(amount.replace('.', ''));
}

function distance(one: bigint, other = 0n): bigint {
  return one > other ? one - other : other - one;
}

function sum(amounts: readonly string[]): bigint {
  return amounts.reduce((total, amount) => total + minor(amount), 0n);
}

describe('a brand offers 10 % on a sale; platform and agency take theirs; the influencer keeps 5 %', () => {
  // The platform takes a fifth of the commission (2 points of 10); of the 8 left, the agency takes three eighths (3).
  const cases: readonly Case[] = [
    {
      currency: 'CNY',
      orders: ['1688.00', '0.35', '99.99', '1234.57'],
      commissions: ['168.80', '0.04', '10.00', '123.46'],
    },
    { currency: 'EUR', orders: ['741.67', '89.01', '0.15', '333.33'], commissions: ['74.17', '8.90', '0.02', '33.33'] },
    { currency: 'JPY', orders: ['38001', '25', '12345', '999'], commissions: ['3800', '2', '1234', '100'] },
  ];
  let people: JourneyPeople;

  beforeAll(async () => {
    people = await gatherPeople(product, 'ten');
    await giveMandate(people, '3/8');
  });

  it.each(cases)('in $currency, on amounts that do not divide evenly', async (example) => {
    const code = await agreeTenPercent(people, example.currency);
    await sell(people, example, code);
    const chain = await eventually(
      () => chainSeenBy(people.influencer, people, example.currency),
      (rows) => rows.length === example.orders.length,
    );
    expect(chain.map(({ gross }) => gross).sort()).toEqual([...example.commissions].sort());
    for (const { gross, parts } of chain) {
      expect(sum(parts)).toBe(minor(gross));
      const exactTenths = [2n, 3n, 5n].map((tenths) => tenths * minor(gross));
      // Each within one minor unit of exactly 20 %, 30 % and 50 % of the commission.
      parts.forEach((part, index) => expect(distance(minor(part) * 10n, exactTenths[index])).toBeLessThan(10n));
    }
    const kept = sum(chain.map(({ parts }) => parts[2] ?? ''));
    // 5 % of what was sold, but for less than a minor unit of rounding per order, twice.
    expect(distance(kept * 20n, sum(example.orders))).toBeLessThan(20n * 2n * BigInt(example.orders.length));
    expect(await chainSeenBy(people.agency, people, example.currency)).toEqual(chain);
  });
});

describe('a 100 % agency cut', () => {
  it('leaves the influencer exactly nothing, and says so', async () => {
    const people = await gatherPeople(product, 'all');
    await giveMandate(people, '1');
    const code = await agreeTenPercent(people, 'EUR');
    await sell(people, { currency: 'EUR', orders: ['741.67'], commissions: ['74.17'] }, code);
    const chain = await chainSeenBy(people.influencer, people, 'EUR');
    expect(chain).toEqual([{ gross: '74.17', parts: ['14.83', '59.34', '0.00'] }]);
  });
});
