import { Injectable } from '@nestjs/common';
import { type Actor, type Page, type PageRequest, UnitOfWork } from '@evenhand/kernel';
import { requireSignedIn } from './access';
import { type CampaignView, CampaignViews } from './campaign-views';
import { type CampaignFilter, type CampaignOrder, CampaignRepository } from './repositories';

export interface SearchCampaignsQuery {
  readonly actor: Actor;
  readonly filter: CampaignFilter;
  readonly order: CampaignOrder;
  readonly page: PageRequest;
}

/** Campaigns the actor may see, page by page; published ones unless states or a brand are asked for. */
@Injectable()
export class SearchCampaigns {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignRepository,
    private readonly views: CampaignViews,
  ) {}

  async execute({ actor, filter, order, page }: SearchCampaignsQuery): Promise<Page<CampaignView>> {
    requireSignedIn(actor);
    const anyState = filter.states.length > 0 || filter.brandId !== null;
    const effective: CampaignFilter = anyState ? filter : { ...filter, states: ['published'] };
    return this.uow.read(actor, async (tx) => {
      const found = await this.campaigns.search(tx, effective, order, page);
      const views = await this.views.of(
        tx,
        found.rows.map((row) => row.node),
      );
      const rows = found.rows.flatMap((row, index) => {
        const node = views[index];
        return node ? [{ node, cursor: row.cursor }] : [];
      });
      return { ...found, rows };
    });
  }
}
