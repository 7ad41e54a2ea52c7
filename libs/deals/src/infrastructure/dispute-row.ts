import type { Dispute, DisputeEntry, DisputeEntryKind, DisputeItem } from '../application/disputes/dispute';
import type {
  DisputeOutcome,
  DisputePlace,
  DisputeReason,
  DisputeScope,
  DisputeSide,
  DisputeState,
} from '../domain/dispute';

/** A row of deals.disputes. */
export interface DisputeRow {
  readonly id: string;
  readonly deal_id: string;
  readonly scope: DisputeScope;
  readonly reason: DisputeReason;
  readonly side: DisputeSide;
  readonly state: DisputeState;
  readonly currency: string | null;
  readonly opened_at: Date;
  readonly answer_due_at: Date;
  readonly withdrawn_at: Date | null;
  readonly outcome: DisputeOutcome | null;
  readonly decision_reason: string | null;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
}

/** A row of deals.dispute_items. */
export interface ItemRow {
  readonly dispute_id: string;
  readonly deliverable_id: string;
  readonly place: DisputePlace;
  readonly amount_minor: string;
  readonly influencer_share: string | null;
  readonly kept_minor: string | null;
  readonly returned_minor: string | null;
}

/** A row of deals.dispute_entries. */
export interface EntryRow {
  readonly dispute_id: string;
  readonly number: number;
  readonly kind: DisputeEntryKind;
  readonly side: DisputeSide;
  readonly author_id: string;
  readonly party_id: string;
  readonly text: string;
  readonly file_ids: readonly string[];
  readonly written_at: Date;
}

export const DISPUTE_COLUMNS = `id, deal_id, scope, reason, side, state, currency, opened_at, answer_due_at, withdrawn_at,
  outcome, decision_reason, decided_by, decided_at`;
export const ITEM_COLUMNS =
  'dispute_id, deliverable_id, place, amount_minor, influencer_share, kept_minor, returned_minor';
export const ENTRY_COLUMNS = 'dispute_id, number, kind, side, author_id, party_id, text, file_ids, written_at';

export function toDispute(row: DisputeRow, items: readonly ItemRow[], entries: readonly EntryRow[]): Dispute {
  return {
    id: row.id,
    dealId: row.deal_id,
    scope: row.scope,
    reason: row.reason,
    side: row.side,
    state: row.state,
    openedAt: row.opened_at,
    answerDueAt: row.answer_due_at,
    currency: row.currency,
    items: items.map(toItem),
    entries: entries.map(toEntry),
    decision: decisionOf(row),
    withdrawnAt: row.withdrawn_at,
  };
}

function decisionOf({ outcome, decision_reason, decided_by, decided_at }: DisputeRow): Dispute['decision'] {
  if (outcome === null || decision_reason === null || decided_by === null || decided_at === null) return null;
  return { outcome, reason: decision_reason, decidedBy: decided_by, decidedAt: decided_at };
}

function toItem({ deliverable_id, place, amount_minor, ...row }: ItemRow): DisputeItem {
  const { influencer_share: influencerShare, kept_minor: kept, returned_minor: returned } = row;
  const isDecided = influencerShare !== null && kept !== null && returned !== null;
  return {
    deliverableId: deliverable_id,
    place,
    amountMinor: BigInt(amount_minor),
    decided: isDecided ? { influencerShare, keptMinor: BigInt(kept), returnedMinor: BigInt(returned) } : null,
  };
}

export function toEntry(row: EntryRow): DisputeEntry {
  return {
    number: row.number,
    kind: row.kind,
    side: row.side,
    partyId: row.party_id,
    authorId: row.author_id,
    text: row.text,
    fileIds: row.file_ids,
    writtenAt: row.written_at,
  };
}
