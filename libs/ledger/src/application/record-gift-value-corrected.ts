import { type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { PeriodClosed } from '../domain/errors';
import { type CorrectedGift, giftValueCorrected } from '../domain/events/gift-value-corrected';
import { BookDirectory } from './book-directory';
import { LedgerWriter, type PostedTransaction } from './ledger-writer';

export interface RecordGiftValueCorrectedCommand extends Omit<CorrectedGift, 'effectiveAt'> {
  readonly brandId: string;
  readonly receivedAt: Date;
  readonly now: Date;
}

/**
 * Brings the in-kind accounts to a received gift's corrected value. It is effective with the receipt while that period
 * is open, so that both are in one tax year; once the period is closed, now.
 */
@Injectable()
export class RecordGiftValueCorrected {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly books: BookDirectory,
    private readonly writer: LedgerWriter,
  ) {}

  async execute(tx: Transaction, command: RecordGiftValueCorrectedCommand): Promise<PostedTransaction> {
    const { brandId, receivedAt, now, ...gift } = command;
    const bookId = await this.books.bookOf(tx, brandId);
    const post = (effectiveAt: Date) => this.writer.postOne(tx, bookId, giftValueCorrected({ ...gift, effectiveAt }));
    try {
      return await this.uow.savepoint(tx, () => post(receivedAt));
    } catch (error) {
      if (!(error instanceof PeriodClosed)) throw error;
      return post(now);
    }
  }
}
