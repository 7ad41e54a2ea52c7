import type { Measurement } from '../../../bench';
import { contest, timed } from '../../../contest';
import type { Stage } from '../stage';
import { spreadBatches } from '../world';

const ROUNDS = 4;
const BATCHES = 12;
const SIZE = 1_000;
/** Before the release of every other sale of the run. */
const RELEASE_AT = new Date('2026-10-02T00:00:00Z');

/** Sales whose holds are released per second, against the sales that one writer records. */
export async function* releases({ ours, world }: Stage): AsyncGenerator<Measurement> {
  const rates = await contest(
    {
      sales: () => {
        const due = spreadBatches(world, BATCHES, SIZE, { releaseAt: RELEASE_AT });
        return ours.turn(due, 1, (batch) => ours.sell(batch));
      },
      releases: () =>
        timed(async () => {
          await ours.release(RELEASE_AT);
          return BATCHES * SIZE;
        }),
    },
    ROUNDS,
  );
  const { sales: limit, releases: value } = rates;
  const unit = 'sales released/s';
  yield { case: 'holds released, of the sales rate of one writer', value, unit, limit, goal: 3, better: 'more' };
}
