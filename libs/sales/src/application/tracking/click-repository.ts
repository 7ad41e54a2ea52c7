import type { Transaction } from '@evenhand/kernel';
import type { RecordedClick } from '../../domain/attribution-candidates';

export interface ClickCounts {
  /** Every visit by a link of the deal. */
  readonly total: number;
  /** Those of machines, and of browsers that load ahead. */
  readonly filtered: number;
}

/** Stored clicks; counts apply the rights of `tx`, the rest needs those of the system. */
export abstract class ClickRepository {
  /** Clicks on links of the brand by their ids as shops tell them; what is none is left out. */
  abstract find(
    tx: Transaction,
    brandId: string,
    clickIds: readonly string[],
  ): Promise<ReadonlyMap<string, RecordedClick>>;

  /** Deals without clicks are left out. */
  abstract countsOf(tx: Transaction, dealIds: readonly string[]): Promise<ReadonlyMap<string, ClickCounts>>;

  /** Deletes up to `limit` of the clicks that no sale can need any more; how many it were. */
  abstract forget(tx: Transaction, now: Date, limit: number): Promise<number>;
}
