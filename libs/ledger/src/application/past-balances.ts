import type { Transaction } from '@evenhand/kernel';
import type { Account } from '../domain/account';
import type { AccountBalance, TrialBalance } from './ledger-queries';

/** A point on the two axes of time: what was known at one instant of what had happened before another. */
export interface BooksAsOf {
  /** Only what was recorded up to and within this millisecond; null: all that is recorded now. */
  readonly recordedUpTo: Date | null;
  /** Only what took effect before this instant; null: whenever it took effect. */
  readonly effectiveBefore: Date | null;
}

/**
 * Balances as of a point in time, with the rights of the transaction's actor. Where only `effectiveBefore` is given, a
 * transaction told of late still moves them; with `recordedUpTo` in the past too, nothing ever does.
 */
export abstract class PastBalances {
  /** Zero where the account had no posting yet. */
  abstract balanceOf(tx: Transaction, bookId: number, account: Account, asOf: BooksAsOf): Promise<bigint>;
  /** One account by its number; null where the actor does not see it. */
  abstract accountOf(
    tx: Transaction,
    bookId: number,
    accountId: bigint,
    asOf: BooksAsOf,
  ): Promise<AccountBalance | null>;
  abstract balancesOf(tx: Transaction, bookId: number, asOf: BooksAsOf): Promise<readonly AccountBalance[]>;
  /** One book, or with null all that the actor sees. */
  abstract trialBalance(tx: Transaction, bookId: number | null, asOf: BooksAsOf): Promise<TrialBalance>;
}
