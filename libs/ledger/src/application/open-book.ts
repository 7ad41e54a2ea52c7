import type { Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { BookDirectory } from './book-directory';

/** Opens a brand's book; doing it again gives the same book. */
@Injectable()
export class OpenBook {
  constructor(private readonly books: BookDirectory) {}

  execute(tx: Transaction, command: { readonly brandId: string }): Promise<number> {
    return this.books.open(tx, command.brandId);
  }
}
