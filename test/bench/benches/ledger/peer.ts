import fs from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import type { DealInTest } from '../../../invariants/deal-in-test';
import { requestHashOf } from './request-hash';
import { shareOut, timed, type Turn } from '../../contest';
import type { Batch, Sale, World } from './world';

const SQL = {
  name: 'record_sale',
  text: 'select peer.record_sale($1, $2, $3::bigint, $4::bigint[], $5::bigint[], $6::timestamptz)',
};

/** $1: how many sales, each of three postings and holds; $2: on how many accounts. */
const HISTORY = [
  `insert into peer.transactions (idempotency_key, request_hash)
   select 'sale:' || n, sha256(n::text::bytea) from generate_series(1, $1::bigint) n where $2::bigint > 0`,
  `insert into peer.postings
     (transaction_id, debit_account_id, credit_account_id, amount_minor, debit_balance_minor, credit_balance_minor)
   select n, 1 + n * 7919 % $2::bigint, 1 + (n * 7919 + s) % $2::bigint, 100, 0, 0
   from generate_series(1, $1::bigint) n, generate_series(1, 3) s`,
  `insert into peer.holds (posting_id, release_at)
   select n, now() from generate_series(1, 3 * $1::bigint) n where $2::bigint > 0`,
];

/** A lean row-at-a-time ledger on tables of its own: one call and one transaction a sale. */
export class Peer {
  private readonly accounts = new Map<string, number>();

  private constructor(private readonly clients: readonly Client[]) {}

  /** With so many sales recorded already. */
  static async open(url: string, world: World, clients: number, sales: number): Promise<Peer> {
    const connections = Array.from({ length: clients }, () => new Client({ connectionString: url }));
    await Promise.all(connections.map((client) => client.connect()));
    const peer = new Peer(connections);
    await peer.prepare([...world.books.flat(), world.hot], Math.round(sales));
    return peer;
  }

  /** One call a sale, whatever batches they come in. */
  turn(batches: readonly Batch[], clients: number): Promise<Turn> {
    const sales = batches.flatMap((batch) => batch.sales);
    return timed(async () => {
      await shareOut(sales, clients, (sale, client) => this.record(sale, client));
      return sales.length;
    });
  }

  private async record(sale: Sale, client: number): Promise<void> {
    const { deal, draft, amountsMinor } = sale;
    const credits = deal.plan.shares.map(({ partyId }) => this.accountOf(deal, partyId));
    await this.clients[client]?.query({
      ...SQL,
      values: [
        draft.idempotencyKey,
        requestHashOf(sale),
        this.accountOf(deal, 'receivable'),
        credits,
        amountsMinor,
        draft.releaseAt,
      ],
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.end()));
  }

  private accountOf({ bookId }: DealInTest, owner: string): number {
    return this.accounts.get(`${bookId}/${owner}`) ?? 0;
  }

  private async prepare(deals: readonly DealInTest[], sales: number): Promise<void> {
    const [client] = this.clients;
    await client?.query(fs.readFileSync(path.join(__dirname, 'peer.sql'), 'utf8'));
    const owners = deals.flatMap(({ bookId, plan }) =>
      ['receivable', ...plan.shares.map(({ partyId }) => partyId)].map((owner) => `${bookId}/${owner}`),
    );
    for (const owner of new Set(owners)) this.accounts.set(owner, this.accounts.size + 1);
    await client?.query('insert into peer.balances select generate_series(1, $1::bigint)', [this.accounts.size]);
    for (const sql of HISTORY) await client?.query(sql, [sales, this.accounts.size]);
    await client?.query('vacuum (analyze)');
  }
}
