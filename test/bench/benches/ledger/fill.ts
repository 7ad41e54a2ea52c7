import { Client } from 'pg';
import { DEALS_SQL, PARTITIONS_SQL, RECORD_SALES_SQL, RELEASE_SQL, SALES_TABLE_SQL } from './fill-sql';
import type { World } from './world';

const DAY_MS = 86_400_000;
const DAYS = 360;

/** When it is sold; a day's releases of a payee are one posting. */
const POSTINGS_PER_SALE = 3;

/** A ledger to be filled before its first tick, so that nothing in it is settled yet. */
export async function fill(url: string, world: World, postings: number): Promise<void> {
  const owner = new Client({ connectionString: url });
  await owner.connect();
  try {
    await owner.query(`set synchronous_commit = off; set work_mem = '64MB'`);
    const from = new Date(Date.now() - (DAYS + 1) * DAY_MS);
    await preparePartitions(owner, from);
    await owner.query(DEALS_SQL.replace('$1', `'{${dealsOf(world).join(',')}}'`));
    await owner.query(SALES_TABLE_SQL);
    await owner.query('analyze bench_deals');
    await recordYear(owner, from, Math.round(postings / POSTINGS_PER_SALE / DAYS));
    await settle(owner);
    await owner.query('vacuum (analyze)');
  } finally {
    await owner.end();
  }
}

function dealsOf(world: World): readonly string[] {
  return world.books.flat().map(({ dealId }) => dealId);
}

async function preparePartitions(owner: Client, from: Date): Promise<void> {
  const { rows } = await owner.query<{ create_sql: string; table: string }>(PARTITIONS_SQL, [from]);
  for (const { create_sql: sql, table } of rows) {
    await owner.query(sql);
    await owner.query('select ledger.make_append_only($1::regclass)', [table]);
  }
}

/** Day by day: its sales, then what is due at its end. */
async function recordYear(owner: Client, from: Date, salesPerDay: number): Promise<void> {
  const [clear = '', make = '', ...write] = RECORD_SALES_SQL;
  for (let day = 0; day < DAYS; day += 1) {
    const start = new Date(from.getTime() + day * DAY_MS);
    await owner.query('begin');
    await owner.query(clear);
    const times = [start, (DAY_MS - 60_000) / salesPerDay];
    await owner.query(make, [day * salesPerDay + 1, salesPerDay, ...times]);
    for (const sql of write) await owner.query(sql);
    await owner.query(RELEASE_SQL, [new Date(start.getTime() + DAY_MS - 30_000)]);
    await owner.query('commit');
    if (day % 30 === 0) await owner.query('analyze ledger.holds, ledger.earnings, ledger.shares');
  }
}

/** What was recorded is announced, fenced and settled, with the checkpoints this makes. */
async function settle(owner: Client): Promise<void> {
  await owner.query(`select set_config('evenhand.system', 'on', false)`);
  for (let step = 0; step < 3; step += 1) await owner.query('select ledger.tick()');
}
