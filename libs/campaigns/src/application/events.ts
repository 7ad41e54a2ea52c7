import type { Actor, OutboxEvent } from '@evenhand/kernel';
import { type Bid, type BidState, latestOffer } from '../domain/bid';
import type { Campaign, CampaignState } from '../domain/campaign';
import { nameOfActor } from './access';
import type { BidParties } from './repositories';

const CAMPAIGN_EVENTS = {
  created: 'campaigns.campaign_created',
  brief_updated: 'campaigns.campaign_brief_updated',
  published: 'campaigns.campaign_published',
  closed: 'campaigns.campaign_closed',
  completed: 'campaigns.campaign_completed',
  cancelled: 'campaigns.campaign_cancelled',
} as const;
export type CampaignEventName = keyof typeof CAMPAIGN_EVENTS;
export type BidEventName = 'submitted' | 'countered' | 'accepted' | 'declined' | 'withdrawn';

/** A change of a campaign with its actor, the old state (null for a new one) and the new. */
export function campaignEvent(
  name: CampaignEventName,
  actor: Actor,
  campaign: Campaign,
  from: CampaignState | null,
): OutboxEvent {
  return {
    type: CAMPAIGN_EVENTS[name],
    subjectId: campaign.id,
    payload: {
      campaignId: campaign.id,
      brandId: campaign.brandId,
      title: campaign.brief.title,
      by: nameOfActor(actor),
      from,
      to: campaign.state,
    },
  };
}

/** A change of a bid with its actor, the old state (null for a new one), the new, and the offer on the table. */
export function bidEvent(name: BidEventName, actor: Actor, bid: Bid, from: BidState | null): OutboxEvent {
  const offer = latestOffer(bid);
  return {
    type: `campaigns.bid_${name}`,
    subjectId: bid.id,
    payload: {
      bidId: bid.id,
      campaignId: bid.campaignId,
      brandId: bid.brandId,
      influencerId: bid.influencerId,
      agencyId: bid.agencyId,
      offerNumber: offer.number,
      offerSide: offer.side,
      expiresAt: offer.expiresAt.toISOString(),
      by: nameOfActor(actor),
      from,
      to: bid.state,
    },
  };
}

/** Bids that ended because their time or their campaign did. */
export function bidsExpired(actor: Actor, bids: readonly BidParties[], reason: string): readonly OutboxEvent[] {
  const by = nameOfActor(actor);
  return bids.map((bid) => ({
    type: 'campaigns.bid_expired',
    subjectId: bid.bidId,
    payload: { ...bid, by, reason, to: 'expired' },
  }));
}
