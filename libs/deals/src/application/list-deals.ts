import { type Actor, Clock, pageOf, type PageRequest, UnitOfWork } from '@evenhand/kernel';
import { PartyDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import { dealCursorKey, type DealFilter, type DealList } from './deal-list';
import { DealRepository } from './deal-repository';
import { viewsOf } from './deal-view';

export interface ListDealsCommand {
  readonly actor: Actor;
  readonly filter: DealFilter;
  readonly page: PageRequest;
}

/** The actor's deals, latest acceptance first, with totals per currency over all filtered rows. */
@Injectable()
export class ListDeals {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly parties: PartyDirectory,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, filter, page }: ListDealsCommand): Promise<DealList> {
    return this.uow.read(actor, async (tx) => {
      const { deals, totalCount, totals } = await this.deals.list(tx, filter, page);
      const views = await viewsOf(tx, this.parties, actor, deals, this.clock.now());
      return { ...pageOf(views, page, totalCount, ({ deal }) => dealCursorKey(deal)), totals };
    });
  }
}
