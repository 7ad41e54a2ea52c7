import { setTimeout as pause } from 'node:timers/promises';
import { runMigrations } from '@evenhand/platform';
import { ledgerUnderTest } from '../../../../invariants/ledger-under-test';
import type { Measurement } from '../../../bench';
import { contest, type Turn } from '../../../contest';
import { Ours } from '../../ledger/ours';
import { buildWorld, hotBatches } from '../../ledger/world';
import { sendAll } from '../shop';
import type { Stage } from '../stage';

const ROUNDS = 3;
const SALES = 10_000;
/** What a worker that has just started takes in first: it is compiled while it does. */
const FIRST_SALES = 20_000;
const BATCH = 1_000;
const CONNECTIONS = 20;
const LOOK_EVERY_MS = 50;

/** Stored webhooks of one deal, read, attributed and posted by the worker, against the ledger's batches of one deal alone. */
export async function* posting(stage: Stage): AsyncGenerator<Measurement> {
  const url = await stage.server.create('ledger');
  await runMigrations(url);
  const ledger = await ledgerUnderTest(url);
  try {
    const ours = new Ours(ledger);
    const { hot } = await buildWorld(ledger);
    const contenders = {
      worker: () => drain(stage),
      ledger: () => ours.turn(hotBatches(hot, SALES / BATCH, BATCH), 1, (batch) => ours.sell(batch)),
    };
    const { worker: value, ledger: limit } = await contest(contenders, ROUNDS);
    const name = 'webhooks of one deal posted, of batches of 1,000 by the ledger alone';
    yield { case: name, value, unit: 'sales/s', limit, goal: 0.6, better: 'more' };
  } finally {
    await ledger.close();
  }
}

/** By a worker that is running already: what it needs to start and to become fast is not in it. */
async function drain(stage: Stage): Promise<Turn> {
  await sendAll(stage.shop.url, stage.shop.orders(FIRST_SALES + SALES), CONNECTIONS);
  await stage.product.startWorker();
  try {
    const [first, startedAt] = await leftBelow(stage, SALES + 1);
    const [, endedAt] = await leftBelow(stage, 1);
    return { count: first, elapsedMs: endedAt - startedAt };
  } finally {
    await stage.product.stopWorker('SIGTERM');
  }
}

/** How many wait when fewer than so many do, and when that was seen. */
async function leftBelow(stage: Stage, count: number): Promise<readonly [number, number]> {
  for (;;) {
    const left = await stage.waiting();
    if (left < count) return [left, performance.now()];
    await pause(LOOK_EVERY_MS);
  }
}
