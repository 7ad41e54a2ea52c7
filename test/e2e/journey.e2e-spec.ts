import {
  createTestDatabase,
  describeWithRedis,
  startTestRedis,
  type TestDatabase,
  type TestRedis,
} from '@evenhand/testing';
import { Journey } from '../support/journey/journey';
import { type RunningProduct, startProduct } from '../support/running-product';

/** The main job, each step by the person whose step it is; the steps build on one another and run in order. */
function theMainJob(journey: () => Journey): void {
  it('1. people sign up, members join, the agency gets its mandate', () => journey().gather());
  it('2. the brand writes a brief and publishes it', () => journey().publishBrief());
  it('3. influencers find it, see the split before they bid, and bid', () => journey().findAndBid());
  it('4. the brand counters, the influencer accepts; two acceptances race to one winner', () => journey().negotiate());
  it('5. the bank credit is recorded once, and the deal is funded', () => journey().fund());
  it('6. the gift arrives, work is sent back once, approved, and its cash released', () => journey().deliver());
  it('7. sales and refunds arrive by the API and by file, are attributed, held and released', () => journey().sell());
  it('8. one prepares the payout, another approves it, it is exported and paid item by item', () => journey().payOut());
  it('9. the payout report adds up, and every figure leads to its postings and orders', () => journey().report());
  it('7b. a refund after the payout is netted, and old rows stay', () => journey().refundAfterPayout());
  it('the books are in order afterwards', () => journey().checkInvariants());
}

describe('the main job over HTTP, jobs in PostgreSQL', () => {
  let database: TestDatabase;
  let product: RunningProduct;
  let journey: Journey;

  beforeAll(async () => {
    database = await createTestDatabase();
    product = await startProduct({ databaseUrl: database.url, demoWorld: true });
    journey = new Journey(product);
  }, 90_000);

  afterAll(async () => {
    await product?.stop();
    await database?.drop();
  });

  theMainJob(() => journey);
});

describeWithRedis('the main job over HTTP, jobs in Redis', () => {
  let database: TestDatabase;
  let redis: TestRedis;
  let product: RunningProduct;
  let journey: Journey;

  beforeAll(async () => {
    [database, redis] = await Promise.all([createTestDatabase(), startTestRedis()]);
    product = await startProduct({ databaseUrl: database.url, redisUrl: redis.url, demoWorld: true });
    journey = new Journey(product);
  }, 90_000);

  afterAll(async () => {
    await product?.stop();
    await redis?.stop();
    await database?.drop();
  });

  theMainJob(() => journey);
});
