import { Injectable } from '@nestjs/common';
import { NotFound, type Transaction } from '@evenhand/kernel';
import { latestOffer } from '../domain/bid';
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
    return bids.flatMap((bid): readonly OpenBid[] => {
      const campaign = campaigns.get(bid.campaignId);
      if (!campaign) return [];
      const { number, side, expiresAt, compensation } = latestOffer(bid);
      const { id, campaignId, brandId, influencerId } = bid;
      const parties = { bidId: id, campaignId, brandId, influencerId };
      return [{ ...parties, offerNumber: number, side, expiresAt, compensation, brief: campaign.brief }];
    });
  }
}
