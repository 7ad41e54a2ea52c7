import type { Measurement } from '../../../bench';
import { contest, type Contender } from '../../../contest';
import type { Filled, Stage } from '../stage';
import { spreadBatches } from '../world';

const ROUNDS = 5;

/** The speed on a ledger of years against that on one of months; only where the large one may be made. */
export async function* growth(stage: Stage): AsyncGenerator<Measurement> {
  if (!stage.isLarge) return;
  const small = await stage.filled(1);
  const large = await stage.filled(20);
  const batches = (filled: Filled): Contender => {
    return () => filled.ours.turn(spreadBatches(stage.world, 16, 1_000), 2, (batch) => filled.ours.sell(batch));
  };
  const singles = (filled: Filled): Contender => {
    return () => filled.ours.turn(spreadBatches(stage.world, 1_000, 1), 8, (sale) => filled.ours.sell(sale));
  };
  const rates = await contest(
    { small: batches(small), large: batches(large), smallOne: singles(small), largeOne: singles(large) },
    ROUNDS,
  );
  const given = { unit: 'sales/s', goal: 0.8, better: 'more' } as const;
  const name = 'at 20 million postings, of the rate at 1 million';
  yield { ...given, case: `batches of 1,000, 2 writers, ${name}`, value: rates.large, limit: rates.small };
  yield { ...given, case: `one sale a transaction, 8 clients, ${name}`, value: rates.largeOne, limit: rates.smallOne };
}
