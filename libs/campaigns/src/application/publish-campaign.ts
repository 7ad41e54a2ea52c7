import { Injectable } from '@nestjs/common';
import { type Actor, Clock, NotFound, Outbox, UnitOfWork } from '@evenhand/kernel';
import { publish } from '../domain/campaign';
import { authorizeCampaign } from './access';
import { type CampaignView, CampaignViews } from './campaign-views';
import { campaignEvent } from './events';
import { CampaignRepository } from './repositories';

export interface PublishCampaignCommand {
  readonly actor: Actor;
  readonly campaignId: string;
}

/** Opens a draft to bids. Throws NotFound, Forbidden, InvalidTransition, InvalidBrief, OffPlatformLink. */
@Injectable()
export class PublishCampaign {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignRepository,
    private readonly views: CampaignViews,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, campaignId }: PublishCampaignCommand): Promise<CampaignView> {
    return this.uow.run(actor, async (tx) => {
      const found = await this.campaigns.find(tx, campaignId);
      if (!found) throw new NotFound('Campaign');
      authorizeCampaign(actor, found, 'publish it');
      const locked = (await this.campaigns.lock(tx, campaignId, 'to_change')) ?? found;
      const limits = (await this.campaigns.usesOf(tx, [campaignId])).get(campaignId);
      if (!limits) throw new NotFound('Campaign');
      const campaign = publish(locked, limits, this.clock.now());
      await this.campaigns.saveState(tx, campaign);
      await this.outbox.append(tx, [campaignEvent('published', actor, campaign, locked.state)]);
      return this.views.one(tx, campaign);
    });
  }
}
