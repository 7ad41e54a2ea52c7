import { type Transaction, UnitOfWork } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type Book, BookDirectory } from '../application/book-directory';
import { BookNotOpen } from '../domain/errors';

interface BookRow {
  readonly book_id: number;
  readonly brand_id: string;
}

/** Books remembered, so that a sale need not ask first. */
const KNOWN_BOOKS = 10_000;

@Injectable()
export class TypeormBookDirectory extends BookDirectory {
  private readonly remembered = new LRUCache<string, number>({ max: KNOWN_BOOKS });

  constructor(private readonly uow: UnitOfWork) {
    super();
  }

  override known(brandId: string): number | undefined {
    return this.remembered.get(brandId);
  }

  override async bookOf(tx: Transaction, brandId: string): Promise<number> {
    const known = this.known(brandId);
    if (known !== undefined) return known;
    const sql = 'select book_id, brand_id from ledger.books where brand_id = $1';
    const [row] = await this.query<BookRow>(tx, sql, [brandId]);
    if (!row) throw new BookNotOpen(brandId);
    this.remembered.set(brandId, row.book_id);
    return row.book_id;
  }

  override async booksOf(tx: Transaction, bookIds: readonly number[]): Promise<ReadonlyMap<number, Book>> {
    const sql = 'select book_id, brand_id from ledger.books where book_id = any ($1::integer[])';
    const rows = await this.query<BookRow>(tx, sql, [bookIds]);
    return new Map(rows.map((row) => [row.book_id, { bookId: row.book_id, brandId: row.brand_id }]));
  }

  override async open(tx: Transaction, brandId: string): Promise<number> {
    const [row] = await this.query<{ book_id: number }>(tx, 'select ledger.open_book($1) as book_id', [brandId]);
    if (!row) throw new BookNotOpen(brandId);
    return row.book_id;
  }

  private query<Row>(tx: Transaction, sql: string, parameters: unknown[]): Promise<readonly Row[]> {
    return this.uow.asSystem(tx, () => managerOf(tx).query<readonly Row[]>(sql, parameters));
  }
}
