import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { BidTextEraser } from '../application/erase-bid-texts';

@Injectable()
export class SqlBidTextEraser extends BidTextEraser {
  override async countOpenBids(tx: Transaction, partyIds: readonly string[]): Promise<number> {
    const [row] = await managerOf(tx).query<{ count: number }[]>(
      `select (
         (select count(*) from campaigns.bids
          where (influencer_id = any ($1::uuid[]) or agency_id = any ($1::uuid[]) or brand_id = any ($1::uuid[]))
            and state in ('submitted', 'countered'))
         + (select count(*) from campaigns.campaigns
            where brand_id = any ($1::uuid[]) and state in ('published', 'closed')))::integer as count`,
      [partyIds],
    );
    return row?.count ?? 0;
  }

  override async erase(tx: Transaction, userId: string, influencerId: string | null): Promise<void> {
    await managerOf(tx).query('select campaigns.erase_texts_of($1, $2)', [userId, influencerId]);
  }
}
