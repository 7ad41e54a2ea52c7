import { runMigrations } from '@evenhand/platform';
import { Client } from 'pg';
import { type LedgerUnderTest, ledgerUnderTest } from '../../../invariants/ledger-under-test';
import { Limit } from './limit';
import { Ours } from './ours';
import { Peer } from './peer';
import { type BenchServer, openServer } from './server';
import { buildWorld, type World } from './world';

/** As many connections as any case has writers. */
export const MOST_WRITERS = 8;

/** What the cases stand on: one server, and on it the product, its limit and its peer, each on a database of its own. */
export class Stage {
  private readonly closers: (() => Promise<void>)[] = [];
  private openedLimit: Promise<Limit> | undefined;
  private openedPeer: Promise<Peer> | undefined;

  private constructor(
    readonly server: BenchServer,
    readonly world: World,
    readonly ours: Ours,
  ) {}

  static async open(onProgress: (step: string) => void): Promise<Stage> {
    const server = await openServer(onProgress);
    try {
      const url = await server.create('template');
      await runMigrations(url);
      const world = await withLedger(url, buildWorld);
      await settle(url);
      const ledger = await ledgerUnderTest(await server.create('ours', 'template'));
      const stage = new Stage(server, world, new Ours(ledger));
      stage.closers.push(() => ledger.close());
      return stage;
    } catch (error) {
      await server.close();
      throw error;
    }
  }

  readonly limit = (): Promise<Limit> => {
    this.openedLimit ??= this.opening(async () =>
      Limit.open(await this.server.create('limit', 'template'), MOST_WRITERS),
    );
    return this.openedLimit;
  };

  readonly peer = (): Promise<Peer> => {
    this.openedPeer ??= this.opening(async () => Peer.open(await this.server.create('peer'), this.world, MOST_WRITERS));
    return this.openedPeer;
  };

  async close(): Promise<void> {
    for (const close of this.closers.reverse()) await close();
    await this.server.close();
  }

  private async opening<T extends { close(): Promise<void> }>(open: () => Promise<T>): Promise<T> {
    const opened = await open();
    this.closers.push(() => opened.close());
    return opened;
  }
}

async function withLedger<T>(url: string, work: (ledger: LedgerUnderTest) => Promise<T>): Promise<T> {
  const ledger = await ledgerUnderTest(url);
  try {
    return await work(ledger);
  } finally {
    await ledger.close();
  }
}

/** What autovacuum would do in time, done now. */
async function settle(url: string): Promise<void> {
  const owner = new Client({ connectionString: url });
  await owner.connect();
  await owner.query('vacuum (analyze)');
  await owner.end();
}
