import type { Transaction } from '@evenhand/kernel';

export interface Book {
  readonly bookId: number;
  readonly brandId: string;
}

export interface PostableBook {
  readonly bookId: number;
  /** Its first open instant; null where no period is closed. */
  readonly openFrom: Date | null;
}

/** Which book belongs to which brand; system rights, so decide before what the actor may know. */
export abstract class BookDirectory {
  /** The brand's book; throws `BookNotOpen`. */
  abstract bookOf(tx: Transaction, brandId: string): Promise<number>;
  /** The brand's book, in which no period closes until the transaction ends; throws `BookNotOpen`. */
  abstract postableBookOf(tx: Transaction, brandId: string): Promise<PostableBook>;
  abstract booksOf(tx: Transaction, bookIds: readonly number[]): Promise<ReadonlyMap<number, Book>>;
  /** Opens the brand's book, or finds it. */
  abstract open(tx: Transaction, brandId: string): Promise<number>;
}
