import type { Measurement } from '../../../bench';
import { contest } from '../../../contest';
import type { Stage } from '../stage';
import { hotBatches, spreadBatches } from '../world';

const SIZE = 1_000;
/** Short turns and many of them: a machine that others share is not as fast in one second as it is in the next. */
const ROUNDS = 12;
const PEER_SALES = 500;

/** Batches of 1,000 sales by 1, 2 and 8 writers on many books, and by 8 on one deal. */
export async function* batches(stage: Stage): AsyncGenerator<Measurement> {
  for (const writers of [1, 2]) {
    const { spread, limit, peer } = contenders(stage, writers, 4);
    yield* onManyBooks(await contest({ spread, limit, peer }, ROUNDS), writers);
  }
  const rates = await contest(contenders(stage, 8, 16), ROUNDS);
  yield* onManyBooks(rates, 8);
  yield* onOneDeal(rates, 8);
}

function contenders(stage: Stage, writers: number, count: number) {
  const { ours, world } = stage;
  return {
    spread: () => ours.turn(spreadBatches(world, count, SIZE), writers, (batch) => ours.sell(batch)),
    limit: async () => (await stage.limit()).turn(spreadBatches(world, count, SIZE), writers),
    hot: () => ours.turn(hotBatches(world.hot, count, SIZE), writers, (batch) => ours.sell(batch)),
    funded: () => ours.turn(hotBatches(world.hotFunded, count, SIZE), writers, (batch) => ours.sell(batch)),
    peer: async () => (await stage.peer()).turn(spreadBatches(world, PEER_SALES, 1), writers),
    hotPeer: async () => (await stage.peer()).turn(hotBatches(world.hot, PEER_SALES, 1), writers),
  };
}

type Rates<Name extends string> = Readonly<Record<Name, number>>;

const GIVEN = { unit: 'sales/s', better: 'more' } as const;

function nameOf(writers: number): string {
  return `batches of 1,000, ${writers} ${writers === 1 ? 'writer' : 'writers'}`;
}

function* onManyBooks(rates: Rates<'spread' | 'limit' | 'peer'>, writers: number): Generator<Measurement> {
  const value = rates.spread;
  yield { ...GIVEN, case: `${nameOf(writers)}, of the limit`, value, limit: rates.limit, goal: 0.7 };
  yield { ...GIVEN, case: `${nameOf(writers)}, of the peer with as many clients`, value, limit: rates.peer, goal: 4 };
}

function* onOneDeal(rates: Rates<'spread' | 'hot' | 'funded' | 'hotPeer'>, writers: number): Generator<Measurement> {
  const { spread, hot, funded, hotPeer } = rates;
  const name = `${nameOf(writers)}, one hot deal`;
  yield { ...GIVEN, case: `${name}, of the spread rate`, value: hot, limit: spread, goal: 0.9 };
  yield { ...GIVEN, case: `${name} on its reserve, of the spread rate`, value: funded, limit: spread, goal: 0.9 };
  yield { ...GIVEN, case: `${name}, of the peer with as many clients`, value: hot, limit: hotPeer, goal: 4 };
}
