import { type Actor, Clock, groupBy, UnitOfWork } from '@evenhand/kernel';
import { PartyDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import type { ReviewView } from './review';
import { ReviewRepository } from './review-repository';
import { mayRead, reviewViewsOf } from './review-view';

/** The reviews of each of the deals, in the order of their ids, that the actor may read now; the brand's first. */
@Injectable()
export class ReadDealReviews {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reviews: ReviewRepository,
    private readonly parties: PartyDirectory,
    private readonly clock: Clock,
  ) {}

  async execute({
    actor,
    dealIds,
  }: {
    readonly actor: Actor;
    readonly dealIds: readonly string[];
  }): Promise<readonly (readonly ReviewView[])[]> {
    return this.uow.read(actor, async (tx) => {
      const now = this.clock.now();
      const reviews = await this.reviews.ofDeals(tx, dealIds, now);
      const readable = reviews.filter((review) => mayRead(actor, review, now));
      const byDeal = groupBy(await reviewViewsOf(tx, this.parties, readable), ({ dealId }) => dealId);
      return dealIds.map((dealId) => byDeal.get(dealId) ?? []);
    });
  }
}
