import { Injectable } from '@nestjs/common';
import { NotFound, type Transaction } from '@evenhand/kernel';
import type { Brief } from '../domain/brief';
import { type BiddableCampaign, CampaignDirectory, type CampaignSummary } from './bid-offers';
import { CampaignRepository } from './repositories';

@Injectable()
export class StoredCampaignDirectory extends CampaignDirectory {
  constructor(private readonly campaigns: CampaignRepository) {
    super();
  }

  override summariesOf(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, CampaignSummary>> {
    return this.campaigns.summariesOf(tx, ids);
  }

  override async biddable(tx: Transaction, campaignId: string): Promise<BiddableCampaign> {
    const campaign = await this.campaigns.find(tx, campaignId);
    if (!campaign) throw new NotFound('Campaign');
    return { campaignId, title: campaign.brief.title, brandId: campaign.brandId, brief: campaign.brief };
  }

  override async briefsOf(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, Brief>> {
    const campaigns = await this.campaigns.findMany(tx, ids);
    return new Map([...campaigns].map(([id, { brief }]) => [id, brief]));
  }
}
