import type { Transaction } from '@evenhand/kernel';
import type { StoredSeal, TrustedSeal } from '../domain/seal/check-chain';
import type { Leaf, SealWithLeaves } from '../domain/seal/check-seal';
import type { SealedTransaction } from '../domain/seal/receipt';

/** What one run sealed. */
export interface Sealed {
  readonly seals: number;
  readonly transactions: number;
}

/** A transaction as it is now, with the number of the seal of its time. */
export interface PresentLeaf extends Leaf {
  readonly sealNo: number;
}

/** How many rows of each kind a transaction consists of. */
export type PartCounts = Readonly<
  Record<'transaction' | 'posting' | 'earning' | 'share' | 'reversal' | 'conversion', number>
>;

/** Where seals are made and read. Instants are texts of microseconds, as the headers of seals have them. */
export abstract class Seals {
  /** Seals about `limit` of the settled transactions that are in no seal; nothing while somebody else seals. */
  abstract seal(tx: Transaction, now: Date, limit: number): Promise<Sealed>;

  abstract bookIds(tx: Transaction): Promise<readonly number[]>;
  /** The brand the book is of, for comparison with what its seals say. */
  abstract brandIdOf(tx: Transaction, bookId: number): Promise<string>;
  /** The seals of a book after one of them, in their order. */
  abstract sealsAfter(tx: Transaction, bookId: number, sealNo: number, limit: number): Promise<readonly StoredSeal[]>;
  abstract withLists(tx: Transaction, bookId: number, first: number, last: number): Promise<readonly SealWithLeaves[]>;
  /** The transactions recorded after one instant up to another as they are now; null: from the beginning. */
  abstract presentLeaves(
    tx: Transaction,
    bookId: number,
    after: string | null,
    through: string,
  ): Promise<readonly PresentLeaf[]>;
  /** Up to `limit` rows of each table that no seal can hold, in words. */
  abstract rowsOfNoTransaction(
    tx: Transaction,
    limit: number,
  ): Promise<readonly { readonly bookId: number; readonly words: string }[]>;

  /** The last seal of every book that has one. */
  abstract heads(tx: Transaction): Promise<readonly TrustedSeal[]>;
  /** How many rows of the transaction the transaction's actor sees. */
  abstract visibleParts(tx: Transaction, bookId: number, transactionId: bigint): Promise<PartCounts>;
  /** Null where there is no such transaction; its `sealNo` null where it is not sealed yet. */
  abstract sealedTransaction(
    tx: Transaction,
    bookId: number,
    transactionId: bigint,
  ): Promise<(Omit<SealedTransaction, 'seals'> & { readonly sealNo: number | null }) | null>;
  /** The number of the book's last seal. */
  abstract headOf(tx: Transaction, bookId: number): Promise<number>;
  /** The headers of the seals of these numbers, in the order of the numbers; those that are gone are left out. */
  abstract headersOf(tx: Transaction, bookId: number, sealNos: readonly number[]): Promise<readonly string[]>;
}
