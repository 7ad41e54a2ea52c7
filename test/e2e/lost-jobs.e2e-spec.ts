import {
  createTestDatabase,
  describeWithRedis,
  startTestRedis,
  type TestDatabase,
  type TestRedis,
} from '@evenhand/testing';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { eventually } from '../support/eventually';
import { type RunningProduct, startProduct } from '../support/running-product';

const EVENTS = 300;

let database: TestDatabase;
let redis: TestRedis | undefined;
let product: RunningProduct;
let owner: Client;

async function begin(redisUrl?: string): Promise<void> {
  database = await createTestDatabase();
  product = await startProduct({ databaseUrl: database.url, redisUrl });
  owner = new Client({ connectionString: database.url });
  await owner.connect();
}

afterEach(async () => {
  await owner?.end();
  await product?.stop();
  await redis?.stop();
  redis = undefined;
  await database?.drop();
});

/** As if so many brands had signed up; the worker opens a book for each. */
async function signUps(count: number): Promise<void> {
  await owner.query(
    `insert into platform.outbox (type, subject_id, payload)
     select 'parties.brand_signed_up', gen_random_uuid()::text, '{}' from generate_series(1, $1)`,
    [count],
  );
}

async function books(): Promise<number> {
  const { rows } = await owner.query<{ books: string }>('select count(*) as books from ledger.books');
  return Number(rows[0]?.books);
}

describe('jobs in PostgreSQL', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)('go on where a worker ended by %s left off', async (signal) => {
    await begin();
    await signUps(EVENTS);
    await eventually(books, (open) => open > 0);
    await product.replaceWorker(signal);
    // What a killed worker had taken is relayed again once it counts as lost; the test does not wait so long.
    await owner.query(
      "update platform.outbox set relayed_at = relayed_at - interval '1 hour' where completed_at is null",
    );
    expect(await eventually(books, (open) => open >= EVENTS)).toBe(EVENTS);
  });
});

describeWithRedis('jobs in Redis', () => {
  it('come back when Redis is flushed, schedules included', async () => {
    redis = await startTestRedis();
    await begin(redis.url);
    await signUps(EVENTS);
    await eventually(books, (open) => open > 0);
    const client = new Redis(redis.url);
    await client.flushall();
    await client.quit();
    await signUps(EVENTS);
    await owner.query(
      "update platform.outbox set relayed_at = relayed_at - interval '1 hour' where completed_at is null",
    );
    expect(await eventually(books, (open) => open >= 2 * EVENTS)).toBe(2 * EVENTS);
  });
});
