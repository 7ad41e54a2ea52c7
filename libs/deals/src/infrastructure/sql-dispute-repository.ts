import { groupBy, type Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import type { Deal } from '../application/deal';
import type { Dispute, DisputeDecision, DisputeEntry, DisputeItem } from '../application/disputes/dispute';
import { DisputeRepository, type KnownEntry } from '../application/disputes/dispute-repository';
import {
  DISPUTE_COLUMNS,
  type DisputeRow,
  ENTRY_COLUMNS,
  type EntryRow,
  ITEM_COLUMNS,
  type ItemRow,
  toDispute,
  toEntry,
} from './dispute-row';

@Injectable()
export class SqlDisputeRepository extends DisputeRepository {
  override async find(tx: Transaction, disputeId: string): Promise<Dispute | null> {
    const [dispute] = await assembled(tx, 'id = $1', disputeId);
    return dispute ?? null;
  }

  override ofDeals(tx: Transaction, dealIds: readonly string[]): Promise<readonly Dispute[]> {
    return assembled(tx, 'deal_id = any ($1)', dealIds);
  }

  override async entryByKey(
    tx: Transaction,
    dealId: string,
    authorId: string,
    key: string,
  ): Promise<KnownEntry | null> {
    const [row]: EntryRow[] = await managerOf(tx).query(
      `select ${ENTRY_COLUMNS} from deals.dispute_entries
       where deal_id = $1 and author_id = $2 and idempotency_key = $3`,
      [dealId, authorId, key],
    );
    return row ? { disputeId: row.dispute_id, entry: toEntry(row) } : null;
  }

  override async insert(tx: Transaction, deal: Deal, dispute: Dispute, idempotencyKey: string): Promise<void> {
    const { id, scope, reason, side, state, currency, openedAt, answerDueAt, items, entries } = dispute;
    const manager = managerOf(tx);
    await manager.query(
      `insert into deals.disputes (id, deal_id, brand_id, influencer_id, scope, reason, side, state, currency, opened_at,
         answer_due_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [id, ...sidesOf(deal), scope, reason, side, state, currency, openedAt, answerDueAt],
    );
    await manager.query(
      `insert into deals.dispute_items (dispute_id, deal_id, brand_id, influencer_id, position, deliverable_id, place,
         amount_minor)
       select $1, $2, $3, $4, item.position, item.deliverable_id, item.place, item.amount_minor
       from unnest($5::uuid[], $6::text[], $7::bigint[]) with ordinality
         as item (deliverable_id, place, amount_minor, position)`,
      [
        id,
        ...sidesOf(deal),
        items.map(({ deliverableId }) => deliverableId),
        items.map(({ place }) => place),
        items.map(({ amountMinor }) => amountMinor),
      ],
    );
    await manager.query('update deals.deliverables set dispute_id = $1 where id = any ($2)', [
      id,
      items.map(({ deliverableId }) => deliverableId),
    ]);
    for (const entry of entries) await insertEntry(tx, deal, id, entry, idempotencyKey);
  }

  override async appendEntry(
    tx: Transaction,
    deal: Deal,
    { id, state }: Dispute,
    entry: DisputeEntry,
    idempotencyKey: string,
  ): Promise<void> {
    await insertEntry(tx, deal, id, entry, idempotencyKey);
    await managerOf(tx).query('update deals.disputes set state = $2 where id = $1', [id, state]);
  }

  override async saveWithdrawal(tx: Transaction, disputeId: string, at: Date): Promise<void> {
    const sql = `update deals.disputes set state = 'withdrawn', withdrawn_at = $2 where id = $1`;
    await managerOf(tx).query(sql, [disputeId, at]);
  }

  override async saveDecision(
    tx: Transaction,
    disputeId: string,
    { outcome, reason, decidedBy, decidedAt }: DisputeDecision,
    idempotencyKey: string,
  ): Promise<void> {
    const [, decided]: [unknown, number] = await managerOf(tx).query(
      `update deals.disputes set state = 'decided', outcome = $2, decision_reason = $3, decided_by = $4, decided_at = $5,
         decision_key = $6
       where id = $1`,
      [disputeId, outcome, reason, decidedBy, decidedAt, idempotencyKey],
    );
    if (decided !== 1) throw new Error(`Dispute ${disputeId} is not to be decided by this actor.`);
  }

  override async decisionKey(tx: Transaction, disputeId: string): Promise<string | null> {
    const [row]: { decision_key: string | null }[] = await managerOf(tx).query(
      'select decision_key from deals.disputes where id = $1',
      [disputeId],
    );
    return row?.decision_key ?? null;
  }

  override async saveItems(tx: Transaction, disputeId: string, items: readonly DisputeItem[]): Promise<void> {
    for (const { deliverableId, decided } of items) {
      await managerOf(tx).query(
        `update deals.dispute_items set influencer_share = $3, kept_minor = $4, returned_minor = $5
         where dispute_id = $1 and deliverable_id = $2`,
        [disputeId, deliverableId, decided?.influencerShare, decided?.keptMinor, decided?.returnedMinor],
      );
    }
  }

  override async freeDeliverables(tx: Transaction, disputeId: string): Promise<void> {
    await managerOf(tx).query('update deals.deliverables set dispute_id = null where dispute_id = $1', [disputeId]);
  }
}

async function assembled(
  tx: Transaction,
  condition: string,
  value: string | readonly string[],
): Promise<readonly Dispute[]> {
  const manager = managerOf(tx);
  const rows: DisputeRow[] = await manager.query(
    `select ${DISPUTE_COLUMNS} from deals.disputes where ${condition} order by opened_at, id`,
    [value],
  );
  if (rows.length === 0) return [];
  const ids = [rows.map(({ id }) => id)];
  const items: ItemRow[] = await manager.query(
    `select ${ITEM_COLUMNS} from deals.dispute_items where dispute_id = any ($1) order by position`,
    ids,
  );
  const entries: EntryRow[] = await manager.query(
    `select ${ENTRY_COLUMNS} from deals.dispute_entries where dispute_id = any ($1) order by number`,
    ids,
  );
  const itemsOf = groupBy(items, (row) => row.dispute_id);
  const entriesOf = groupBy(entries, (row) => row.dispute_id);
  return rows.map((row) => toDispute(row, itemsOf.get(row.id) ?? [], entriesOf.get(row.id) ?? []));
}

async function insertEntry(
  tx: Transaction,
  deal: Deal,
  disputeId: string,
  { number, kind, side, authorId, partyId, text, fileIds, writtenAt }: DisputeEntry,
  idempotencyKey: string,
): Promise<void> {
  await managerOf(tx).query(
    `insert into deals.dispute_entries (dispute_id, deal_id, brand_id, influencer_id, number, kind, side, author_id,
       party_id, text, file_ids, idempotency_key, written_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [disputeId, ...sidesOf(deal), number, kind, side, authorId, partyId, text, fileIds, idempotencyKey, writtenAt],
  );
}

function sidesOf({ id, brandId, influencerId }: Deal): readonly string[] {
  return [id, brandId, influencerId];
}
