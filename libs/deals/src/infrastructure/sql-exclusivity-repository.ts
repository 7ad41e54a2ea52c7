import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import type { Deal } from '../application/deal';
import { type CategoryQuestion, ExclusivityRepository, type StandingDays } from '../application/exclusivity-repository';
import type { CategoryDays, CategoryUse } from '../domain/exclusivity';

/** A row of deals.category_days. */
interface CategoryDaysRow {
  readonly deal_id: string;
  readonly brand_id: string;
  readonly influencer_id: string;
  readonly use: CategoryUse;
  readonly category: string;
  readonly from_day: string;
  readonly to_day: string;
}

/** Influencers, categories, and the day from which on exclusivity matters. Exported for the spec that looks at its plan. */
export const STANDING_SQL = `select days.deal_id, days.brand_id, days.influencer_id, days.use, days.category, days.from_day::text,
         days.to_day::text
       from (select distinct * from unnest($1::uuid[], $2::text[]) as asked (influencer_id, category)) as asked
       join deals.category_days as days using (influencer_id, category)
       where days.stands and (days.use = 'work' or days.to_day >= $3::date)
       order by days.from_day, days.to_day, days.category, days.deal_id, days.use`;

@Injectable()
export class SqlExclusivityRepository extends ExclusivityRepository {
  override async insert(tx: Transaction, deal: Deal, days: readonly CategoryDays[]): Promise<void> {
    await managerOf(tx).query(
      `insert into deals.category_days (deal_id, brand_id, influencer_id, use, category, from_day, to_day)
       select $1, $2, $3, day.* from unnest($4::text[], $5::text[], $6::date[], $7::date[]) as day`,
      [
        deal.id,
        deal.brandId,
        deal.influencerId,
        days.map(({ use }) => use),
        days.map(({ category }) => category),
        days.map(({ from }) => from),
        days.map(({ to }) => to),
      ],
    );
  }

  override async lockInfluencer(tx: Transaction, influencerId: string): Promise<void> {
    await managerOf(tx).query('select pg_advisory_xact_lock(hashtextextended($1, 49))', [influencerId]);
  }

  override async standing(
    tx: Transaction,
    questions: readonly CategoryQuestion[],
    today: string,
  ): Promise<readonly StandingDays[]> {
    const rows: CategoryDaysRow[] = await managerOf(tx).query(STANDING_SQL, [
      questions.map(({ influencerId }) => influencerId),
      questions.map(({ category }) => category),
      today,
    ]);
    return rows.map(({ deal_id, brand_id, influencer_id, use, category, from_day, to_day }) => ({
      dealId: deal_id,
      brandId: brand_id,
      influencerId: influencer_id,
      use,
      category,
      from: from_day,
      to: to_day,
    }));
  }
}
