import type { Transaction } from '@evenhand/kernel';
import type { EarningFacts } from '../domain/replay-earning';
import type { SharedAmount } from '../domain/split-pool';
import type { SplitRule } from '../domain/split-rule';
import type { SourceType } from '../domain/transaction-draft';

export interface EarningKey {
  readonly bookId: number;
  readonly earningId: bigint;
}

/** An earning as it was recorded, refunds aside. */
export interface RecordedEarning extends EarningKey {
  readonly sourceType: SourceType;
  readonly currency: string;
  /** One object for all earnings of a page that have it; null where it is not stored. */
  readonly rule: SplitRule | null;
  readonly facts: EarningFacts;
  readonly grossMinor: bigint;
  /** In the order in which they were recorded. */
  readonly parts: readonly SharedAmount[];
}

/** Earnings read page by page in the order of their keys, with the rights of the transaction's actor. */
export abstract class RecordedEarnings {
  /** At most `limit` earnings after the key, of one book or with null of all; empty at the end. */
  abstract pageAfter(
    tx: Transaction,
    bookId: number | null,
    after: EarningKey | null,
    limit: number,
  ): Promise<readonly RecordedEarning[]>;
}
