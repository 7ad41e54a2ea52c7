/**
 * The peer of the API: Node's HTTP server with graphql-js, DataLoader and pg on the product's own tables, in a process of
 * its own. It signs nobody in, checks no right, and knows this list and this mutation alone.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import DataLoader from 'dataloader';
import { buildSchema, graphql } from 'graphql';
import { Pool, type PoolClient } from 'pg';
import { uuidv7 } from 'uuidv7';

/** As the API has. */
const CONNECTIONS = 20;

const schema = buildSchema(`
  scalar DateTime
  type Mutation { submitBid(input: SubmitBidInput!): SubmitBidResult! }
  input SubmitBidInput { campaignId: ID! influencerId: ID! compensation: CompensationInput! }
  input CompensationInput { cash: CashOfferInput! }
  input CashOfferInput { amount: MoneyInput! milestones: [CashMilestoneInput!]! }
  input CashMilestoneInput { deliverableKey: String! amount: MoneyInput! }
  input MoneyInput { amount: String! currency: String! }
  interface BusinessError { code: String! message: String! }
  type Refusal implements BusinessError { code: String! message: String! }
  union SubmitBidResult = Bid | Refusal
  type Query { bids(first: Int = 20, after: String, filter: BidFilterInput): BidConnection! }
  input BidFilterInput { campaignId: ID }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type BidConnection { edges: [BidEdge!]! pageInfo: PageInfo! }
  type BidEdge { node: Bid! cursor: String! }
  type Bid { id: ID! state: String! submittedAt: DateTime! influencerId: ID! influencerName: String! offers: [Offer!]! }
  type Offer { number: Int! side: String! message: String offeredAt: DateTime! expiresAt: DateTime! compensation: Compensation! }
  type Compensation { cash: CashOffer }
  type CashOffer { amount: Money! milestones: [CashMilestone!]! }
  type CashMilestone { deliverableKey: String! amount: Money! }
  type Money { amount: String! currency: String! }
`);

interface BidRow {
  readonly id: string;
  readonly influencer_id: string;
  readonly state: string;
  readonly submitted_at: Date;
}

interface OfferRow {
  readonly bid_id: string;
  readonly number: number;
  readonly side: string;
  readonly compensation: {
    readonly cash: {
      readonly currency: string;
      readonly amountMinor: string;
      readonly milestones: readonly { readonly deliverableKey: string; readonly amountMinor: string }[];
    };
  };
  readonly message: string;
  readonly offered_at: Date;
  readonly expires_at: Date;
}

const BIDS = `select id, influencer_id, state, submitted_at from campaigns.bids
  where campaign_id = $1 order by submitted_at desc, id desc limit $2`;
const NAMES = `select id, display_name from parties.parties where id = any ($1)`;
const OFFERS = `select bid_id, number, side, compensation, message, offered_at, expires_at
  from campaigns.offers where bid_id = any ($1) order by bid_id, number`;

interface SubmitBidArgs {
  readonly input: {
    readonly campaignId: string;
    readonly influencerId: string;
    readonly compensation: {
      readonly cash: {
        readonly amount: MoneyText;
        readonly milestones: readonly { readonly deliverableKey: string; readonly amount: MoneyText }[];
      };
    };
  };
}

interface MoneyText {
  readonly amount: string;
  readonly currency: string;
}

interface BidsArgs {
  readonly first: number;
  readonly filter: { readonly campaignId: string };
}

class Loaders {
  readonly names = new DataLoader<string, string>(async (ids) => {
    const { rows } = await this.pool.query<{ id: string; display_name: string }>({
      name: 'names',
      text: NAMES,
      values: [ids],
    });
    const names = new Map(rows.map((row) => [row.id, row.display_name]));
    return ids.map((id) => names.get(id) ?? '');
  });

  readonly offers = new DataLoader<string, readonly OfferRow[]>(async (ids) => {
    const { rows } = await this.pool.query<OfferRow>({ name: 'offers', text: OFFERS, values: [ids] });
    const offers = new Map<string, OfferRow[]>(ids.map((id) => [id, []]));
    for (const row of rows) offers.get(row.bid_id)?.push(row);
    return ids.map((id) => offers.get(id) ?? []);
  });

  constructor(private readonly pool: Pool) {}
}

