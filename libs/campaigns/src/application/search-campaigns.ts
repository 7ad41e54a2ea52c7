import { Injectable } from '@nestjs/common';
import { type Actor, type Page, type PageRequest, UnitOfWork } from '@evenhand/kernel';
import type { Fit } from '@evenhand/parties';
import { requireSignedIn } from './access';
import { parseCampaignFilter } from './campaign-filter';
import { type CampaignView, CampaignViews } from './campaign-views';
import { type CampaignFilter, type CampaignRanking, CampaignRepository } from './repositories';

export interface SearchCampaignsQuery {
  readonly actor: Actor;
  readonly filter: CampaignFilter;
  readonly ranking: CampaignRanking;
  readonly page: PageRequest;
}

/** A campaign that was found; with its fit where it was ranked by a profile. */
export interface CampaignHit extends CampaignView {
  readonly fit: Fit | null;
}

/**
 * Campaigns the actor may see, page by page; published ones unless states or a brand are asked for. Throws `InvalidRange`,
 * `CurrencyMismatch`, `UnknownCurrency`.
 */
@Injectable()
export class SearchCampaigns {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignRepository,
    private readonly views: CampaignViews,
  ) {}

  async execute({ actor, filter, ranking, page }: SearchCampaignsQuery): Promise<Page<CampaignHit>> {
    requireSignedIn(actor);
    const wanted = parseCampaignFilter(filter);
    return this.uow.read(actor, async (tx) => {
      const found = await this.campaigns.search(tx, wanted, ranking, page);
      const campaigns = found.rows.map((row) => row.node.campaign);
      const views = await this.uow.lastly(tx, () => this.views.of(tx, campaigns));
      const rows = found.rows.flatMap(({ node: { fit }, cursor }, index) => {
        const view = views[index];
        return view ? [{ node: { ...view, fit }, cursor }] : [];
      });
      return { ...found, rows };
    });
  }
}

/** Which of some campaigns a filter finds for the actor. */
@Injectable()
export class MatchCampaigns {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignRepository,
  ) {}

  async execute(query: {
    actor: Actor;
    filter: CampaignFilter;
    campaignIds: readonly string[];
  }): Promise<readonly string[]> {
    const { actor, filter, campaignIds } = query;
    requireSignedIn(actor);
    const wanted = parseCampaignFilter(filter);
    return this.uow.read(actor, (tx) => this.campaigns.matching(tx, wanted, campaignIds));
  }
}
