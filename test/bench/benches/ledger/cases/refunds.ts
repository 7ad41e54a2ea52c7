import type { Measurement } from '../../../bench';
import { contest } from '../contest';
import type { Stage } from '../stage';
import { type Batch, spreadBatches } from '../world';

const ROUNDS = 4;

/** Refunds of whole sales, as fast as sales: 1,000 a call by one writer, and one a call by 8 clients. */
export async function* refunds(stage: Stage): AsyncGenerator<Measurement> {
  yield* measure(stage, { name: 'refunds, batches of 1,000, 1 writer', count: 8, size: 1_000, writers: 1 });
  yield* measure(stage, { name: 'refunds, one a transaction, 8 clients', count: 800, size: 1, writers: 8 });
}

interface Shape {
  readonly name: string;
  readonly count: number;
  readonly size: number;
  readonly writers: number;
}

async function* measure({ ours, world }: Stage, { name, count, size, writers }: Shape): AsyncGenerator<Measurement> {
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
  yield { case: `${name}, of the sales rate`, value, unit: 'refunds/s', limit, goal: 0.5, better: 'more' };
}
