import type { Transaction } from '@evenhand/kernel';

/** The monthly partitions of the ledger's tables. */
export abstract class Partitions {
  /** Makes what is missing from this month to `months` ahead; answers how many it made. */
  abstract ensure(tx: Transaction, months: number): Promise<number>;
}
