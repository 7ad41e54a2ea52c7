import {
  DealNotCompleted,
  InvalidReviewText,
  InvalidStars,
  ListReviews,
  ReviewAlreadyVisible,
  ReviewTooLate,
  WriteReview,
} from '@evenhand/deals';
import type { Actor } from '@evenhand/kernel';
import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input, resultUnion } from '../graphql';
import { DealType } from './deal.types';
import {
  ReviewConnection,
  ReviewsArgs,
  ReviewType,
  toReview,
  toReviewConnection,
  WriteReviewInput,
} from './review.types';
import { ReviewsOfDeal } from './reviews-of-deal';

const WriteReviewResult = resultUnion('WriteReviewResult', () => ReviewType, [
  DealNotCompleted,
  ReviewTooLate,
  ReviewAlreadyVisible,
  InvalidStars,
  InvalidReviewText,
]);

@Resolver(() => DealType)
export class ReviewResolver {
  constructor(
    private readonly write: WriteReview,
    private readonly list: ListReviews,
    private readonly reviewsOfDeal: ReviewsOfDeal,
  ) {}

  @Query(() => ReviewConnection, { description: 'The visible reviews of a party, latest first.' })
  async reviews(
    @CurrentActor() actor: Actor,
    @Args() { partyId, first, after }: ReviewsArgs,
  ): Promise<ReviewConnection> {
    const command = { actor, partyId: fromGlobalId('party', partyId), page: { first, after } };
    return toReviewConnection(await this.list.execute(command));
  }

  @ResolveField('reviews', () => [ReviewType], {
    description: 'Those that the viewer may read: their own, and the other side’s once it is visible.',
  })
  async reviewsOf(@CurrentActor() actor: Actor, @Parent() deal: DealType): Promise<ReviewType[]> {
    return (await this.reviewsOfDeal.of(actor, fromGlobalId('deal', deal.id))).map(toReview);
  }

  @Mutation(() => WriteReviewResult.type, {
    description:
      'One side of a completed deal reviews the other, or replaces its review while nobody has seen it. Visible once both wrote, or 14 days after completion.',
  })
  writeReview(@CurrentActor() actor: Actor, @Input() { dealId, stars, text }: WriteReviewInput) {
    return WriteReviewResult.of(async () =>
      toReview(await this.write.execute({ actor, dealId: fromGlobalId('deal', dealId), stars, text })),
    );
  }
}