const rootValue = {
  submitBid: ({ input }: SubmitBidArgs, { pool }: { readonly pool: Pool }) =>
    inTransaction(pool, (client) => insertBid(client, input)),
  async bids({ first, filter }: BidsArgs, { pool, loaders }: { readonly pool: Pool; readonly loaders: Loaders }) {
    const { rows } = await pool.query<BidRow>({ name: 'bids', text: BIDS, values: [filter.campaignId, first + 1] });
    const edges = rows.slice(0, first).map((row) => ({
      cursor: cursorOf(row),
      node: {
        id: row.id,
        state: row.state.toUpperCase(),
        submittedAt: row.submitted_at.toISOString(),
        influencerId: row.influencer_id,
        influencerName: () => loaders.names.load(row.influencer_id),
        offers: async () => (await loaders.offers.load(row.id)).map(toOffer),
      },
    }));
    return { edges, pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null } };
  },
};

/** The rows that the product writes, and no look at what they say. */
async function insertBid(client: PoolClient, { campaignId, influencerId, compensation }: SubmitBidArgs['input']) {
  const { amount, milestones } = compensation.cash;
  const id = uuidv7();
  const stored = {
    cash: {
      currency: amount.currency,
      amountMinor: minorOf(amount),
      milestones: milestones.map((part) => ({ ...part, amount: undefined, amountMinor: minorOf(part.amount) })),
    },
    gift: null,
    commission: null,
  };
  const bid = await client.query<{ brand_id: string; submitted_at: Date }>({
    name: 'bid',
    text: `insert into campaigns.bids (id, campaign_id, brand_id, influencer_id, state, offer_expires_at, submitted_at)
      select $1, id, brand_id, $3, 'submitted', now() + interval '7 days', now()
      from campaigns.campaigns where id = $2
      returning brand_id, submitted_at`,
    values: [id, campaignId, influencerId],
  });
  const [{ brand_id: brandId, submitted_at: submittedAt }] = bid.rows as [(typeof bid.rows)[0]];
  await client.query({
    name: 'offer',
    text: `insert into campaigns.offers (bid_id, brand_id, influencer_id, number, side, compensation, offered_by,
        offered_at, expires_at)
      values ($1, $2, $3, 1, 'influencer', $4, $5, now(), now() + interval '7 days')`,
    values: [id, brandId, influencerId, JSON.stringify(stored), influencerId],
  });
  const payload = { bidId: id, campaignId, brandId, influencerId, agencyId: null, offerNumber: 1, by: influencerId };
  await client.query({
    name: 'event',
    text: `insert into platform.outbox (type, subject_id, payload) values ('campaigns.bid_submitted', $1, $2)`,
    values: [id, JSON.stringify({ ...payload, from: null, to: 'submitted' })],
  });
  return { __typename: 'Bid', id, state: 'SUBMITTED', submittedAt: submittedAt.toISOString() };
}

function minorOf({ amount }: MoneyText): string {
  return amount.replace('.', '');
}

async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } finally {
    client.release();
  }
}

function cursorOf({ submitted_at, id }: BidRow): string {
  return Buffer.from(JSON.stringify([submitted_at, id])).toString('base64url');
}

function toOffer({ number, side, compensation: { cash }, message, offered_at, expires_at }: OfferRow) {
  const money = (minor: string) => ({ amount: decimal(minor), currency: cash.currency });
  return {
    number,
    side: side.toUpperCase(),
    message,
    offeredAt: offered_at.toISOString(),
    expiresAt: expires_at.toISOString(),
    compensation: {
      cash: {
        amount: money(cash.amountMinor),
        milestones: cash.milestones.map(({ deliverableKey, amountMinor }) => ({
          deliverableKey,
          amount: money(amountMinor),
        })),
      },
    },
  };
}

/** Every amount here is of a currency with two decimals, and at least 1. */
function decimal(minor: string): string {
  return `${minor.slice(0, -2)}.${minor.slice(-2)}`;
}

async function answer(pool: Pool, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { query, variables } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
    readonly query: string;
    readonly variables: Record<string, unknown>;
  };
  const contextValue = { pool, loaders: new Loaders(pool) };
  const result = await graphql({ schema, source: query, rootValue, contextValue, variableValues: variables });
  const body = JSON.stringify(result);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
}

const pool = new Pool({ connectionString: process.env['DATABASE_URL'], max: CONNECTIONS });
const server = createServer((request, response) => {
  answer(pool, request, response).catch(() => response.writeHead(500).end());
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` });
});
