import { SealTransactions } from '../../../../../libs/ledger/src/application/seal-transactions';
import { SqlSeals } from '../../../../../libs/ledger/src/infrastructure/sql-seals';
import type { Measurement } from '../../../bench';
import { contest, type Turn } from '../../../contest';
import type { Ours } from '../ours';
import type { Stage } from '../stage';
import { spreadBatches } from '../world';

const ROUNDS = 4;
/** A turn lasts some five seconds, so that every one that seals does so more than once. */
const BATCHES = 120;
const WRITERS = 2;
/** As the worker asks for every two seconds. */
const SEAL_LIMIT = 2_000;
const ALL = 1_000_000;

/** What sealing costs the writers: their rate while it runs every two seconds, against their rate without. */
export async function* sealing({ ours, world }: Stage): AsyncGenerator<Measurement> {
  const seal = new SealTransactions(ours.ledger.uow, new SqlSeals());
  const sealed = (limit: number) => seal.execute({ now: new Date(), limit });
  const afterSealingAll = async (turn: () => Promise<Turn>): Promise<Turn> => {
    await sealAll(ours, sealed);
    return turn();
  };
  const sell = (afterSettling?: () => Promise<unknown>): Promise<Turn> =>
    ours.turn(spreadBatches(world, BATCHES, 1_000), WRITERS, (batch) => ours.sell(batch), afterSettling);
  const rates = await contest(
    {
      with: () => afterSealingAll(() => sell(() => sealed(SEAL_LIMIT))),
      without: () => afterSealingAll(() => sell()),
    },
    ROUNDS,
  );
  const name = `batches of 1,000, ${WRITERS} writers, while sealing, of the rate without`;
  yield { case: name, value: rates.with, unit: 'sales/s', limit: rates.without, goal: 0.95, better: 'more' };
}

/** Nothing of one turn is left for the next to seal. */
async function sealAll(
  ours: Ours,
  sealed: (limit: number) => Promise<{ readonly transactions: number }>,
): Promise<void> {
  await ours.ledger.settleRecords.execute();
  while ((await sealed(ALL)).transactions > 0);
}
