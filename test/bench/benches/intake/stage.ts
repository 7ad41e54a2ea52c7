import { Client } from 'pg';
import { type RunningProduct, startProduct } from '../../../support/running-product';
import type { BenchOptions } from '../../bench';
import { type BenchServer, openServer } from '../../server';
import { type Shop, openShop } from './shop';

/** The product with its demo world on a durable server, API and worker as processes of their own, and a shop of a brand. */
export class Stage {
  private constructor(
    readonly server: BenchServer,
    readonly product: RunningProduct,
    readonly shop: Shop,
    /** Of the database's owner. */
    readonly owner: Client,
    private readonly closers: readonly (() => Promise<void>)[],
    private readonly options: BenchOptions,
  ) {}

  static async open(options: BenchOptions): Promise<Stage> {
    const server = await openServer(options.onProgress);
    const closers = [() => server.close()];
    try {
      const databaseUrl = await server.create('intake');
      options.onProgress('loading the demo world');
      const product = await startProduct({ databaseUrl, demoWorld: true, withWorker: false });
      closers.push(() => product.stop());
      const owner = new Client({ connectionString: databaseUrl });
      await owner.connect();
      closers.push(() => owner.end());
      return new Stage(server, product, await openShop(product), owner, closers, options);
    } catch (error) {
      await closeAll(closers);
      throw error;
    }
  }

  get isLarge(): boolean {
    return this.options.large;
  }

  /** Webhooks that are stored and not taken in. */
  async waiting(): Promise<number> {
    const sql = `select count(*)::integer as count from sales.deliveries where state = 'waiting'`;
    return (await this.owner.query<{ count: number }>(sql)).rows[0]?.count ?? 0;
  }

  close(): Promise<void> {
    return closeAll(this.closers);
  }
}

async function closeAll(closers: readonly (() => Promise<void>)[]): Promise<void> {
  for (const close of closers.toReversed()) await close();
}
