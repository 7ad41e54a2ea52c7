import { Injectable } from '@nestjs/common';
import { type Actor, Clock, NotFound, Outbox, UnitOfWork } from '@evenhand/kernel';
import { PartyDirectory } from '@evenhand/parties';
import type { Brief, CampaignLimits } from '../domain/brief';
import { updateBrief } from '../domain/campaign';
import { searchDocument } from '../domain/search-text';
import { authorizeCampaign } from './access';
import { type CampaignView, CampaignViews } from './campaign-views';
import { campaignEvent } from './events';
import { CampaignRepository } from './repositories';

export interface UpdateBriefCommand {
  readonly actor: Actor;
  readonly campaignId: string;
  /** The whole brief as it shall be. */
  readonly brief: Brief;
  readonly limits: CampaignLimits;
}

/** Rewrites a draft: those who bid must be able to rely on what they read, so a published brief stays as it is. */
@Injectable()
export class UpdateBrief {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignRepository,
    private readonly views: CampaignViews,
    private readonly parties: PartyDirectory,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Throws NotFound, Forbidden, InvalidTransition, InvalidBrief, OffPlatformLink. */
  async execute({ actor, campaignId, brief, limits }: UpdateBriefCommand): Promise<CampaignView> {
    return this.uow.run(actor, async (tx) => {
      const found = await this.campaigns.find(tx, campaignId);
      if (!found) throw new NotFound('Campaign');
      authorizeCampaign(actor, found, 'change its brief');
      const locked = (await this.campaigns.lock(tx, campaignId, 'to_change')) ?? found;
      const campaign = updateBrief(locked, brief, limits, this.clock.now());
      const brand = (await this.parties.namesOf(tx, [campaign.brandId])).get(campaign.brandId);
      await this.campaigns.saveBrief(tx, campaign, limits, searchDocument(brief, brand?.name ?? ''));
      await this.outbox.append(tx, [campaignEvent('brief_updated', actor, campaign, locked.state)]);
      return this.views.one(tx, campaign);
    });
  }
}
