import { Injectable } from '@nestjs/common';
import { type Actor, NotFound, UnitOfWork } from '@evenhand/kernel';
import { requireSignedIn } from './access';
import { type CampaignView, CampaignViews } from './campaign-views';
import { CampaignRepository } from './repositories';

/** One campaign the actor may see: published, of an own brand, or one with an own bid. Throws NotFound. */
@Injectable()
export class GetCampaign {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignRepository,
    private readonly views: CampaignViews,
  ) {}

  async execute({ actor, campaignId }: { readonly actor: Actor; readonly campaignId: string }): Promise<CampaignView> {
    requireSignedIn(actor);
    return this.uow.read(actor, async (tx) => {
      const campaign = await this.campaigns.find(tx, campaignId);
      if (!campaign) throw new NotFound('Campaign');
      return this.views.one(tx, campaign);
    });
  }
}
