import { DomainError, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { BookNotOpen } from '../domain/errors';
import { BookDirectory } from './book-directory';
import { LedgerWriter } from './ledger-writer';

export interface Refused {
  readonly status: 'refused';
  readonly error: DomainError;
}

/**
 * Runs a set-wise command behind a savepoint; where it breaks a rule, runs each half by itself, so that good items
 * succeed and each bad one is refused with its own error. Any other error passes through and undoes all.
 *
 * A call takes its locks in one order, several after each other do not: so the halves have the book to themselves, unless
 * this transaction has posted in it before, which is asked for when what failed has let go of its locks.
 */
@Injectable()
export class ByItem {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly books: BookDirectory,
    private readonly writer: LedgerWriter,
  ) {}

  async execute<Item, Result>(
    tx: Transaction,
    brandId: string,
    items: readonly Item[],
    command: (items: readonly Item[]) => Promise<readonly Result[]>,
  ): Promise<readonly (Result | Refused)[]> {
    if (items.length === 0) return [];
    try {
      return await this.uow.savepoint(tx, () => command(items));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (items.length === 1 || error instanceof BookNotOpen) return items.map(() => ({ status: 'refused', error }));
      await this.writer.haveBookAlone(tx, await this.books.bookOf(tx, brandId));
      const middle = items.length >> 1;
      const first = await this.execute(tx, brandId, items.slice(0, middle), command);
      return [...first, ...(await this.execute(tx, brandId, items.slice(middle), command))];
    }
  }
}
