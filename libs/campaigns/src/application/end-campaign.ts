import { Injectable } from '@nestjs/common';
import { type Actor, Clock, NotFound, Outbox, UnitOfWork } from '@evenhand/kernel';
import { type Campaign, end } from '../domain/campaign';
import { authorizeCampaign } from './access';
import { type CampaignView, CampaignViews } from './campaign-views';
import { type CampaignEventName, bidsExpired, campaignEvent } from './events';
import { BidRepository, CampaignRepository } from './repositories';

export interface EndCampaignCommand {
  readonly actor: Actor;
  readonly campaignId: string;
}

type Ending = 'close' | 'complete' | 'cancel';

const EVENT: Readonly<Record<Ending, CampaignEventName>> = {
  close: 'closed',
  complete: 'completed',
  cancel: 'cancelled',
};

/** What closing, completing and cancelling have in common: no open bid outlives its campaign; deals stay as they are. */
@Injectable()
export class CampaignEnding {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignRepository,
    private readonly bids: BidRepository,
    private readonly views: CampaignViews,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Throws NotFound, Forbidden, InvalidTransition. */
  async run({ actor, campaignId }: EndCampaignCommand, ending: Ending): Promise<CampaignView> {
    return this.uow.run(actor, async (tx) => {
      const found = await this.campaigns.find(tx, campaignId);
      if (!found) throw new NotFound('Campaign');
      authorizeCampaign(actor, found, `${ending} it`);
      const locked: Campaign = (await this.campaigns.lock(tx, campaignId, 'to_change')) ?? found;
      const now = this.clock.now();
      const campaign = end(locked, ending, now);
      await this.campaigns.saveState(tx, campaign);
      const reason = `campaign_${EVENT[ending]}`;
      const expired = await this.bids.expireOpenOf(tx, campaignId, reason, now);
      await this.outbox.append(tx, [
        campaignEvent(EVENT[ending], actor, campaign, locked.state),
        ...bidsExpired(actor, expired, reason),
      ]);
      return this.views.one(tx, campaign);
    });
  }
}
