import { Injectable } from '@nestjs/common';
import type { Transaction } from '@evenhand/kernel';
import { PartyDirectory } from '@evenhand/parties';
import type { Bid } from '../domain/bid';
import { CampaignRepository } from './repositories';

/** A bid with its offers, the title of its campaign, and the names of those concerned. */
export interface BidView {
  readonly bid: Bid;
  /** Null where the actor may see the bid but not the campaign. */
  readonly campaignTitle: string | null;
  readonly brandName: string;
  readonly influencerName: string;
  readonly agencyName: string | null;
}

@Injectable()
export class BidViews {
  constructor(
    private readonly campaigns: CampaignRepository,
    private readonly parties: PartyDirectory,
  ) {}

  /** One view per bid, in the same order, with one query per relation. */
  async of(tx: Transaction, bids: readonly Bid[]): Promise<readonly BidView[]> {
    if (bids.length === 0) return [];
    const partyIds = bids.flatMap((bid) => [bid.brandId, bid.influencerId, ...(bid.agencyId ? [bid.agencyId] : [])]);
    const [names, campaigns] = await Promise.all([
      this.parties.namesOf(tx, [...new Set(partyIds)]),
      this.campaigns.summariesOf(tx, [...new Set(bids.map((bid) => bid.campaignId))]),
    ]);
    return bids.map((bid) => ({
      bid,
      campaignTitle: campaigns.get(bid.campaignId)?.title ?? null,
      brandName: names.get(bid.brandId)?.name ?? '',
      influencerName: names.get(bid.influencerId)?.name ?? '',
      agencyName: bid.agencyId === null ? null : (names.get(bid.agencyId)?.name ?? ''),
    }));
  }

  async one(tx: Transaction, bid: Bid): Promise<BidView> {
    const [view] = await this.of(tx, [bid]);
    return view ?? { bid, campaignTitle: null, brandName: '', influencerName: '', agencyName: null };
  }
}
