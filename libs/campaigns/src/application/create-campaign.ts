import { Injectable } from '@nestjs/common';
import { type Actor, Clock, IdGenerator, Outbox, UnitOfWork } from '@evenhand/kernel';
import { PartyDirectory } from '@evenhand/parties';
import type { Brief, CampaignLimits } from '../domain/brief';
import { draftCampaign } from '../domain/campaign';
import { searchDocument } from '../domain/search-text';
import { authorizeBrand } from './access';
import { type CampaignView, CampaignViews } from './campaign-views';
import { campaignEvent } from './events';
import { CampaignRepository } from './repositories';

export interface CreateCampaignCommand {
  readonly actor: Actor;
  readonly brandId: string;
  readonly brief: Brief;
  readonly limits: CampaignLimits;
}

/** A draft that only its brand sees. Throws NotFound, Forbidden, InvalidBrief, OffPlatformLink. */
@Injectable()
export class CreateCampaign {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignRepository,
    private readonly views: CampaignViews,
    private readonly parties: PartyDirectory,
    private readonly outbox: Outbox,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, brandId, brief, limits }: CreateCampaignCommand): Promise<CampaignView> {
    authorizeBrand(actor, brandId, 'create campaigns');
    const campaign = draftCampaign(this.ids.next(), brandId, brief, limits, this.clock.now());
    return this.uow.run(actor, async (tx) => {
      const brand = (await this.parties.namesOf(tx, [brandId])).get(brandId);
      await this.campaigns.insert(tx, campaign, limits, searchDocument(brief, brand?.name ?? ''));
      await this.outbox.append(tx, [campaignEvent('created', actor, campaign, null)]);
      return this.views.one(tx, campaign);
    });
  }
}
