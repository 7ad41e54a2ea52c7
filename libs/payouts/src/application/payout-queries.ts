import type { Page, PageRequest, Transaction } from '@evenhand/kernel';
import type { BatchState } from '../domain/batch-state';
import type { ItemState } from '../domain/item-state';
import type { ExclusionReason } from '../domain/not-paid-reason';
import type { BatchView, CurrencyAmount, ExclusionView, ItemView, LinePage } from './views';

export interface ItemFilter {
  readonly batchId?: string | null;
  readonly payeeId?: string | null;
  readonly states?: readonly ItemState[] | null;
}

export interface ExclusionFilter {
  readonly batchId: string;
  readonly payeeId?: string | null;
  readonly reason?: ExclusionReason | null;
}

export interface WithTotals<T> extends Page<T> {
  readonly totals: readonly CurrencyAmount[];
}

export type NamelessItem = Omit<ItemView, 'partyName'>;
export type NamelessExclusion = Omit<ExclusionView, 'partyName' | 'rule' | 'whoMustAct'>;

/** Lists of batches and what is in them, with the rights of the transaction's actor. */
export abstract class PayoutQueries {
  abstract batch(tx: Transaction, batchId: string): Promise<BatchView | null>;
  /** Latest first. */
  abstract batches(
    tx: Transaction,
    states: readonly BatchState[] | null,
    page: PageRequest,
  ): Promise<WithTotals<BatchView>>;
  abstract item(tx: Transaction, itemId: string): Promise<NamelessItem | null>;
  /** Latest first; within a batch in its order. */
  abstract items(tx: Transaction, filter: ItemFilter, page: PageRequest): Promise<WithTotals<NamelessItem>>;
  /** In the order of books and postings. */
  abstract lines(tx: Transaction, itemId: string, page: PageRequest): Promise<LinePage>;
  abstract exclusions(
    tx: Transaction,
    filter: ExclusionFilter,
    page: PageRequest,
  ): Promise<WithTotals<NamelessExclusion>>;
  /** Payouts to the parties that are planned or with the bank. */
  abstract countUnsettled(tx: Transaction, partyIds: readonly string[]): Promise<number>;
}
