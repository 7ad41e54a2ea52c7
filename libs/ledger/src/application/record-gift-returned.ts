import type { Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { giftReturned, type ReturnedGift } from '../domain/events/gift-returned';
import { BookDirectory } from './book-directory';
import { LedgerWriter, type PostedTransaction } from './ledger-writer';

export interface RecordGiftReturnedCommand extends ReturnedGift {
  readonly brandId: string;
}

/** Takes a received gift that went back to the brand out of the in-kind accounts. */
@Injectable()
export class RecordGiftReturned {
  constructor(
    private readonly books: BookDirectory,
    private readonly writer: LedgerWriter,
  ) {}

  async execute(tx: Transaction, command: RecordGiftReturnedCommand): Promise<PostedTransaction> {
    const bookId = await this.books.bookOf(tx, command.brandId);
    return this.writer.postOne(tx, bookId, giftReturned(command));
  }
}
