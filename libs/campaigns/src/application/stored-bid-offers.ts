import { Injectable } from '@nestjs/common';
import { NotFound, type Transaction } from '@evenhand/kernel';
import { type Bid, latestOffer } from '../domain/bid';
import type { Campaign } from '../domain/campaign';
import { type BidOffer, BidOffers, type OpenBid } from './bid-offers';
import { BidRepository, CampaignRepository } from './repositories';

@Injectable()
export class StoredBidOffers extends BidOffers {
  constructor(
    private readonly campaigns: CampaignRepository,
    private readonly bids: BidRepository,
  ) {
    super();
  }

  override async find(tx: Transaction, bidId: string, offerNumber: number | null): Promise<BidOffer> {
    const bid = await this.bids.find(tx, bidId);
    if (!bid) throw new NotFound('Bid');
    const offer = offerNumber === null ? latestOffer(bid) : bid.offers.find((each) => each.number === offerNumber);
    if (!offer) throw new NotFound('Offer');
    const campaign = await this.campaigns.find(tx, bid.campaignId);
    if (!campaign) throw new NotFound('Campaign');
    return {
      bidId: bid.id,
      bidState: bid.state,
      offerNumber: offer.number,
      side: offer.side,
      expiresAt: offer.expiresAt,
      campaignId: campaign.id,
      campaignTitle: campaign.brief.title,
      brandId: bid.brandId,
      influencerId: bid.influencerId,
      agencyId: bid.agencyId,
      compensation: offer.compensation,
    };
  }

  override async open(tx: Transaction, bidIds: readonly string[]): Promise<readonly OpenBid[]> {
    const bids = await this.bids.findOpen(tx, bidIds);
    const campaigns = await this.campaigns.findMany(tx, [...new Set(bids.map((bid) => bid.campaignId))]);
    return bids.flatMap((bid) => {
      const campaign = campaigns.get(bid.campaignId);
      return campaign ? [openBidOf(bid, campaign)] : [];
    });
  }

  override async openOn(tx: Transaction, campaignId: string) {
    const campaign = await this.campaigns.find(tx, campaignId);
    if (!campaign) throw new NotFound('Campaign');
    const bids = await this.bids.findOpenOf(tx, campaignId);
    return { brandId: campaign.brandId, bids: bids.map((bid) => openBidOf(bid, campaign)) };
  }
}

function openBidOf(bid: Bid, { brief }: Campaign): OpenBid {
  const { id, campaignId, brandId, influencerId } = bid;
  const { number, side, expiresAt, compensation } = latestOffer(bid);
  return { bidId: id, campaignId, brandId, influencerId, offerNumber: number, side, expiresAt, compensation, brief };
}
