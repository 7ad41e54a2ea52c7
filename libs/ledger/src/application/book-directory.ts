import type { Transaction } from '@evenhand/kernel';

export interface Book {
  readonly bookId: number;
  readonly brandId: string;
}

/** Which book belongs to which brand; system rights, so decide before what the actor may know. */
export abstract class BookDirectory {
  /** The brand's book where it was asked for before: a brand keeps its book for ever. */
  abstract known(brandId: string): number | undefined;
  /** The brand's book; throws `BookNotOpen`. */
  abstract bookOf(tx: Transaction, brandId: string): Promise<number>;
  abstract booksOf(tx: Transaction, bookIds: readonly number[]): Promise<ReadonlyMap<number, Book>>;
  /** Opens the brand's book, or finds it. */
  abstract open(tx: Transaction, brandId: string): Promise<number>;
}
