import type { Bid, BidState, Offer, OfferSide } from '../domain/bid';
import { compensationFromJson } from '../domain/stored-json';

/** A row of campaigns.bids. */
export interface BidRow {
  readonly id: string;
  readonly campaign_id: string;
  readonly brand_id: string;
  readonly influencer_id: string;
  readonly agency_id: string | null;
  readonly state: BidState;
  readonly submitted_at: Date;
  readonly ended_at: Date | null;
  readonly end_reason: string | null;
}

/** A row of campaigns.offers. */
export interface OfferRow {
  readonly bid_id: string;
  readonly number: number;
  readonly side: OfferSide;
  readonly compensation: unknown;
  readonly message: string | null;
  readonly offered_by: string;
  readonly offered_at: Date;
  readonly expires_at: Date;
}

export const BID_COLUMNS = `bid.id, bid.campaign_id, bid.brand_id, bid.influencer_id, bid.agency_id, bid.state,
  bid.submitted_at, bid.ended_at, bid.end_reason`;

/** `offers` in order of their numbers. */
export function toBid(row: BidRow, offers: readonly OfferRow[]): Bid {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    brandId: row.brand_id,
    influencerId: row.influencer_id,
    agencyId: row.agency_id,
    state: row.state,
    submittedAt: row.submitted_at,
    endedAt: row.ended_at,
    endReason: row.end_reason,
    offers: offers.map(toOffer),
  };
}

function toOffer(row: OfferRow): Offer {
  return {
    number: row.number,
    side: row.side,
    compensation: compensationFromJson(row.compensation),
    message: row.message,
    offeredBy: row.offered_by,
    offeredAt: row.offered_at,
    expiresAt: row.expires_at,
  };
}
