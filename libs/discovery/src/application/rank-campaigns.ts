import { type CampaignFilter, type CampaignHit, SearchCampaigns } from '@evenhand/campaigns';
import {
  type Actor,
  actsForInfluencer,
  authorize,
  InvalidInput,
  NotFound,
  type Page,
  type PageRequest,
  requirePerson,
  UnitOfWork,
} from '@evenhand/kernel';
import { InfluencerDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';

export interface RankCampaignsQuery {
  readonly actor: Actor;
  /** The influencer whom they shall fit: the actor herself, or one whom an agency of the actor's represents. Null: herself. */
  readonly influencerId: string | null;
  readonly filter: CampaignFilter;
  readonly page: PageRequest;
}

/** Campaigns that fit an influencer, best first, each with its reasons. Throws `NotFound`, `InvalidInput`, `InvalidRange` … */
@Injectable()
export class RankCampaigns {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly influencers: InfluencerDirectory,
    private readonly campaigns: SearchCampaigns,
  ) {}

  async execute({ actor, influencerId, filter, page }: RankCampaignsQuery): Promise<Page<CampaignHit>> {
    const person = requirePerson(actor);
    const id = influencerId ?? person.influencerId;
    if (id === null) throw new InvalidInput('forInfluencerId', 'Say which influencer the campaigns shall fit.');
    authorize(actsForInfluencer(person, id, 'viewer'), false, 'Influencer', 'look for campaigns that fit her');
    const profile = (await this.uow.read(person, (tx) => this.influencers.fitProfilesOf(tx, [id]))).get(id);
    if (!profile) throw new NotFound('Influencer');
    return this.campaigns.execute({ actor: person, filter, ranking: profile, page });
  }
}
