import { type GiftOffer, giftValueMinor } from '@evenhand/campaigns';
import type { Gift, GiftChange } from '../application/gift';
import type {
  AppealDecider,
  AppealDecision,
  GiftChoice,
  GiftProgress,
  GiftReturnState,
  GiftState,
} from '../domain/gift-progress';
import { type CorrectionState, type GiftCorrection, itemsAtPresent } from '../domain/gift-value';
import type { DealSide } from '../domain/deal-side';

/** What of a row of deals.gifts changes, by column. */
interface ProgressColumns {
  readonly state: GiftState;
  readonly requested_at: Date | null;
  readonly choices: readonly GiftChoice[];
  readonly address_id: string | null;
  readonly address_label: string | null;
  readonly address_country: string | null;
  readonly carrier: string | null;
  readonly tracking_number: string | null;
  readonly shipped_at: Date | null;
  readonly receipt_reminded_at: Date | null;
  readonly lost_at: Date | null;
  readonly received_at: Date | null;
  readonly posting_due_at: Date | null;
  readonly extended_at: Date | null;
  readonly overdue_at: Date | null;
  readonly appeal_reason: string | null;
  readonly appealed_at: Date | null;
  readonly appeal_decision: AppealDecision | null;
  readonly appeal_decided_by: AppealDecider | null;
  readonly appeal_decided_at: Date | null;
  readonly fulfilled_at: Date | null;
  readonly waived_at: Date | null;
  readonly forgone_at: Date | null;
  readonly return_state: GiftReturnState | null;
  readonly return_reason: string | null;
  readonly return_opened_at: Date | null;
  readonly return_carrier: string | null;
  readonly return_tracking_number: string | null;
  readonly return_shipped_at: Date | null;
  readonly returned_at: Date | null;
}

/** A row of deals.gifts; the items are in the deal's terms. */
export interface GiftRow extends ProgressColumns {
  readonly id: string;
  readonly deal_id: string;
  readonly currency: string;
  readonly fair_market_value_minor: string;
  readonly posting_duty_days: number;
}

/** A row of deals.gift_corrections. */
export interface CorrectionRow {
  readonly gift_id: string;
  readonly deal_id: string;
  readonly number: number;
  readonly item_number: number;
  readonly from_minor: string;
  readonly to_minor: string;
  readonly reason: string;
  readonly proposed_by: DealSide;
  readonly proposed_at: Date;
  readonly state: CorrectionState;
  readonly decided_at: Date | null;
}

/** A change of a gift's state or of a part of it, from the deal's history. */
export interface GiftChangeRow {
  readonly deal_id: string;
  readonly event: GiftChange['event'];
  readonly from_state: string | null;
  readonly to_state: string;
  readonly note: string | null;
  readonly changed_at: Date;
}

/** The columns of the progress with their values, in one order. */
export function progressColumns(progress: GiftProgress): readonly (readonly [string, unknown])[] {
  const { request, appeal, giftReturn } = progress;
  const columns: ProgressColumns = {
    state: progress.state,
    requested_at: request?.requestedAt ?? null,
    choices: request?.choices ?? [],
    address_id: request?.addressId ?? null,
    address_label: request?.addressLabel ?? null,
    address_country: request?.addressCountry ?? null,
    carrier: progress.carrier,
    tracking_number: progress.trackingNumber,
    shipped_at: progress.shippedAt,
    receipt_reminded_at: progress.receiptRemindedAt,
    lost_at: progress.lostAt,
    received_at: progress.receivedAt,
    posting_due_at: progress.postingDueAt,
    extended_at: progress.extendedAt,
    overdue_at: progress.overdueAt,
    appeal_reason: appeal?.reason ?? null,
    appealed_at: appeal?.appealedAt ?? null,
    appeal_decision: appeal?.decision ?? null,
    appeal_decided_by: appeal?.decidedBy ?? null,
    appeal_decided_at: appeal?.decidedAt ?? null,
    fulfilled_at: progress.fulfilledAt,
    waived_at: progress.waivedAt,
    forgone_at: progress.forgoneAt,
    return_state: giftReturn?.state ?? null,
    return_reason: giftReturn?.reason ?? null,
    return_opened_at: giftReturn?.openedAt ?? null,
    return_carrier: giftReturn?.carrier ?? null,
    return_tracking_number: giftReturn?.trackingNumber ?? null,
    return_shipped_at: giftReturn?.shippedAt ?? null,
    returned_at: progress.returnedAt,
  };
  // jsonb comes as text: the driver would write a list as an array of PostgreSQL.
  return Object.entries({ ...columns, choices: JSON.stringify(columns.choices) });
}

export function toGift(
  row: GiftRow,
  offer: GiftOffer,
  corrections: readonly CorrectionRow[],
  changes: readonly GiftChangeRow[],
): Gift {
  const corrected = corrections.map(toCorrection);
  const items = itemsAtPresent(offer.items, corrected);
  return {
    id: row.id,
    currency: row.currency,
    declaredValueMinor: BigInt(row.fair_market_value_minor),
    fairMarketValueMinor: giftValueMinor({ ...offer, items }),
    items,
    postingDutyDays: row.posting_duty_days,
    progress: toProgress(row),
    corrections: corrected,
    history: changes.map(toChange),
  };
}

function toProgress(row: GiftRow): GiftProgress {
  return {
    state: row.state,
    request: toRequest(row),
    carrier: row.carrier,
    trackingNumber: row.tracking_number,
    shippedAt: row.shipped_at,
    receiptRemindedAt: row.receipt_reminded_at,
    lostAt: row.lost_at,
    receivedAt: row.received_at,
    postingDueAt: row.posting_due_at,
    extendedAt: row.extended_at,
    overdueAt: row.overdue_at,
    appeal: toAppeal(row),
    fulfilledAt: row.fulfilled_at,
    waivedAt: row.waived_at,
    forgoneAt: row.forgone_at,
    giftReturn: toReturn(row),
    returnedAt: row.returned_at,
  };
}

function toRequest(row: GiftRow): GiftProgress['request'] {
  const { requested_at: requestedAt, choices, address_id: addressId } = row;
  const { address_label: addressLabel, address_country: addressCountry } = row;
  if (requestedAt === null || addressLabel === null || addressCountry === null) return null;
  return { requestedAt, choices, addressId, addressLabel, addressCountry };
}

function toAppeal(row: GiftRow): GiftProgress['appeal'] {
  const { appeal_reason: reason, appealed_at: appealedAt } = row;
  if (reason === null || appealedAt === null) return null;
  const { appeal_decision: decision, appeal_decided_by: decidedBy, appeal_decided_at: decidedAt } = row;
  return { reason, appealedAt, decision, decidedBy, decidedAt };
}

function toReturn(row: GiftRow): GiftProgress['giftReturn'] {
  const { return_state: state, return_reason: reason, return_opened_at: openedAt } = row;
  if (state === null || reason === null || openedAt === null) return null;
  const { return_carrier: carrier, return_tracking_number: trackingNumber, return_shipped_at: shippedAt } = row;
  return { state, reason, openedAt, carrier, trackingNumber, shippedAt };
}

function toCorrection(row: CorrectionRow): GiftCorrection {
  return {
    number: row.number,
    itemNumber: row.item_number,
    fromMinor: BigInt(row.from_minor),
    toMinor: BigInt(row.to_minor),
    reason: row.reason,
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at,
    state: row.state,
    decidedAt: row.decided_at,
  };
}

function toChange({ event, from_state: from, to_state: to, note, changed_at: at }: GiftChangeRow): GiftChange {
  return { event, from, to, note, at };
}
