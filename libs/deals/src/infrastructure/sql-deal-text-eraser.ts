import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { DealTextEraser } from '../application/erase-deal-texts';

@Injectable()
export class SqlDealTextEraser extends DealTextEraser {
  override async countOpenDeals(tx: Transaction, partyIds: readonly string[]): Promise<number> {
    const [row] = await managerOf(tx).query<{ count: number }[]>(
      `select count(*)::integer as count from deals.deals
       where (influencer_id = any ($1::uuid[]) or agency_id = any ($1::uuid[]) or brand_id = any ($1::uuid[]))
         and state not in ('completed', 'cancelled')`,
      [partyIds],
    );
    return row?.count ?? 0;
  }

  override async erase(tx: Transaction, userId: string, influencerId: string | null): Promise<void> {
    await managerOf(tx).query('select deals.erase_texts_of($1, $2)', [userId, influencerId]);
  }
}
