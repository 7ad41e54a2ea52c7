import type { Measurement } from '../../../bench';
import { contest } from '../../../contest';
import type { Stage } from '../stage';
import { type Batch, spreadBatches } from '../world';

const ROUNDS = 4;

/**
 * Refunds of whole sales: 1,000 a call by one writer, as intake brings them, and one a call by 8 clients. The latter are
 * only watched: a refund reads under locks before it can write, two calls where a sale is one.
 */
export async function* refunds(stage: Stage): AsyncGenerator<Measurement> {
  yield* measure(stage, { name: 'refunds, batches of 1,000, 1 writer', count: 8, size: 1_000, writers: 1, goal: 0.5 });
  yield* measure(stage, {
    name: 'refunds, one a transaction, 8 clients',
    count: 3_000,
    size: 1,
    writers: 8,
    goal: null,
  });
}

interface Shape {
  readonly name: string;
  readonly count: number;
  readonly size: number;
  readonly writers: number;
  readonly goal: number | null;
}

async function* measure(
  { ours, world }: Stage,
  { name, count, size, writers, goal }: Shape,
): AsyncGenerator<Measurement> {
  let sold: readonly Batch[] = [];
  const rates = await contest(
    {
      sales: () => {
        sold = spreadBatches(world, count, size);
        return ours.turn(sold, writers, (batch) => ours.sell(batch));
      },
      refunds: () => ours.turn(sold, writers, (batch) => ours.refund(batch)),
    },
    ROUNDS,
  );
  const { sales: limit, refunds: value } = rates;
  yield { case: `${name}, of the sales rate`, value, unit: 'refunds/s', limit, goal, better: 'more' };
}
