import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import type { SaleSummary } from '../application/listings';
import { SaleDirectory } from '../application/sale-directory';
import { type SaleRow, saleSummaryOf } from './sale-rows';

@Injectable()
export class TypeormSaleDirectory extends SaleDirectory {
  override async summariesOf(tx: Transaction, saleIds: readonly string[]): Promise<ReadonlyMap<string, SaleSummary>> {
    if (saleIds.length === 0) return new Map();
    const rows = await managerOf(tx).query<SaleRow[]>('select * from sales.sales where sale_id = any ($1::uuid[])', [
      saleIds,
    ]);
    return new Map(rows.map((row) => [row.sale_id, saleSummaryOf(row)]));
  }
}
