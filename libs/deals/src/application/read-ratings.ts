import { type Actor, Clock, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type Rating, UNRATED } from './review';
import { ReviewRepository } from './review-repository';

/** What the visible reviews of each of the parties come to, in the order of their ids. */
@Injectable()
export class ReadRatings {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reviews: ReviewRepository,
    private readonly clock: Clock,
  ) {}

  async execute(command: { readonly actor: Actor; readonly partyIds: readonly string[] }): Promise<readonly Rating[]> {
    const { actor, partyIds } = command;
    return this.uow.read(actor, async (tx) => {
      const ratings = await this.reviews.ratingsOf(tx, partyIds, this.clock.now());
      return partyIds.map((partyId) => ratings.get(partyId) ?? UNRATED);
    });
  }
}
