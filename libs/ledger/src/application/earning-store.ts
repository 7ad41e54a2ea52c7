import type { Transaction } from '@evenhand/kernel';
import type { ReversibleEarning } from '../domain/events/earning-reversed';
import type { SourceType } from '../domain/transaction-draft';

export interface EarningSource {
  readonly type: SourceType;
  readonly id: string;
}

export interface RecordedReversal {
  readonly earningId: bigint;
  readonly grossMinor: bigint;
}

/** Recorded earnings, as far as commands need them; system rights. */
export abstract class EarningStore {
  /** Locks the earnings of the sources until the transaction ends; by `type:id`. */
  abstract lockBySources(
    tx: Transaction,
    bookId: number,
    sources: readonly EarningSource[],
  ): Promise<ReadonlyMap<string, ReversibleEarning>>;

  /** What the keys that have a transaction already took back; a key of anything else is there with nothing. */
  abstract recordedReversals(
    tx: Transaction,
    bookId: number,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, RecordedReversal>>;
}
