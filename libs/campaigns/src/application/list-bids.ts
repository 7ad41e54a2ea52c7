import { Injectable } from '@nestjs/common';
import { type Actor, type Page, type PageRequest, UnitOfWork } from '@evenhand/kernel';
import { requireSignedIn } from './access';
import { type BidView, BidViews } from './bid-views';
import { type BidFilter, BidRepository } from './repositories';

export interface ListBidsQuery {
  readonly actor: Actor;
  readonly filter: BidFilter;
  readonly page: PageRequest;
}

/** Bids the actor may see, newest first: on own campaigns, own, or of influencers represented now. */
@Injectable()
export class ListBids {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly bids: BidRepository,
    private readonly views: BidViews,
  ) {}

  async execute({ actor, filter, page }: ListBidsQuery): Promise<Page<BidView>> {
    requireSignedIn(actor);
    return this.uow.read(actor, async (tx) => {
      const found = await this.bids.list(tx, filter, page);
      const bids = found.rows.map((row) => row.node);
      const views = await this.uow.lastly(tx, () => this.views.of(tx, bids));
      const rows = found.rows.flatMap((row, index) => {
        const node = views[index];
        return node ? [{ node, cursor: row.cursor }] : [];
      });
      return { ...found, rows };
    });
  }
}
