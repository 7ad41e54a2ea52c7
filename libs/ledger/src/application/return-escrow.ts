import { Clock, type Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { escrowReturned } from '../domain/events/escrow-moved';
import { BookDirectory } from './book-directory';
import type { EscrowCommand } from './fund-escrow';
import { LedgerWriter, type PostedTransaction } from './ledger-writer';

/** Gives a deal's escrow, or part of it, back to the brand. Throws `InsufficientEscrow`. */
@Injectable()
export class ReturnEscrow {
  constructor(
    private readonly books: BookDirectory,
    private readonly writer: LedgerWriter,
    private readonly clock: Clock,
  ) {}

  async execute(tx: Transaction, command: EscrowCommand): Promise<PostedTransaction> {
    const bookId = await this.books.bookOf(tx, command.brandId);
    return this.writer.postOne(tx, bookId, escrowReturned(command, this.clock.now()));
  }
}
