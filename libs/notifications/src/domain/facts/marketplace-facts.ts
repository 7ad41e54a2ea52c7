import { factOf, type FactsOf, type Side, textIn } from '../fact';
import type { NotificationKind } from '../kinds';

const ENDED_WITH: Readonly<Record<string, NotificationKind>> = {
  campaign_closed: 'campaign_closed',
  campaign_completed: 'campaign_closed',
  campaign_cancelled: 'campaign_cancelled',
};

const about =
  (kind: NotificationKind): FactsOf =>
  (event) => [factOf(event, { kind })];

/** `dealId` is the subject of what deals tell; `subjectId` in the payload is the deliverable's or gift's. */
const part =
  (kind: NotificationKind): FactsOf =>
  (event) => [factOf(event, { kind, objectId: textIn(event.payload, 'subjectId') ?? event.subjectId })];

/** A term of a deal with its last day. */
const term =
  (kind: NotificationKind): FactsOf =>
  (event) => [factOf(event, { kind, ...until(event.payload['lastDay']) })];

const offer =
  (kind: NotificationKind, told: (offerSide: Side) => Side): FactsOf =>
  (event) => {
    const offerSide = textIn(event.payload, 'offerSide') === 'brand' ? 'brand' : 'influencer';
    return [factOf(event, { kind, toldSide: told(offerSide), ...until(event.payload['expiresAt']) })];
  };

/** A campaign that ends takes its open bids with it: their influencers hear that of the campaign, and nothing of the bid. */
const bidExpired: FactsOf = (event) => {
  const ended = ENDED_WITH[textIn(event.payload, 'reason') ?? ''];
  if (ended === undefined) return [factOf(event, { kind: 'bid_expired' })];
  return [factOf(event, { kind: ended, objectId: textIn(event.payload, 'campaignId') ?? event.subjectId })];
};

/**
 * A review is told when it may be read: at once where both sides have written, and else when its time has come. What comes
 * second brings the first forward, in whichever order they are heard: the key is that of the side's review, not the event's.
 */
const reviewWritten: FactsOf = (event) => {
  const { payload, recordedAt } = event;
  const side = textIn(payload, 'side') === 'brand' ? 'brand' : 'influencer';
  const notBefore = new Date(textIn(payload, 'visibleFrom') ?? recordedAt);
  const written = textIn(payload, 'occurredAt') ?? recordedAt.toISOString();
  const readable = (author: Side, doneBy: string | null) =>
    factOf(event, {
      kind: 'review_readable',
      key: `review:${event.subjectId}:${author}`,
      toldSide: otherSide(author),
      doneBy,
      notBefore,
    });
  const own = readable(side, factOf(event, { kind: 'review_readable' }).doneBy);
  return notBefore > new Date(written) ? [own] : [own, readable(otherSide(side), null)];
};

/** What campaigns and deals tell, and the conversations of deals. */
export const MARKETPLACE_FACTS: Readonly<Record<string, FactsOf>> = {
  'campaigns.bid_submitted': offer('bid_submitted', otherSide),
  'campaigns.bid_countered': offer('bid_countered', otherSide),
  'campaigns.bid_accepted': offer('bid_accepted', (side) => side),
  'campaigns.bid_declined': about('bid_declined'),
  'campaigns.bid_withdrawn': about('bid_withdrawn'),
  'campaigns.bid_expired': bidExpired,
  'deals.deal_funded': about('deal_funded'),
  'deals.deal_cancelled': about('deal_cancelled'),
  'deals.deal_completed': about('deal_completed'),
  'deals.deal_disputed': about('deal_disputed'),
  'deals.deal_resumed': about('deal_resumed'),
  'deals.deliverable_submitted': part('deliverable_submitted'),
  'deals.deliverable_changes_requested': part('deliverable_changes_requested'),
  'deals.deliverable_approved': part('deliverable_approved'),
  'deals.deliverable_published': part('deliverable_published'),
  'deals.comment_written': (event) => [
    factOf(event, {
      kind: 'version_commented',
      objectId: textIn(event.payload, 'deliverableId') ?? event.subjectId,
      doneBy: textIn(event.payload, 'authorId'),
    }),
  ],
  'deals.gift_shipped': part('gift_shipped'),
  'deals.gift_received': part('gift_received'),
  'deals.gift_returned': part('gift_returned'),
  'deals.gift_overdue': part('gift_overdue'),
  'deals.gift_requested': part('gift_requested'),
  'deals.gift_receipt_reminded': part('gift_receipt_reminded'),
  'deals.gift_lost': part('gift_lost'),
  'deals.gift_appealed': part('gift_appealed'),
  'deals.gift_appeal_decided': part('gift_appeal_decided'),
  'deals.gift_return_asked': part('gift_return_asked'),
  'deals.gift_return_offered': part('gift_return_offered'),
  'deals.gift_return_answered': part('gift_return_answered'),
  'deals.gift_sent_back': part('gift_sent_back'),
  'deals.gift_correction_proposed': part('gift_correction_proposed'),
  'deals.gift_correction_answered': part('gift_correction_answered'),
  'deals.usage_rights_ending': term('usage_rights_ending'),
  'deals.usage_rights_expired': term('usage_rights_expired'),
  'deals.exclusivity_ending': term('exclusivity_ending'),
  'deals.exclusivity_ended': term('exclusivity_ended'),
  'deals.review_written': reviewWritten,
  'messages.message_sent': (event) => [
    factOf(event, { kind: 'message_received', doneBy: textIn(event.payload, 'authorId') }),
  ],
};

function otherSide(side: Side): Side {
  return side === 'brand' ? 'influencer' : 'brand';
}

function until(value: unknown): { readonly date?: string } {
  return typeof value === 'string' ? { date: value } : {};
}
