import type { Transaction } from '@evenhand/kernel';
import type { TransactionDraft } from '../domain/transaction-draft';

/** What became of one draft; a duplicate carries the transaction its key first made. */
export interface PostedTransaction {
  readonly transactionId: bigint;
  readonly isDuplicate: boolean;
}

/**
 * The only way to write the ledger. All drafts of a call are posted, in their order, or none; the result at each place
 * is that of the draft at the same place. Throws `IdempotencyConflict`, `InsufficientBrandBalance`,
 * `InsufficientEscrow`, `InsufficientClientCash`, `InsufficientPayable`, `InsufficientFunds`, `PeriodClosed`,
 * `EarningAlreadyRecorded`, each naming the draft it is about; `BalanceOutOfRange`.
 */
export abstract class LedgerWriter {
  abstract post(
    tx: Transaction,
    bookId: number,
    drafts: readonly TransactionDraft[],
  ): Promise<readonly PostedTransaction[]>;

  /** Posts one draft in a transaction of its own, with the system's rights. */
  abstract postAlone(bookId: number, draft: TransactionDraft): Promise<PostedTransaction>;

  /**
   * Waits until whoever posts in the book has ended, and lets nobody else begin before this transaction has. Does not wait
   * where the transaction has posted in the book before: others who have would wait for it.
   */
  abstract haveBookAlone(tx: Transaction, bookId: number): Promise<void>;

  async postOne(tx: Transaction, bookId: number, draft: TransactionDraft): Promise<PostedTransaction> {
    const [posted] = await this.post(tx, bookId, [draft]);
    if (!posted) throw new RangeError('The ledger answered for fewer transactions than it was given.');
    return posted;
  }
}
