export * from './application/bid-acceptance';
export * from './application/bid-offers';
export { BID_STATES, type Bid, type BidState, type Offer, type OfferSide } from './domain/bid';
export * from './domain/brief';
export * from './domain/compensation';
export * from './domain/errors';
