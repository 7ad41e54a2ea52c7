import type { Transaction } from '@evenhand/kernel';
import type { BidState, OfferSide } from '../domain/bid';
import type { Brief } from '../domain/brief';
import type { Compensation } from '../domain/compensation';

export interface BidOffer {
  readonly bidId: string;
  readonly bidState: BidState;
  readonly offerNumber: number;
  readonly side: OfferSide;
  readonly expiresAt: Date;
  readonly campaignId: string;
  readonly campaignTitle: string;
  readonly brandId: string;
  readonly influencerId: string;
  readonly agencyId: string | null;
  readonly compensation: Compensation;
}

/** A bid that can still lead to a deal, with the offer on its table and the brief it is for. */
export interface OpenBid {
  readonly bidId: string;
  readonly offerNumber: number;
  readonly side: OfferSide;
  readonly expiresAt: Date;
  readonly campaignId: string;
  readonly brandId: string;
  readonly influencerId: string;
  readonly compensation: Compensation;
  readonly brief: Brief;
}

/** Reads offers with the rights of the transaction's actor. */
export abstract class BidOffers {
  /** The named offer, or the latest where `offerNumber` is null; NotFound for what the actor may not see. */
  abstract find(tx: Transaction, bidId: string, offerNumber: number | null): Promise<BidOffer>;

  /** Those of the bids that are open and that the actor may see, oldest first. */
  abstract open(tx: Transaction, bidIds: readonly string[]): Promise<readonly OpenBid[]>;

  /** The open bids of a campaign that the actor may see, oldest first; NotFound for what the actor may not see. */
  abstract openOn(
    tx: Transaction,
    campaignId: string,
  ): Promise<{ readonly brandId: string; readonly bids: readonly OpenBid[] }>;
}

/** A campaign as somebody about to bid may see it, for previewing an offer not yet sent. */
export interface BiddableCampaign {
  readonly campaignId: string;
  readonly title: string;
  readonly brandId: string;
  readonly brief: Brief;
}

export interface CampaignSummary {
  readonly id: string;
  readonly title: string;
  readonly brandId: string;
}

/** What other contexts may read of campaigns, with the rights of the transaction's actor. */
export abstract class CampaignDirectory {
  abstract summariesOf(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, CampaignSummary>>;

  /** The campaign with its brief; NotFound for what the actor may not see. */
  abstract biddable(tx: Transaction, campaignId: string): Promise<BiddableCampaign>;

  abstract briefsOf(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, Brief>>;
}
