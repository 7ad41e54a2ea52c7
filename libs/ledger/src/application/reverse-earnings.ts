import { DomainError, type Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { EarningNotFound } from '../domain/errors';
import {
  earningReversed,
  type Reversal,
  reversalAskedAgain,
  type ReversibleEarning,
} from '../domain/events/earning-reversed';
import type { TransactionDraft } from '../domain/transaction-draft';
import { BookDirectory } from './book-directory';
import { EarningStore, type RecordedReversal } from './earning-store';
import { LedgerWriter } from './ledger-writer';

export interface ReversalResult {
  readonly idempotencyKey: string;
  readonly status: 'recorded' | 'duplicate';
  readonly bookId: number;
  readonly transactionId: bigint;
  readonly earningId: bigint;
  /** What the refund took back of the gross. */
  readonly grossMinor: bigint;
}

/**
 * Takes refunds back from every share of their sources, set-wise and in their order: all are recorded, or none. What
 * happened in a closed period takes effect at the first open instant.
 * Throws `EarningNotFound`, `RefundExceedsSale`, `IdempotencyConflict`, `BookNotOpen`.
 */
@Injectable()
export class ReverseEarnings {
  constructor(
    private readonly books: BookDirectory,
    private readonly earnings: EarningStore,
    private readonly writer: LedgerWriter,
  ) {}

  async execute(tx: Transaction, brandId: string, reversals: readonly Reversal[]): Promise<readonly ReversalResult[]> {
    if (reversals.length === 0) return [];
    const bookId = await this.books.bookOf(tx, brandId);
    const locked = await this.earnings.lockBySources(
      tx,
      bookId,
      reversals.map(({ source }) => source),
    );
    const items = await this.draft(tx, bookId, reversals, locked);
    const posted = await this.writer.post(
      tx,
      bookId,
      items.map(({ draft }) => draft),
    );
    return items.map(({ draft, earningId, grossMinor }, index) => {
      const { transactionId = 0n, isDuplicate = false } = posted[index] ?? {};
      const status = isDuplicate ? 'duplicate' : 'recorded';
      return { idempotencyKey: draft.idempotencyKey, status, bookId, transactionId, earningId, grossMinor };
    });
  }

  /** Where a rule is broken, keys that need not be known otherwise are looked up: a conflict of keys is told first. */
  private async draft(
    tx: Transaction,
    bookId: number,
    reversals: readonly Reversal[],
    locked: ReadonlyMap<string, ReversibleEarning>,
  ): Promise<readonly DraftedReversal[]> {
    const known = await this.earnings.recordedReversals(tx, bookId, keysToLookUp(reversals, locked));
    try {
      return draftAll(reversals, locked, known);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const keys = reversals.map(({ idempotencyKey }) => idempotencyKey);
      return draftAll(reversals, locked, await this.earnings.recordedReversals(tx, bookId, keys));
    }
  }
}

/** A refund recorded before has left its mark on its earning: of an earning without a mark no refund is known. */
function keysToLookUp(
  reversals: readonly Reversal[],
  locked: ReadonlyMap<string, ReversibleEarning>,
): readonly string[] {
  return reversals
    .filter(({ source }) => locked.get(`${source.type}:${source.id}`)?.baseReversedMinor !== 0n)
    .map(({ idempotencyKey }) => idempotencyKey);
}

interface DraftedReversal extends RecordedReversal {
  readonly draft: TransactionDraft;
}

/** Drafts in order, each from what the ones before it left; a key known already only asks for its first result. */
function draftAll(
  reversals: readonly Reversal[],
  locked: ReadonlyMap<string, ReversibleEarning>,
  known: ReadonlyMap<string, RecordedReversal>,
): readonly DraftedReversal[] {
  const earnings = new Map(locked);
  const recorded = new Map(known);
  return reversals.map((reversal) => {
    const earlier = recorded.get(reversal.idempotencyKey);
    if (earlier) return { ...earlier, draft: reversalAskedAgain(reversal) };
    const { type, id } = reversal.source;
    const earning = earnings.get(`${type}:${id}`);
    if (!earning) throw new EarningNotFound(type, id);
    const outcome = earningReversed(earning, reversal);
    earnings.set(`${type}:${id}`, outcome.earning);
    const grossMinor = outcome.draft.reversal?.grossMinor ?? 0n;
    recorded.set(reversal.idempotencyKey, { earningId: earning.earningId, grossMinor });
    return { draft: outcome.draft, earningId: earning.earningId, grossMinor };
  });
}
