import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { ClickIds } from '../../application/tracking/click-ids';
import { type ClickCounts, ClickRepository } from '../../application/tracking/click-repository';
import type { RecordedClick } from '../../domain/attribution-candidates';

interface ClickRow {
  readonly click_id: string;
  readonly link_slug: string;
  readonly clicked_at: Date;
  readonly is_filtered: boolean;
}

interface CountsRow {
  readonly deal_id: string;
  readonly total: string;
  readonly filtered: string;
}

@Injectable()
export class TypeormClickRepository extends ClickRepository {
  constructor(private readonly clickIds: ClickIds) {
    super();
  }

  override async find(
    tx: Transaction,
    brandId: string,
    clickIds: readonly string[],
  ): Promise<ReadonlyMap<string, RecordedClick>> {
    const textOf = new Map(clickIds.flatMap((text) => [[this.clickIds.idOf(text) ?? '', text] as const]));
    textOf.delete('');
    if (textOf.size === 0) return new Map();
    const rows = await managerOf(tx).query<ClickRow[]>(
      `select click_id, link_slug, clicked_at, is_filtered from sales.clicks
       where brand_id = $1 and click_id = any ($2::uuid[])`,
      [brandId, [...textOf.keys()]],
    );
    return new Map(
      rows.map(({ click_id, link_slug, clicked_at, is_filtered }) => [
        textOf.get(click_id) ?? '',
        { linkSlug: link_slug, clickedAt: clicked_at, isFiltered: is_filtered },
      ]),
    );
  }

  override async countsOf(tx: Transaction, dealIds: readonly string[]): Promise<ReadonlyMap<string, ClickCounts>> {
    const rows = await managerOf(tx).query<CountsRow[]>(
      'select deal_id, total, filtered from sales.click_counts where deal_id = any ($1::uuid[])',
      [dealIds],
    );
    return new Map(
      rows.map(({ deal_id, total, filtered }) => [deal_id, { total: Number(total), filtered: Number(filtered) }]),
    );
  }

  override async forget(tx: Transaction, now: Date, limit: number): Promise<number> {
    const rows = await managerOf(tx).query<[unknown[], number]>(
      `delete from sales.clicks where (brand_id, click_id) in (
         select brand_id, click_id from sales.clicks where forget_at <= $1
         order by forget_at limit $2 for update skip locked)`,
      [now, limit],
    );
    return rows[1];
  }
}
