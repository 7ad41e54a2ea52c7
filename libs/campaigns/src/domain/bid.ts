import { InvalidTransition, type Transitions, nextState } from '@evenhand/kernel';
import type { Compensation } from './compensation';

export const BID_STATES = ['submitted', 'countered', 'accepted', 'declined', 'withdrawn', 'expired'] as const;
export type BidState = (typeof BID_STATES)[number];
export type BidCommand = 'counter' | 'accept' | 'decline' | 'withdraw' | 'expire';

export const BID_TRANSITIONS: Transitions<BidState, BidCommand> = {
  submitted: {
    counter: 'countered',
    accept: 'accepted',
    decline: 'declined',
    withdraw: 'withdrawn',
    expire: 'expired',
  },
  countered: {
    counter: 'countered',
    accept: 'accepted',
    decline: 'declined',
    withdraw: 'withdrawn',
    expire: 'expired',
  },
  accepted: {},
  declined: {},
  withdrawn: {},
  expired: {},
};

/** The states in which a bid can still lead to a deal. */
export const OPEN_BID_STATES: readonly BidState[] = ['submitted', 'countered'];

/** The side that made an offer; the agency acts on the influencer's side. */
export type OfferSide = 'brand' | 'influencer';

export interface Offer {
  /** 1, 2, 3 … in the order they were made. */
  readonly number: number;
  readonly side: OfferSide;
  readonly compensation: Compensation;
  readonly message: string | null;
  readonly offeredBy: string;
  readonly offeredAt: Date;
  /** From this instant on the offer can no longer be accepted or countered. */
  readonly expiresAt: Date;
}

export interface Bid {
  readonly id: string;
  readonly campaignId: string;
  readonly brandId: string;
  readonly influencerId: string;
  /** The agency that submitted it for the influencer; null where she bid herself. */
  readonly agencyId: string | null;
  readonly state: BidState;
  readonly submittedAt: Date;
  /** When it was accepted, declined, withdrawn or expired. */
  readonly endedAt: Date | null;
  readonly endReason: string | null;
  /** Every offer, in order; never empty. */
  readonly offers: readonly Offer[];
}

export function bidAfter(state: BidState, command: BidCommand): BidState {
  return nextState('The bid', BID_TRANSITIONS, state, command);
}

/** The offer on the table. */
export function latestOffer(bid: Bid): Offer {
  const latest = bid.offers.at(-1);
  if (!latest) throw new InvalidTransition('The bid', 'without an offer', 'read');
  return latest;
}
