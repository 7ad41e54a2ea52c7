import { isUuid, type RecordedEvent } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type PublicEvent, PublicEvents } from '../application/public-events';
import type { EventType } from '../domain/event-types';
import {
  bonusData,
  dealData,
  deliverableData,
  exclusivityData,
  giftData,
  payoutData,
  refundsData,
  reviewsData,
  salesData,
  usageRightsData,
} from './event-data';
import { wireIdOf } from './wire-id';

type Data = Readonly<Record<string, unknown>>;
type DataOf = (event: RecordedEvent) => Data | readonly Data[];

/** Which fact of the outbox each type tells, and what it tells of it. */
const TOLD: Readonly<Record<EventType, readonly [recordedType: string, dataOf: DataOf]>> = {
  'deal.accepted': ['deals.deal_accepted', dealData],
  'deal.funded': ['deals.deal_funded', dealData],
  'deal.completed': ['deals.deal_completed', dealData],
  'deal.cancelled': ['deals.deal_cancelled', dealData],
  'deal.disputed': ['deals.deal_disputed', dealData],
  'deal.resumed': ['deals.deal_resumed', dealData],
  'deliverable.submitted': ['deals.deliverable_submitted', deliverableData],
  'deliverable.changes_requested': ['deals.deliverable_changes_requested', deliverableData],
  'deliverable.approved': ['deals.deliverable_approved', deliverableData],
  'deliverable.published': ['deals.deliverable_published', deliverableData],
  'gift.requested': ['deals.gift_requested', giftData],
  'gift.shipped': ['deals.gift_shipped', giftData],
  'gift.receipt_reminded': ['deals.gift_receipt_reminded', giftData],
  'gift.lost': ['deals.gift_lost', giftData],
  'gift.forgone': ['deals.gift_forgone', giftData],
  'gift.received': ['deals.gift_received', giftData],
  'gift.problem_noted': ['deals.gift_problem_noted', giftData],
  'gift.duty_extended': ['deals.gift_duty_extended', giftData],
  'gift.overdue': ['deals.gift_overdue', giftData],
  'gift.appealed': ['deals.gift_appealed', giftData],
  'gift.appeal_decided': ['deals.gift_appeal_decided', giftData],
  'gift.fulfilled': ['deals.gift_fulfilled', giftData],
  'gift.return_asked': ['deals.gift_return_asked', giftData],
  'gift.return_offered': ['deals.gift_return_offered', giftData],
  'gift.return_answered': ['deals.gift_return_answered', giftData],
  'gift.sent_back': ['deals.gift_sent_back', giftData],
  'gift.returned': ['deals.gift_returned', giftData],
  'gift.correction_proposed': ['deals.gift_correction_proposed', giftData],
  'gift.correction_answered': ['deals.gift_correction_answered', giftData],
  'gift.correction_withdrawn': ['deals.gift_correction_withdrawn', giftData],
  'usage_rights.ending': ['deals.usage_rights_ending', usageRightsData],
  'usage_rights.expired': ['deals.usage_rights_expired', usageRightsData],
  'exclusivity.ending': ['deals.exclusivity_ending', exclusivityData],
  'exclusivity.ended': ['deals.exclusivity_ended', exclusivityData],
  'sale.recorded': ['sales.sales_recorded', salesData],
  'sale.held': ['sales.sales_held', reviewsData],
  'sale.cleared': ['sales.sales_cleared', reviewsData],
  'sale.confirmed': ['sales.sales_confirmed', reviewsData],
  'refund.recorded': ['sales.refunds_recorded', refundsData],
  'bonus.earned': ['sales.bonus_earned', bonusData],
  'bonus.reversed': ['sales.bonus_reversed', bonusData],
  'payout.sent': ['payouts.item_sent', payoutData],
  'payout.held_back': ['payouts.item_held_back', payoutData],
  'payout.paid': ['payouts.item_paid', payoutData],
  'payout.rejected': ['payouts.item_rejected', payoutData],
  'payout.unknown': ['payouts.item_unknown', payoutData],
};

const BY_RECORDED_TYPE = new Map(
  Object.entries(TOLD).map(([type, [recordedType, dataOf]]) => [recordedType, { type: type as EventType, dataOf }]),
);

/** The facts of the outbox that somebody outside may be told of. */
export const RECORDED_TYPES: readonly string[] = [...BY_RECORDED_TYPE.keys()];

/** Sides of a deal, and the payee of an item. */
const PARTY_FIELDS = ['brandId', 'influencerId', 'partyId'];

@Injectable()
export class OutboxPublicEvents extends PublicEvents {
  override describe(event: RecordedEvent): PublicEvent | null {
    const told = BY_RECORDED_TYPE.get(event.type);
    if (!told) return null;
    const { eventId, payload, recordedAt } = event;
    const partyIds = PARTY_FIELDS.map((field) => String(payload[field])).filter(isUuid);
    return { eventId, type: told.type, occurredAt: recordedAt, partyIds, data: () => [told.dataOf(event)].flat() };
  }

  override testData(endpointId: string, partyId: string): Data {
    return { endpointId: wireIdOf('endpoint', endpointId), partyId: wireIdOf('party', partyId) };
  }
}
