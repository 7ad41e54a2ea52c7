import type { Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { giftReceived, type ReceivedGift } from '../domain/events/gift-received';
import { BookDirectory } from './book-directory';
import { LedgerWriter, type PostedTransaction } from './ledger-writer';

export interface RecordGiftReceivedCommand extends ReceivedGift {
  readonly brandId: string;
}

/** Enters a received gift at its fair market value into the in-kind accounts. */
@Injectable()
export class RecordGiftReceived {
  constructor(
    private readonly books: BookDirectory,
    private readonly writer: LedgerWriter,
  ) {}

  async execute(tx: Transaction, command: RecordGiftReceivedCommand): Promise<PostedTransaction> {
    const bookId = await this.books.bookOf(tx, command.brandId);
    return this.writer.postOne(tx, bookId, giftReceived(command));
  }
}
