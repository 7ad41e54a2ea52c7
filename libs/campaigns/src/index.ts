export * from './application/bid-acceptance';
export * from './application/bid-offers';
export type { BidView } from './application/bid-views';
export { asksOf } from './application/campaign-asks';
export { ANY_CAMPAIGN, parseCampaignFilter } from './application/campaign-filter';
export type { CampaignView } from './application/campaign-views';
export { CancelCampaign } from './application/cancel-campaign';
export { CloseCampaign } from './application/close-campaign';
export { CompareOffers, type OfferComparison } from './application/compare-offers';
export { CompleteCampaign } from './application/complete-campaign';
export { CounterOffer, type CounterOfferCommand } from './application/counter-offer';
export { CreateCampaign, type CreateCampaignCommand } from './application/create-campaign';
export { DeclineBid } from './application/decline-bid';
export type { EndBidCommand } from './application/end-bid';
export type { EndCampaignCommand } from './application/end-campaign';
export { ExpireBids } from './application/expire-bids';
export { GetBid } from './application/get-bid';
export { GetCampaign } from './application/get-campaign';
export { ListBids, type ListBidsQuery } from './application/list-bids';
export { PublishCampaign, type PublishCampaignCommand } from './application/publish-campaign';
export {
  type AmountFilter,
  type BidFilter,
  CAMPAIGN_ORDERS,
  type CampaignFilter,
  type CampaignOrder,
} from './application/repositories';
export {
  type CampaignHit,
  MatchCampaigns,
  SearchCampaigns,
  type SearchCampaignsQuery,
} from './application/search-campaigns';
export { SubmitBid, type SubmitBidCommand } from './application/submit-bid';
export { UpdateBrief, type UpdateBriefCommand } from './application/update-brief';
export { WithdrawBid } from './application/withdraw-bid';
export { CampaignsModule } from './campaigns.module';
export { BID_STATES, type Bid, type BidState, type Offer, type OfferSide } from './domain/bid';
export * from './domain/brief';
export {
  CAMPAIGN_STATES,
  type Campaign,
  type CampaignState,
  type CampaignUse,
  decisionDeadline,
} from './domain/campaign';
export * from './domain/compensation';
export * from './domain/errors';
export type { DifferenceKind, OfferDifference, OfferTerm } from './domain/offer-difference';
export type { LinkFindingKind } from './domain/link-rules';
export { type LinkFinding, lintOffPlatformLinks } from './domain/links-lint';
export { assertFitsBrief } from './domain/offer-rules';
export {
  briefFromJson,
  briefToJson,
  compensationFromJson,
  compensationToJson,
  type StoredJson,
} from './domain/stored-json';
export { EraseBidTexts } from './application/erase-bid-texts';
