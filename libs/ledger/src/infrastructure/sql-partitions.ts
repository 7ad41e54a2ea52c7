import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { Partitions } from '../application/partitions';

@Injectable()
export class SqlPartitions extends Partitions {
  override async ensure(tx: Transaction, months: number): Promise<number> {
    const sql = 'select ledger.ensure_partitions($1) as made';
    const [row] = await managerOf(tx).query<{ made: number }[]>(sql, [months]);
    return row?.made ?? 0;
  }
}
