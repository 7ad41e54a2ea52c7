import type { Bid, BidState, Offer, OfferSide } from '../domain/bid';
import { compensationFromJson } from '../domain/stored-json';

/** A row of campaigns.bids with its offers, in order of their numbers. */
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
  readonly offers: readonly OfferRow[];
}

/** A row of campaigns.offers as JSON, in the order of {@link BID_COLUMNS}; instants as ISO strings. */
type OfferRow = readonly [
  number: number,
  side: OfferSide,
  compensation: unknown,
  message: string | null,
  offeredBy: string,
  offeredAt: string,
  expiresAt: string,
];

/** What {@link toBid} needs of `campaigns.bids as bid`: a bid and its offers come in one statement. */
export const BID_COLUMNS = `bid.id, bid.campaign_id, bid.brand_id, bid.influencer_id, bid.agency_id, bid.state,
  bid.submitted_at, bid.ended_at, bid.end_reason, (
    select json_agg(json_build_array(offer.number, offer.side, offer.compensation, offer.message, offer.offered_by,
      offer.offered_at, offer.expires_at) order by offer.number)
    from campaigns.offers as offer where offer.bid_id = bid.id) as offers`;

export function toBid(row: BidRow): Bid {
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
    offers: row.offers.map(toOffer),
  };
}

function toOffer([number, side, compensation, message, offeredBy, offeredAt, expiresAt]: OfferRow): Offer {
  return {
    number,
    side,
    compensation: compensationFromJson(compensation),
    message,
    offeredBy,
    offeredAt: new Date(offeredAt),
    expiresAt: new Date(expiresAt),
  };
}
