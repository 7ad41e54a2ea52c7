import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { BooksClock } from '../application/books-clock';

@Injectable()
export class SqlBooksClock extends BooksClock {
  override async tick(tx: Transaction): Promise<Date | null> {
    const sql = `select nullif(ledger.tick(), '-infinity') as settled`;
    const [row] = await managerOf(tx).query<{ settled: Date | null }[]>(sql);
    return row?.settled ?? null;
  }
}
