import type { Transaction } from '@evenhand/kernel';
import type { EarningSource } from './earning-store';

/** Earnings of one book, by their sources. */
export interface EarningsToFreeze {
  readonly bookId: number;
  readonly sources: readonly EarningSource[];
  readonly reason: string;
}

/** Held shares: their release and what stops it; system rights. */
export abstract class Holds {
  /** Up to `limit` books with shares that are due, the longest due first. */
  abstract booksWithDue(tx: Transaction, now: Date, limit: number): Promise<readonly number[]>;
  /** Releases up to `limit` due holds of one book; those locked elsewhere wait for the next run. Answers how many. */
  abstract releaseDue(tx: Transaction, bookId: number, now: Date, limit: number): Promise<number>;
  abstract freeze(tx: Transaction, dealId: string, reason: string, at: Date): Promise<void>;
  /** Lets no freeze begin in these books until the transaction ends; waits for those that are being made. */
  abstract holdOffFreezes(tx: Transaction, bookIds: readonly number[]): Promise<void>;
  abstract unfreeze(tx: Transaction, dealId: string, reason: string, at: Date): Promise<void>;
  /** Answers how many of them are now frozen; set-wise, in one statement. Released ones only where they are included. */
  abstract freezeEarnings(
    tx: Transaction,
    earnings: EarningsToFreeze & { readonly includeReleased: boolean },
    at: Date,
  ): Promise<number>;
  abstract unfreezeEarnings(tx: Transaction, earnings: EarningsToFreeze, at: Date): Promise<void>;
}
