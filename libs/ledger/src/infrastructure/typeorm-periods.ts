import { type Transaction, UnitOfWork } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { type ClosedPeriod, type PeriodClosing, Periods, type PeriodToClose } from '../application/periods';

interface PeriodRow {
  readonly closed_before: Date;
  readonly period: string;
  readonly time_zone: string;
  readonly closed_by: string | null;
  readonly closed_at: Date;
}

@Injectable()
export class TypeormPeriods extends Periods {
  constructor(private readonly uow: UnitOfWork) {
    super();
  }

  override async close(tx: Transaction, asked: PeriodToClose): Promise<PeriodClosing | null> {
    const { bookId, closedBefore, period, timeZone, closedBy, closedAt } = asked;
    const sql = 'select * from ledger.close_period($1, $2, $3, $4, $5, $6)';
    const parameters = [bookId, closedBefore, period, timeZone, closedBy, closedAt];
    const [row] = await this.uow.asSystem(tx, () =>
      managerOf(tx).query<readonly (PeriodRow & { readonly is_new: boolean })[]>(sql, parameters),
    );
    return row ? { closed: toPeriod(row), isNew: row.is_new } : null;
  }

  override async closedPeriods(tx: Transaction, bookId: number): Promise<readonly ClosedPeriod[]> {
    const sql = `select closed_before, period, time_zone, closed_by, closed_at from ledger.closed_periods
                 where book_id = $1 order by closed_before desc`;
    return (await managerOf(tx).query<readonly PeriodRow[]>(sql, [bookId])).map(toPeriod);
  }
}

function toPeriod(row: PeriodRow): ClosedPeriod {
  return {
    period: row.period,
    timeZone: row.time_zone,
    closedBefore: row.closed_before,
    closedBy: row.closed_by,
    closedAt: row.closed_at,
  };
}
