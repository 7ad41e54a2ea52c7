import { groupBy } from '@evenhand/kernel';
import type { EntityManager } from 'typeorm';
import type { Deal } from '../application/deal';
import { type DealRow, termsFromJson, toDeal } from './deal-row';
import { FILES_OF_VERSION } from './file-row';
import { type CorrectionRow, type GiftChangeRow, type GiftRow, toGift } from './gift-row';
import { PUBLICATION_COLUMNS, PUBLICATION_JOINS } from './publication-row';
import {
  type DeliverableRow,
  type MilestoneRow,
  toDeliverable,
  toTrackingCode,
  type TrackingCodeRow,
  type VersionRow,
} from './work-row';

interface Parts {
  readonly deliverables: ReadonlyMap<string, readonly DeliverableRow[]>;
  readonly milestones: ReadonlyMap<string, readonly MilestoneRow[]>;
  readonly versions: ReadonlyMap<string, readonly VersionRow[]>;
  readonly gifts: ReadonlyMap<string, readonly GiftRow[]>;
  readonly corrections: ReadonlyMap<string, readonly CorrectionRow[]>;
  readonly giftChanges: ReadonlyMap<string, readonly GiftChangeRow[]>;
  readonly codes: ReadonlyMap<string, readonly TrackingCodeRow[]>;
}

/** Whole deals from their rows, in the order given: one query per table, however many deals. */
export async function assembleDeals(manager: EntityManager, rows: readonly DealRow[]): Promise<readonly Deal[]> {
  if (rows.length === 0) return [];
  const parts = await partsOf(
    manager,
    rows.map((row) => row.id),
  );
  return rows.map((row) => assemble(row, parts));
}

async function partsOf(manager: EntityManager, ids: readonly string[]): Promise<Parts> {
  const query = <Row>(sql: string): Promise<readonly Row[]> => manager.query(sql, [ids]);
  const deliverables = await query<DeliverableRow>(
    `select piece.id, piece.deal_id, spec_key, sequence, kind, description, due_on::text as due_on, revisions_allowed, state,
       revisions_used, submitted_at, auto_approve_at, approved_at, approved_by, published_at, live_url, dispute_id, ${PUBLICATION_COLUMNS}
     from deals.deliverables as piece ${PUBLICATION_JOINS}
     where piece.deal_id = any ($1) order by position, sequence`,
  );
  const milestones = await query<MilestoneRow>(
    `select id, deliverable_id, ordinal, amount_minor, released_at
     from deals.milestones where deal_id = any ($1) order by ordinal`,
  );
  const versions = await query<VersionRow>(
    `select deliverable_id, number, caption, media_urls, submitted_by, party_id, submitted_at, outcome, decided_at,
       feedback, ${FILES_OF_VERSION} as files
     from deals.deliverable_versions as version where deal_id = any ($1) order by number`,
  );
  const gifts = await query<GiftRow>('select * from deals.gifts where deal_id = any ($1)');
  const { corrections, giftChanges } = await partsOfGifts(manager, gifts);
  const codes = await query<TrackingCodeRow>(
    `select id, deal_id, kind, code, link_slug, created_at
     from deals.tracking_codes where deal_id = any ($1) order by created_at, kind desc`,
  );
  return {
    deliverables: groupBy(deliverables, (row) => row.deal_id),
    milestones: groupBy(milestones, (row) => row.deliverable_id),
    versions: groupBy(versions, (row) => row.deliverable_id),
    gifts: groupBy(gifts, (row) => row.deal_id),
    corrections: groupBy(corrections, (row) => row.deal_id),
    giftChanges: groupBy(giftChanges, (row) => row.deal_id),
    codes: groupBy(codes, (row) => row.deal_id),
  };
}

/** Deals without gifts need no further query. */
async function partsOfGifts(manager: EntityManager, gifts: readonly GiftRow[]) {
  if (gifts.length === 0) return { corrections: [], giftChanges: [] };
  const ids = gifts.map((gift) => gift.id);
  const corrections = await manager.query<CorrectionRow[]>(
    `select gift_id, deal_id, number, item_number, from_minor, to_minor, reason, proposed_by, proposed_at, state, decided_at
     from deals.gift_corrections where gift_id = any ($1) order by gift_id, number`,
    [ids],
  );
  const giftChanges = await manager.query<GiftChangeRow[]>(
    `select deal_id, event, from_state, to_state, note, changed_at
     from deals.state_changes where deal_id = any ($1) and subject_id = any ($2) order by deal_id, change_id`,
    [gifts.map((gift) => gift.deal_id), ids],
  );
  return { corrections, giftChanges };
}

function assemble(row: DealRow, parts: Parts): Deal {
  const [giftRow] = parts.gifts.get(row.id) ?? [];
  const giftOffer = giftRow ? termsFromJson(row.terms).compensation.gift : null;
  return toDeal(row, {
    deliverables: (parts.deliverables.get(row.id) ?? []).map((deliverable) =>
      toDeliverable(deliverable, parts.milestones.get(deliverable.id) ?? [], parts.versions.get(deliverable.id) ?? []),
    ),
    gift:
      giftRow && giftOffer
        ? toGift(giftRow, giftOffer, parts.corrections.get(row.id) ?? [], parts.giftChanges.get(row.id) ?? [])
        : null,
    codes: (parts.codes.get(row.id) ?? []).map(toTrackingCode),
  });
}
