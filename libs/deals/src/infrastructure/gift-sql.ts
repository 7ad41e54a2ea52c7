import type { EntityManager } from 'typeorm';
import type { Deal } from '../application/deal';
import type { Fulfilment } from '../application/fulfilment';
import type { Gift } from '../application/gift';
import type { GiftProgress } from '../domain/gift-progress';
import type { GiftCorrection } from '../domain/gift-value';
import { progressColumns } from './gift-row';

export async function saveGift(manager: EntityManager, giftId: string, progress: GiftProgress): Promise<void> {
  const columns = progressColumns(progress);
  const assignments = columns.map(([column], place) => `${column} = $${place + 2}`).join(', ');
  await manager.query(`update deals.gifts set ${assignments} where id = $1`, [
    giftId,
    ...columns.map(([, value]) => value),
  ]);
}

/** A new proposal, or the answer to one: what was proposed stays as it is. */
export async function saveCorrection(
  manager: EntityManager,
  deal: Deal,
  gift: Gift,
  correction: GiftCorrection,
): Promise<void> {
  const { number, state, decidedAt } = correction;
  if (state !== 'proposed') {
    await manager.query(
      'update deals.gift_corrections set state = $3, decided_at = $4 where gift_id = $1 and number = $2',
      [gift.id, number, state, decidedAt],
    );
    return;
  }
  await manager.query(
    `insert into deals.gift_corrections (gift_id, number, deal_id, brand_id, influencer_id, item_number, from_minor,
       to_minor, reason, proposed_by, proposed_at, state)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'proposed')`,
    [
      gift.id,
      number,
      deal.id,
      deal.brandId,
      deal.influencerId,
      correction.itemNumber,
      correction.fromMinor.toString(),
      correction.toMinor.toString(),
      correction.reason,
      correction.proposedBy,
      correction.proposedAt,
    ],
  );
}

export async function dealsWithOverdueGift(
  manager: EntityManager,
  now: Date,
  limit: number,
): Promise<readonly string[]> {
  const rows = await manager.query<{ deal_id: string }[]>(
    `select deal_id from deals.gifts where state = 'received' and posting_due_at <= $1
     order by posting_due_at, deal_id limit $2`,
    [now, limit],
  );
  return rows.map((row) => row.deal_id);
}

export async function dealsWithUnconfirmedGift(
  manager: EntityManager,
  shippedUntil: Date,
  limit: number,
): Promise<readonly string[]> {
  const rows = await manager.query<{ deal_id: string }[]>(
    `select deal_id from deals.gifts where state = 'shipped' and receipt_reminded_at is null and shipped_at <= $1
     order by shipped_at, deal_id limit $2`,
    [shippedUntil, limit],
  );
  return rows.map((row) => row.deal_id);
}

export async function fulfilmentOf(
  manager: EntityManager,
  influencerIds: readonly string[],
): Promise<ReadonlyMap<string, Fulfilment>> {
  const rows = await manager.query<(Fulfilment & { readonly influencerId: string })[]>(
    `select influencer_id as "influencerId", count(*)::integer as "cameDue",
       (count(*) filter (where fulfilled_at <= posting_due_at))::integer as "inTime"
     from deals.gifts
     where influencer_id = any ($1) and (fulfilled_at is not null or overdue_at is not null) and waived_at is null
     group by influencer_id`,
    [influencerIds],
  );
  return new Map(rows.map(({ influencerId, cameDue, inTime }) => [influencerId, { cameDue, inTime }]));
}
