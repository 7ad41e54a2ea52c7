import type { Measurement } from '../../../bench';
import { contest } from '../../../contest';
import type { Stage } from '../stage';
import { hotBatches, spreadBatches } from '../world';

const CLIENTS = 8;
/** Short turns and many of them: a machine that others share is not as fast in one second as it is in the next. */
const SALES = 1_000;
const ROUNDS = 20;

/**
 * One sale a transaction by 8 clients at once, on many books and on one deal; and beside it where the transaction is its
 * caller's, who could write more in it: begin, call and commit are three round trips, where the peer takes one.
 */
export async function* singles(stage: Stage): AsyncGenerator<Measurement> {
  const { ours, world } = stage;
  const rates = await contest(
    {
      spread: () => ours.turn(spreadBatches(world, SALES, 1), CLIENTS, (sale) => ours.sellOne(sale)),
      peer: async () => (await stage.peer()).turn(spreadBatches(world, SALES, 1), CLIENTS),
      hot: () => ours.turn(hotBatches(world.hot, SALES, 1), CLIENTS, (sale) => ours.sellOne(sale)),
      hotPeer: async () => (await stage.peer()).turn(hotBatches(world.hot, SALES, 1), CLIENTS),
      funded: () => ours.turn(hotBatches(world.hotFunded, SALES, 1), CLIENTS, (sale) => ours.sellOne(sale)),
      callers: () => ours.turn(spreadBatches(world, SALES, 1), CLIENTS, (sale) => ours.sell(sale)),
    },
    ROUNDS,
  );
  const { spread, peer: peers, hot, hotPeer, funded, callers } = rates;
  const given = { unit: 'sales/s', better: 'more' } as const;
  const name = `one sale a transaction, ${CLIENTS} clients`;
  yield { ...given, case: `${name}, of the peer`, value: spread, limit: peers, goal: 0.6 };
  yield { ...given, case: `${name}, one hot deal, of the spread rate`, value: hot, limit: spread, goal: 0.8 };
  yield {
    ...given,
    case: `${name}, one hot deal on its reserve, of the spread rate`,
    value: funded,
    limit: spread,
    goal: 0.8,
  };
  yield { ...given, case: `${name}, one hot deal, of the peer`, value: hot, limit: hotPeer, goal: 0.6 };
  yield {
    ...given,
    case: `${name}, in the caller's transaction, of the peer`,
    value: callers,
    limit: peers,
    goal: 0.4,
  };
}
