import type { Transaction } from '@evenhand/kernel';

/** The books' own clock, which tells what is finished: see {@link SettleRecords}. */
export abstract class BooksClock {
  /** One step, which counts once its transaction has committed; answers the settled instant, null before the first. */
  abstract tick(tx: Transaction): Promise<Date | null>;
}
