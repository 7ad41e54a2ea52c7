import { Client } from 'pg';
import { shareOut, timed, type Turn } from './contest';
import { SALE_STATEMENTS } from './limit-sql';
import type { Batch } from './world';

/** Ids far above those the sequence will reach; a program of its own would reserve blocks of it. */
const FIRST_ID = 10n ** 12n;

/**
 * The limit: the rows of a sale written by hand, set-wise and unchecked. A writer is one connection with one transaction
 * under way; its statements are sent one behind the other without waiting, so that Node makes the next arrays while the
 * server works. Foreign keys and triggers are off.
 */
export class Limit {
  private readonly accounts = new Map<string, string>();
  private nextId = FIRST_ID;

  private constructor(
    readonly url: string,
    private readonly clients: readonly Client[],
  ) {}

  static async open(url: string, writers: number): Promise<Limit> {
    const clients = Array.from({ length: writers }, () => new Client({ connectionString: url, pipeline: true }));
    await Promise.all(clients.map((client) => client.connect()));
    await Promise.all(clients.map((client) => client.query('set session_replication_role = replica')));
    const limit = new Limit(url, clients);
    await limit.rememberAccounts();
    return limit;
  }

  turn(batches: readonly Batch[], writers: number): Promise<Turn> {
    return timed(async () => {
      await shareOut(batches, writers, (batch, writer) => this.write(batch, writer));
      return batches.reduce((sum, { sales }) => sum + sales.length, 0);
    });
  }

  private async write(batch: Batch, writer: number): Promise<void> {
    const client = this.clients[writer];
    if (!client) throw new RangeError(`There is no writer ${writer}.`);
    const ids = batch.sales.map(() => (this.nextId += 1n));
    const sent: Promise<unknown>[] = [client.query({ name: 'begin', text: 'begin' })];
    for (const { name, text, values } of SALE_STATEMENTS) {
      sent.push(client.query({ name, text, values: values(batch, ids, (key) => this.accounts.get(key) ?? '0') }));
    }
    sent.push(client.query({ name: 'commit', text: 'commit' }));
    await Promise.all(sent);
  }

  async close(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.end()));
  }

  /** An account's id never changes, so a program may keep it. */
  private async rememberAccounts(): Promise<void> {
    const sql = `select book_id || '/' || kind || coalesce('/' || party_id::text, '') as key, account_id from ledger.accounts`;
    const result = await this.clients[0]?.query<{ key: string; account_id: string }>(sql);
    for (const { key, account_id: id } of result?.rows ?? []) this.accounts.set(key, id);
  }
}
