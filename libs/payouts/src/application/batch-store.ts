import type { Transaction } from '@evenhand/kernel';
import type { Approval, BatchHead } from '../domain/batch';
import type { BatchState } from '../domain/batch-state';
import type { ContentItem } from '../domain/content';
import type { ItemState } from '../domain/item-state';
import type { PlannedTransfer } from '../domain/send-check';

export interface PayeeCurrency {
  readonly partyId: string;
  readonly currency: string;
}

export interface NewBatch {
  readonly batchId: string;
  readonly cutOff: Date;
  readonly timeZone: string;
  readonly currencies: readonly string[] | null;
  readonly minimums: readonly { readonly currency: string; readonly minimumMinor: bigint }[];
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly preparedBy: string | null;
  readonly preparedAt: Date;
}

/** A payee and currency that may get an item, with what the selection must know of it. */
export interface Candidate extends PayeeCurrency {
  readonly itemId: string;
  readonly endToEndId: string;
  readonly hasAccount: boolean;
}

export interface StoredBatch extends BatchHead {
  readonly number: bigint;
  readonly cutOff: Date;
  readonly timeZone: string;
  readonly requestHash: string;
}

export interface StoredItem {
  readonly itemId: string;
  readonly batchId: string;
  readonly partyId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly state: ItemState;
}

export interface ItemChange {
  readonly itemId: string;
  readonly state: ItemState;
  readonly reason: string | null;
  readonly at: Date;
  readonly paid?: { readonly paidAt: Date; readonly bankReference: string };
}

export type BatchChange =
  | { readonly state: 'submitted'; readonly at: Date; readonly contentHash: string }
  | { readonly state: 'approved'; readonly approval: Approval }
  | { readonly state: 'draft' }
  | { readonly state: 'exported' | 'settled'; readonly at: Date }
  | {
      readonly state: 'rejected' | 'cancelled';
      readonly by: string | null;
      readonly at: Date;
      readonly reason: string;
    };

/** One book's part of an item, as it was sent. */
export interface ItemPart {
  readonly bookId: number;
  readonly amountMinor: bigint;
}

/** Batches and what they hold, within a transaction that one of finance opened. */
export abstract class BatchStore {
  /** Waits until no other transaction prepares a batch, and keeps others waiting until this one ends. */
  abstract lockPreparation(tx: Transaction): Promise<void>;
  abstract findByKey(tx: Transaction, idempotencyKey: string): Promise<StoredBatch | null>;
  /** Payees and currencies with postings that no live item pays yet. */
  abstract unpaidPayees(tx: Transaction, currencies: readonly string[] | null): Promise<readonly PayeeCurrency[]>;
  abstract addBatch(tx: Transaction, batch: NewBatch): Promise<void>;
  /** Chooses what the batch pays among the candidates and writes items, lines and exclusions, in one statement. */
  abstract select(tx: Transaction, batch: NewBatch, candidates: readonly Candidate[]): Promise<void>;

  /** The batch, locked until the end of the transaction; null where there is none to be seen. */
  abstract lock(tx: Transaction, batchId: string): Promise<StoredBatch | null>;
  abstract change(tx: Transaction, batchId: string, change: BatchChange): Promise<void>;
  /** The planned items, the accounts left open. */
  abstract plannedContent(tx: Transaction, batchId: string): Promise<readonly Omit<ContentItem, 'account'>[]>;
  /** The books that the planned items are paid from. */
  abstract plannedBooks(tx: Transaction, batchId: string): Promise<readonly number[]>;
  abstract plannedTransfers(tx: Transaction, batchId: string): Promise<readonly PlannedTransfer[]>;

  abstract item(tx: Transaction, itemId: string): Promise<StoredItem | null>;
  abstract changeItems(tx: Transaction, changes: readonly ItemChange[]): Promise<void>;
  /** Cancels every planned item, which frees its lines. */
  abstract cancelPlannedItems(tx: Transaction, batchId: string, reason: string, at: Date): Promise<void>;
  abstract partsOf(tx: Transaction, itemId: string): Promise<readonly ItemPart[]>;
  abstract statesOf(tx: Transaction, batchId: string): Promise<readonly ItemState[]>;
}

export type { BatchState };
