import { type Transaction, UnitOfWork } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { Holds } from '../application/holds';

@Injectable()
export class TypeormHolds extends Holds {
  constructor(private readonly uow: UnitOfWork) {
    super();
  }

  override async booksWithDue(tx: Transaction, now: Date, limit: number): Promise<readonly number[]> {
    const sql = 'select book_id from ledger.books_with_due($1, $2) book_id';
    const rows = await this.query<{ book_id: number }>(tx, sql, [now, limit]);
    return rows.map((row) => row.book_id);
  }

  override async releaseDue(tx: Transaction, bookId: number, now: Date, limit: number): Promise<number> {
    const sql = 'select ledger.release_due($1, $2, $3) as released';
    const [row] = await this.query<{ released: number }>(tx, sql, [bookId, now, limit]);
    return row?.released ?? 0;
  }

  override async freeze(tx: Transaction, dealId: string, reason: string, at: Date): Promise<void> {
    await this.query(tx, 'select ledger.freeze_deal($1, $2, $3)', [dealId, reason, at]);
  }

  override async holdOffFreezes(tx: Transaction, bookIds: readonly number[]): Promise<void> {
    await this.query(tx, 'select ledger.hold_off_freezes($1)', [bookIds]);
  }

  override async unfreeze(tx: Transaction, dealId: string, reason: string, at: Date): Promise<void> {
    await this.query(tx, 'select ledger.unfreeze_deal($1, $2, $3)', [dealId, reason, at]);
  }

  private query<Row>(tx: Transaction, sql: string, parameters: unknown[]): Promise<readonly Row[]> {
    return this.uow.asSystem(tx, () => managerOf(tx).query<readonly Row[]>(sql, parameters));
  }
}
