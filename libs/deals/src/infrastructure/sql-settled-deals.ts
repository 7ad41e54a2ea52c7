import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { type SettledDeal, SettledDeals } from '../application/settled-deals';

@Injectable()
export class SqlSettledDeals extends SettledDeals {
  override of(tx: Transaction, influencerIds: readonly string[], now: Date): Promise<readonly SettledDeal[]> {
    return managerOf(tx).query(
      `select id as "dealId", brand_id as "brandId", influencer_id as "influencerId", commission_currency as currency
       from deals.deals
       where influencer_id = any ($1) and state = 'completed' and commission_currency is not null
         and completed_at + make_interval(days =>
           (terms -> 'compensation' -> 'commission' ->> 'attributionWindowDays')::integer) <= $2
       order by id`,
      [[...new Set(influencerIds)], now],
    );
  }
}
