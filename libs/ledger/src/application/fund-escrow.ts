import { Clock, type Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { dealFunded, type EscrowMove } from '../domain/events/escrow-moved';
import { BookDirectory } from './book-directory';
import { LedgerWriter, type PostedTransaction } from './ledger-writer';

export interface EscrowCommand extends EscrowMove {
  readonly brandId: string;
}

/** Sets the brand's money aside for a deal. Throws `InsufficientBrandBalance`. */
@Injectable()
export class FundEscrow {
  constructor(
    private readonly books: BookDirectory,
    private readonly writer: LedgerWriter,
    private readonly clock: Clock,
  ) {}

  async execute(tx: Transaction, command: EscrowCommand): Promise<PostedTransaction> {
    const bookId = await this.books.bookOf(tx, command.brandId);
    return this.writer.postOne(tx, bookId, dealFunded(command, this.clock.now()));
  }
}
