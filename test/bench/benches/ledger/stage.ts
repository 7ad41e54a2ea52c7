import { runMigrations } from '@evenhand/platform';
import { ledgerUnderTest } from '../../../invariants/ledger-under-test';
import type { BenchOptions } from '../../bench';
import { fill } from './fill';
import { Limit } from './limit';
import { Ours } from './ours';
import { Peer } from './peer';
import { type BenchServer, openServer } from '../../server';
import { buildWorld, type World } from './world';

/** As many connections as any case has writers. */
const MOST_WRITERS = 8;
const MILLION = 1_000_000;

/** The product on a ledger that held so many postings before anything was measured. */
export interface Filled {
  readonly ours: Ours;
  readonly postings: number;
}

/** What the cases stand on: one server, and on it the product, its limit and its peer, each on a database of its own. */
export class Stage {
  private readonly opened = new Map<string, Promise<unknown>>();
  private readonly closers: (() => Promise<void>)[] = [];

  private constructor(
    readonly server: BenchServer,
    readonly world: World,
    readonly ours: Ours,
    private readonly options: BenchOptions,
  ) {
    this.closers.push(() => server.close());
    this.closers.push(() => ours.ledger.close());
  }

  static async open(options: BenchOptions): Promise<Stage> {
    const server = await openServer(options.onProgress);
    try {
      const url = await server.create('world');
      await runMigrations(url);
      const ledger = await ledgerUnderTest(url);
      const world = await buildWorld(ledger);
      await ledger.close();
      options.onProgress(`filling a ledger with ${millions(MILLION)} postings`);
      await fill(await server.create('filled', 'world'), world, MILLION);
      const ours = new Ours(await ledgerUnderTest(await server.create('ours', 'filled')));
      return new Stage(server, world, ours, options);
    } catch (error) {
      await server.close();
      throw error;
    }
  }

  /** Groups of cases that need many minutes of preparation ask first. */
  get isLarge(): boolean {
    return this.options.large;
  }

  limit(): Promise<Limit> {
    return this.once('limit', async () => Limit.open(await this.server.create('limit', 'filled'), MOST_WRITERS));
  }

  peer(): Promise<Peer> {
    return this.once('peer', async () =>
      Peer.open(await this.server.create('peer'), this.world, MOST_WRITERS, MILLION / 3),
    );
  }

  /** A ledger of this many million postings, and nothing else done to it yet. */
  filled(million: number): Promise<Filled> {
    const name = `filled_${million}`;
    const postings = million * MILLION;
    return this.once(name, async () => {
      const url = await this.server.create(name, million === 1 ? 'filled' : 'world');
      if (million !== 1) {
        this.options.onProgress(`filling a ledger with ${millions(postings)} postings`);
        await fill(url, this.world, postings);
      }
      const ours = new Ours(await ledgerUnderTest(url));
      return { ours, postings, close: () => ours.ledger.close() };
    });
  }

  async close(): Promise<void> {
    for (const close of this.closers.toReversed()) await close();
  }

  private once<T extends { close(): Promise<void> }>(name: string, open: () => Promise<T>): Promise<T> {
    const known = this.opened.get(name) as Promise<T> | undefined;
    if (known) return known;
    const opening = open();
    this.opened.set(name, opening);
    this.closers.push(async () => (await opening).close());
    return opening;
  }
}

export function millions(postings: number): string {
  return `${postings / MILLION} million`;
}
