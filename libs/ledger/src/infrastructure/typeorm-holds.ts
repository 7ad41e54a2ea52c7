import { type Transaction, UnitOfWork } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { type EarningsToFreeze, Holds } from '../application/holds';

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

  override async freezeEarnings(
    tx: Transaction,
    earnings: EarningsToFreeze & { readonly includeReleased: boolean },
    at: Date,
  ): Promise<number> {
    const sql = 'select ledger.freeze_earnings($1, $2, $3, $4, $5, $6) as frozen';
    const parameters = [...parametersOf(earnings, at), earnings.includeReleased];
    const [row] = await this.query<{ frozen: number }>(tx, sql, parameters);
    return row?.frozen ?? 0;
  }

  override async unfreezeEarnings(tx: Transaction, earnings: EarningsToFreeze, at: Date): Promise<void> {
    await this.query(tx, 'select ledger.unfreeze_earnings($1, $2, $3, $4, $5)', parametersOf(earnings, at));
  }

  private query<Row>(tx: Transaction, sql: string, parameters: unknown[]): Promise<readonly Row[]> {
    return this.uow.asSystem(tx, () => managerOf(tx).query<readonly Row[]>(sql, parameters));
  }
}

function parametersOf({ bookId, sources, reason }: EarningsToFreeze, at: Date): unknown[] {
  return [bookId, sources.map(({ type }) => type), sources.map(({ id }) => id), reason, at];
}
