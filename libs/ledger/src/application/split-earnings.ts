import type { Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type EarningDraft, earningSplit, type SplitDraft } from '../domain/events/earning-split';
import type { SharedAmount } from '../domain/split-pool';
import { BookDirectory } from './book-directory';
import { LedgerWriter, type PostedTransaction } from './ledger-writer';

export interface RecordedShare extends SharedAmount {
  readonly shareId: bigint;
}

export interface EarningResult {
  readonly idempotencyKey: string;
  /** A duplicate is the same request under the same key: nothing was written, the first result is given again. */
  readonly status: 'recorded' | 'duplicate';
  readonly bookId: number;
  readonly transactionId: bigint;
  readonly earningId: bigint;
  readonly shares: readonly RecordedShare[];
}

/** Shares of an earning are numbered within it: share id = earning id · 64 + number. */
export function shareIdOf(earningId: bigint, shareNo: number): bigint {
  return earningId * 64n + BigInt(shareNo);
}

/**
 * Splits milestones and sales of one brand into held shares, set-wise: all are recorded, or none and the error names
 * the item. What happened in a closed period takes effect at the first open instant. Throws `IdempotencyConflict`,
 * `InsufficientEscrow`, `EarningAlreadyRecorded`, `BookNotOpen`.
 */
@Injectable()
export class SplitEarnings {
  constructor(
    private readonly books: BookDirectory,
    private readonly writer: LedgerWriter,
  ) {}

  async execute(
    tx: Transaction,
    brandId: string,
    earnings: readonly EarningDraft[],
  ): Promise<readonly EarningResult[]> {
    if (earnings.length === 0) return [];
    const bookId = await this.books.bookOf(tx, brandId);
    const splits = earnings.map(earningSplit);
    const posted = await this.writer.post(
      tx,
      bookId,
      splits.map(({ draft }) => draft),
    );
    return splits.map((split, index) => earningResult(bookId, split, posted[index]));
  }
}

/** What a split became when it was posted. */
export function earningResult(
  bookId: number,
  { draft, shares }: SplitDraft,
  { transactionId = 0n, isDuplicate = false }: Partial<PostedTransaction> = {},
): EarningResult {
  return {
    idempotencyKey: draft.idempotencyKey,
    status: isDuplicate ? 'duplicate' : 'recorded',
    bookId,
    transactionId,
    earningId: transactionId,
    shares: shares.map(({ partyId, role, share, amountMinor }, place) => ({
      partyId,
      role,
      share,
      amountMinor,
      shareId: shareIdOf(transactionId, place + 1),
    })),
  };
}
