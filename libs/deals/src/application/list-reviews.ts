import { type Actor, Clock, NotFound, pageOf, type PageRequest, UnitOfWork } from '@evenhand/kernel';
import { PartyDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import { reviewCursorKey, type ReviewList, UNRATED } from './review';
import { ReviewRepository } from './review-repository';
import { reviewViewsOf } from './review-view';

export interface ListReviewsCommand {
  readonly actor: Actor;
  /** Whom they are about. */
  readonly partyId: string;
  readonly page: PageRequest;
}

/** The visible reviews of a party, latest first, with what all of them come to. Throws NotFound, InvalidInput. */
@Injectable()
export class ListReviews {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reviews: ReviewRepository,
    private readonly parties: PartyDirectory,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, partyId, page }: ListReviewsCommand): Promise<ReviewList> {
    return this.uow.read(actor, async (tx) => {
      const now = this.clock.now();
      if ((await this.parties.namesOf(tx, [partyId])).size === 0) throw new NotFound('Party');
      const reviews = await this.reviews.visibleAbout(tx, partyId, page, now);
      const rating = (await this.reviews.ratingsOf(tx, [partyId], now)).get(partyId) ?? UNRATED;
      const views = await reviewViewsOf(tx, this.parties, reviews);
      return { ...pageOf(views, page, rating.count, reviewCursorKey), rating };
    });
  }
}
