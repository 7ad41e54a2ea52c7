import { Injectable } from '@nestjs/common';
import type { Transaction } from '@evenhand/kernel';
import { PartyDirectory } from '@evenhand/parties';
import type { Campaign, CampaignUse } from '../domain/campaign';
import { CampaignRepository } from './repositories';

/** A campaign as the actor of the transaction may see it. */
export interface CampaignView {
  readonly campaign: Campaign;
  readonly brandName: string;
  /** Limits and commitments; null for everyone outside the brand and its overseers. */
  readonly use: CampaignUse | null;
}

@Injectable()
export class CampaignViews {
  constructor(
    private readonly campaigns: CampaignRepository,
    private readonly parties: PartyDirectory,
  ) {}

  /** One view per campaign, in the same order, with one query per relation. */
  async of(tx: Transaction, campaigns: readonly Campaign[]): Promise<readonly CampaignView[]> {
    if (campaigns.length === 0) return [];
    const ids = campaigns.map((campaign) => campaign.id);
    const [names, uses] = await Promise.all([
      this.parties.namesOf(tx, [...new Set(campaigns.map((campaign) => campaign.brandId))]),
      this.campaigns.usesOf(tx, ids),
    ]);
    return campaigns.map((campaign) => ({
      campaign,
      brandName: names.get(campaign.brandId)?.name ?? '',
      use: uses.get(campaign.id) ?? null,
    }));
  }

  async one(tx: Transaction, campaign: Campaign): Promise<CampaignView> {
    const [view] = await this.of(tx, [campaign]);
    return view ?? { campaign, brandName: '', use: null };
  }
}
