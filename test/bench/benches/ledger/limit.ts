import { Client } from 'pg';
import { shareOut, timed, type Turn } from '../../contest';
import { type Known, SALE_STATEMENTS } from './limit-sql';
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
  private readonly rules = new Map<string, string>();
  private readonly known: Known = {
    accountOf: (bookId, kind, partyId = '') => this.accounts.get(`${bookId}/${kind}/${partyId}`) ?? '0',
    ruleOf: (dealId) => this.rules.get(dealId) ?? '0',
  };
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
    await limit.learn();
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
      sent.push(client.query({ name, text, values: values(batch, ids, this.known) }));
    }
    sent.push(client.query({ name: 'commit', text: 'commit' }));
    await Promise.all(sent);
  }

  async close(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.end()));
  }

  private async learn(): Promise<void> {
    const [client] = this.clients;
    const accounts = await client?.query<{ key: string; id: string }>(`
      select book_id || '/' || kind || '/' || coalesce(party_id::text, '') as key, account_id as id from ledger.accounts`);
    for (const { key, id } of accounts?.rows ?? []) this.accounts.set(key, id);
    const rules = await client?.query<{ key: string; id: number }>(
      'select distinct deal_id as key, rule_id as id from ledger.earnings',
    );
    for (const { key, id } of rules?.rows ?? []) this.rules.set(key, `${id}`);
  }
}
