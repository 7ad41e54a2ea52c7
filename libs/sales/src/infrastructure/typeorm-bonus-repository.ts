import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { BonusRepository, type EarnedBonus } from '../application/bonus-repository';

/** A row of sales.bonuses as `pg` gives it: bigint as text. */
interface BonusRow {
  readonly deal_id: string;
  readonly bonus_id: string;
  readonly grant_number: number;
  readonly source_id: string;
  readonly currency: string;
  readonly amount_minor: string;
  readonly earned_at: Date;
  readonly release_at: Date;
  readonly reversed_at: Date | null;
}

@Injectable()
export class TypeormBonusRepository extends BonusRepository {
  override async earnedBy(
    tx: Transaction,
    brandId: string,
    dealIds: readonly string[],
  ): Promise<readonly EarnedBonus[]> {
    const rows = await managerOf(tx).query<BonusRow[]>(
      `select deal_id, bonus_id, grant_number, source_id, currency, amount_minor, earned_at, release_at, reversed_at
       from sales.bonuses where brand_id = $1 and deal_id = any ($2::uuid[])
       order by deal_id, bonus_id, grant_number`,
      [brandId, dealIds],
    );
    return rows.map((row) => ({
      dealId: row.deal_id,
      bonusId: row.bonus_id,
      grantNumber: row.grant_number,
      sourceId: row.source_id,
      currency: row.currency,
      amountMinor: BigInt(row.amount_minor),
      earnedAt: row.earned_at,
      releaseAt: row.release_at,
      reversedAt: row.reversed_at,
    }));
  }

  override async add(tx: Transaction, brandId: string, bonuses: readonly EarnedBonus[]): Promise<void> {
    if (bonuses.length === 0) return;
    await managerOf(tx).query(
      `insert into sales.bonuses (brand_id, deal_id, bonus_id, grant_number, source_id, currency, amount_minor,
         earned_at, release_at)
       select $1, * from unnest($2::uuid[], $3::text[], $4::integer[], $5::uuid[], $6::text[], $7::bigint[],
         $8::timestamptz[], $9::timestamptz[])`,
      [
        brandId,
        bonuses.map((bonus) => bonus.dealId),
        bonuses.map((bonus) => bonus.bonusId),
        bonuses.map((bonus) => bonus.grantNumber),
        bonuses.map((bonus) => bonus.sourceId),
        bonuses.map((bonus) => bonus.currency),
        bonuses.map((bonus) => bonus.amountMinor.toString()),
        bonuses.map((bonus) => bonus.earnedAt.toISOString()),
        bonuses.map((bonus) => bonus.releaseAt.toISOString()),
      ],
    );
  }

  override async markReversed(tx: Transaction, brandId: string, sourceIds: readonly string[], at: Date): Promise<void> {
    if (sourceIds.length === 0) return;
    await managerOf(tx).query(
      'update sales.bonuses set reversed_at = $3 where brand_id = $1 and source_id = any ($2::uuid[])',
      [brandId, sourceIds, at],
    );
  }
}
