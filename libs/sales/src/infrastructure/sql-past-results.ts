import type { SettledDeal } from '@evenhand/deals';
import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { PastResults } from '../application/past-results';
import type { PastResult } from '../domain/forecast';

interface ResultRow {
  readonly brand_id: string;
  readonly note: string;
  readonly livestream: string;
  readonly sales_count: string;
  readonly clicks: string;
}

@Injectable()
export class SqlPastResults extends PastResults {
  override async of(tx: Transaction, deals: readonly SettledDeal[]): Promise<readonly PastResult[]> {
    if (deals.length === 0) return [];
    const rows = await managerOf(tx).query<ResultRow[]>(
      `select asked.brand_id, sold.note, sold.livestream, sold.sales_count, coalesce(counted.total - counted.filtered, 0) as clicks
       from unnest($1::uuid[], $2::uuid[]) with ordinality as asked (brand_id, deal_id, place)
       cross join lateral (
         select coalesce(sum(base_minor - refunded_base_minor) filter (where kind = 'note_commission'), 0) as note,
           coalesce(sum(base_minor - refunded_base_minor) filter (where kind = 'livestream_commission'), 0) as livestream,
           count(*) filter (where refunded_base_minor < base_minor) as sales_count
         from sales.sales as sale where sale.brand_id = asked.brand_id and sale.deal_id = asked.deal_id) as sold
       left join sales.click_counts as counted using (brand_id, deal_id)
       order by asked.place`,
      [deals.map(({ brandId }) => brandId), deals.map(({ dealId }) => dealId)],
    );
    return rows.map(({ brand_id, note, livestream, sales_count, clicks }) => ({
      brandId: brand_id,
      noteMinor: BigInt(note),
      livestreamMinor: BigInt(livestream),
      salesCount: BigInt(sales_count),
      clicks: BigInt(clicks),
    }));
  }
}
