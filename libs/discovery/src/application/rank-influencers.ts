import { asksOf, CampaignDirectory } from '@evenhand/campaigns';
import {
  type Actor,
  actsForOrganisation,
  authorize,
  type Page,
  type PageRequest,
  requirePerson,
  UnitOfWork,
} from '@evenhand/kernel';
import { type InfluencerHit, type InfluencerSearch, SearchInfluencers } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';

export interface RankInfluencersQuery {
  readonly actor: Actor;
  readonly campaignId: string;
  readonly search: InfluencerSearch;
  readonly page: PageRequest;
}

/** Influencers who fit a campaign of the actor's brand, best first, each with the reasons. To whoever is outside the brand the campaign is not there. */
@Injectable()
export class RankInfluencers {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignDirectory,
    private readonly influencers: SearchInfluencers,
  ) {}

  async execute({ actor, campaignId, search, page }: RankInfluencersQuery): Promise<Page<InfluencerHit>> {
    const person = requirePerson(actor);
    const { brandId, brief } = await this.uow.read(person, (tx) => this.campaigns.biddable(tx, campaignId));
    authorize(actsForOrganisation(person, brandId, 'viewer'), false, 'Campaign', 'look for influencers who fit it');
    return this.influencers.execute({ actor: person, search, asks: asksOf(brief), page });
  }
}
