import type { Transaction } from '@evenhand/kernel';
import type { AuditedObject, AuditEntry } from '../domain/audit-entry';

/** Some entries of one object, newest first, of `totalCount` that the transaction's actor may read. */
export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  readonly totalCount: number;
}

/** A link noted outside the database, which the chain has to hold. */
export interface AuditHead {
  readonly linkNo: bigint;
  /** In hexadecimal. */
  readonly hash: string;
}

export interface AuditFindings {
  /** In words, first the one that comes first in the chain. */
  readonly words: readonly string[];
  /** The last link that was looked at; null where there was none. */
  readonly lastLink: bigint | null;
}

/** The log: triggers alone write it, and it is read with the rights of the transaction's actor. */
export abstract class AuditLog {
  /**
   * Of each object up to `limit` entries with numbers below `before` (null: the newest), those of what is within it
   * included. In the order of `objects`.
   */
  abstract pagesOf(
    tx: Transaction,
    objects: readonly AuditedObject[],
    limit: number,
    before: bigint | null,
  ): Promise<readonly AuditPage[]>;

  /** Announces the entries of now, to be sealed when they are finished. In a transaction that has written nothing. */
  abstract announce(tx: Transaction): Promise<void>;
  /** Seals up to `limit` of the announced entries; answers how many. */
  abstract seal(tx: Transaction, now: Date, limit: number): Promise<number>;

  /** What is not as it was sealed among the `limit` links after one of them. */
  abstract findings(tx: Transaction, afterLink: bigint, limit: number): Promise<AuditFindings>;
  /** Up to `limit` entries that are in no link though later ones are, in words. */
  abstract slippedIn(tx: Transaction, limit: number): Promise<readonly string[]>;

  /** The last link; null where nothing is sealed. */
  abstract head(tx: Transaction): Promise<AuditHead | null>;
  /** The hash of a link in hexadecimal; null where there is no such link. */
  abstract hashOf(tx: Transaction, linkNo: bigint): Promise<string | null>;
}
