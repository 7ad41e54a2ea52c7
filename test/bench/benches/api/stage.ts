import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { toGlobalId } from '../../../../apps/api/src/graphql/types/global-id';
import type { GraphqlClient } from '../../../support/graphql-client';
import { type RunningProduct, startProduct } from '../../../support/running-product';
import type { BenchOptions } from '../../bench';
import { type BenchServer, openServer } from '../../server';
import { type Peer, startPeer } from '../../start-peer';
import { writeManifest } from './documents';
import { BIDS_BY, DEMO_CAMPAIGN, FILL_BIDS, FILL_CAMPAIGNS, FILL_INFLUENCERS, NUMBERED } from './fill-sql';

const PASSWORD = 'purse-and-note-42';
/** The owner of a demo brand with one campaign that is open to bids. */
const OWNER = 'camille@lumette.example';
const READER = 'chloe@martin.example';
const INFLUENCERS = 1_000;
const OFFERED = {
  cash: {
    currency: 'EUR',
    amountMinor: '120000',
    milestones: [
      { deliverableKey: 'video', amountMinor: '80000' },
      { deliverableKey: 'note', amountMinor: '40000' },
    ],
  },
  gift: null,
  commission: null,
};

/** The id as the API names it, and as the database does. */
interface BenchCampaign {
  readonly id: string;
  readonly uuid: string;
}

interface BenchInfluencer {
  readonly uuid: string;
  readonly email: string;
}

/** Another product of its own, and an influencer signed in to it. */
interface OtherProduct {
  readonly url: string;
  readonly reader: GraphqlClient;
  close(): Promise<void>;
}

type Closer = () => Promise<unknown> | void;

/** The product's API with a campaign that a thousand influencers bid on, and a bare server on the same database. */
export class Stage {
  private constructor(
    private readonly server: BenchServer,
    readonly product: RunningProduct,
    readonly bare: Peer,
    private readonly owner: Client,
    /** The owner of the brand. */
    readonly brand: GraphqlClient,
    readonly campaign: BenchCampaign,
    readonly isLarge: boolean,
    private readonly closers: readonly Closer[],
  ) {}

  static async open({ onProgress, large }: BenchOptions): Promise<Stage> {
    const server = await openServer(onProgress);
    const closers: Closer[] = [() => server.close()];
    try {
      const databaseUrl = await server.create('api');
      onProgress('loading the demo world');
      const folder = mkdtempSync(join(tmpdir(), 'evenhand-bench-api-'));
      closers.push(() => rmSync(folder, { recursive: true }));
      const env = { TRUSTED_DOCUMENTS: join(folder, 'documents.json') };
      writeManifest(env.TRUSTED_DOCUMENTS);
      const product = await startProduct({ databaseUrl, demoWorld: true, withWorker: false, env });
      closers.push(() => product.stop());
      const owner = await connect(databaseUrl);
      closers.push(() => owner.end());
      onProgress(`filling in ${INFLUENCERS} influencers who bid`);
      const campaign = named(await fillBids(owner));
      const bare = await startPeer('api/bare-server.ts', { DATABASE_URL: databaseUrl });
      closers.push(() => bare.stop());
      const brand = await product.signedIn(OWNER, PASSWORD);
      return new Stage(server, product, bare, owner, brand, campaign, large, closers);
    } catch (error) {
      await closeAll(closers);
      throw error;
    }
  }

  /** So many more campaigns that are open to bids. */
  async openCampaigns(count: number): Promise<readonly BenchCampaign[]> {
    const { rows } = await this.owner.query<{ id: string }>(FILL_CAMPAIGNS, [this.campaign.uuid, 1, count]);
    return rows.map(({ id }) => named(id));
  }

  /** Those of the influencers who are numbered from `first` to `last`. */
  async influencers(first: number, last: number): Promise<readonly BenchInfluencer[]> {
    return (await this.owner.query<BenchInfluencer>(NUMBERED, [first, last])).rows;
  }

  signedIn(email: string): Promise<GraphqlClient> {
    return this.product.signedIn(email, PASSWORD);
  }

  /** How many bids, each with its offer and its event, these influencers made on these campaigns. */
  async bidsBy(influencers: readonly BenchInfluencer[], campaigns: readonly BenchCampaign[]): Promise<number> {
    const ids = [influencers, campaigns].map((list) => list.map(({ uuid }) => uuid));
    return (await this.owner.query<{ count: number }>(BIDS_BY, ids)).rows[0]?.count ?? 0;
  }

  /** A product on a database of its own with so many campaigns. */
  async withCampaigns(name: string, count: number): Promise<OtherProduct> {
    const databaseUrl = await this.server.create(name);
    const product = await startProduct({ databaseUrl, demoWorld: true, withWorker: false });
    const owner = await connect(databaseUrl);
    const { id } = await demoCampaign(owner);
    await owner.query(FILL_CAMPAIGNS, [id, 1, count]);
    await owner.query('vacuum (analyze)');
    await owner.end();
    return { url: product.url, reader: await product.signedIn(READER, PASSWORD), close: () => product.stop() };
  }

  close(): Promise<void> {
    return closeAll(this.closers);
  }
}

function named(uuid: string): BenchCampaign {
  return { id: toGlobalId('campaign', uuid), uuid };
}

async function connect(databaseUrl: string): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  return client;
}

/** Answers the id of the campaign that is bid on. */
async function fillBids(owner: Client): Promise<string> {
  const { id, passwordHash } = await demoCampaign(owner);
  await owner.query(FILL_INFLUENCERS, [INFLUENCERS, passwordHash]);
  await owner.query(FILL_BIDS, [id, INFLUENCERS, JSON.stringify(OFFERED)]);
  await owner.query('vacuum (analyze)');
  return id;
}

/** A campaign of the demo world, with the hash of the password that everybody has there. */
async function demoCampaign(owner: Client): Promise<{ readonly id: string; readonly passwordHash: string }> {
  const { rows } = await owner.query<{ id: string; passwordHash: string }>(DEMO_CAMPAIGN, [OWNER]);
  if (rows[0] === undefined) throw new Error(`${OWNER} has no published campaign in the demo world.`);
  return rows[0];
}

async function closeAll(closers: readonly Closer[]): Promise<void> {
  for (const close of closers.toReversed()) await close();
}
