import { DomainError, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { BookNotOpen } from '../domain/errors';
import { BookDirectory } from './book-directory';
import { LedgerWriter } from './ledger-writer';

export interface Refused {
  readonly status: 'refused';
  readonly error: DomainError;
}

type Command<Item, Result> = (items: readonly Item[]) => Promise<readonly Result[]>;

/**
 * Runs a set-wise command behind a savepoint; where it breaks a rule, runs each half by itself, so that good items
 * succeed and each bad one is refused with its own error. Any other error passes through and undoes all.
 *
 * A call takes its locks in one order, several after each other do not. So the halves have the book to themselves, which is
 * asked for when what failed has let go of its locks; not where this transaction has posted in the book before.
 */
@Injectable()
export class ByItem {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly books: BookDirectory,
    private readonly writer: LedgerWriter,
  ) {}

  execute<Item, Result>(
    tx: Transaction,
    brandId: string,
    items: readonly Item[],
    command: Command<Item, Result>,
  ): Promise<readonly (Result | Refused)[]> {
    return this.attempt(tx, items, command, async () => {
      await this.writer.haveBookAlone(tx, await this.books.bookOf(tx, brandId));
    });
  }

  private async attempt<Item, Result>(
    tx: Transaction,
    items: readonly Item[],
    command: Command<Item, Result>,
    beforeHalving?: () => Promise<void>,
  ): Promise<readonly (Result | Refused)[]> {
    if (items.length === 0) return [];
    try {
      return await this.uow.savepoint(tx, () => command(items));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (items.length === 1 || error instanceof BookNotOpen) return items.map(() => ({ status: 'refused', error }));
      await beforeHalving?.();
      const middle = items.length >> 1;
      const first = await this.attempt(tx, items.slice(0, middle), command);
      return [...first, ...(await this.attempt(tx, items.slice(middle), command))];
    }
  }
}
