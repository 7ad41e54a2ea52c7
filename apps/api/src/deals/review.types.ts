import { REVIEW_SIDES, type ReviewList, type ReviewSide, type ReviewView } from '@evenhand/deals';
import { ArgsType, Field, Float, GraphQLISODateTime, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsInt } from 'class-validator';
import { connectionOf, enumOf, IdField, PageArgs, Text, toConnection, toGlobalId } from '../graphql';
import { PartyType, toParty } from '../parties/party.types';

const ReviewSideEnum = enumOf('ReviewSide', REVIEW_SIDES);

@ObjectType('Review', { description: 'What one side of a completed deal says of the other.' })
export class ReviewType {
  @Field(() => ID)
  id: string;

  @Field(() => ReviewSideEnum, { description: 'Who wrote it.' })
  side: ReviewSide;

  @Field(() => PartyType)
  author: PartyType;

  @Field(() => PartyType, { description: 'Whom it is about.' })
  subject: PartyType;

  @Field(() => Int, { description: '1 to 5.' })
  stars: number;

  @Field(() => String, { description: 'Empty where the stars say enough.' })
  text: string;

  @Field(() => GraphQLISODateTime)
  writtenAt: Date;

  @Field(() => GraphQLISODateTime, {
    description: 'Until then its author alone sees it and may replace it; the other side’s review brings it forward.',
  })
  visibleFrom: Date;
}

@ObjectType('Rating', { description: 'What the visible reviews of a party come to.' })
export class RatingType {
  @Field(() => Int)
  count: number;

  @Field(() => Float, { nullable: true, description: '1 to 5 stars, to two decimals; null where there is no review.' })
  average: number | null;
}

@ObjectType()
export class ReviewConnection extends connectionOf(ReviewType, 'Review') {
  @Field(() => RatingType, { description: 'Over all of them, not only this page.' })
  rating: RatingType;
}

@ArgsType()
export class ReviewsArgs extends PageArgs {
  @IdField({ description: 'Whom they are about.' })
  partyId: string;
}

@InputType()
export class WriteReviewInput {
  @IdField()
  dealId: string;

  @Field(() => Int, { description: '1 to 5.' })
  @IsInt()
  stars: number;

  // Longer than a review may be, so that one a little too long is refused by the name of its rule.
  @Field(() => String, { description: 'Up to 2,000 characters; may be empty.' })
  @Text({ min: 0, max: 20_000 })
  text: string;
}

export function toReview(review: ReviewView): ReviewType {
  const { id, side, stars, text, writtenAt, visibleFrom } = review;
  const [author, subject] = [toParty(review.author), toParty(review.subject)];
  return { id: toGlobalId('review', id), side, author, subject, stars, text, writtenAt, visibleFrom };
}

export function toReviewConnection(list: ReviewList): ReviewConnection {
  return { ...toConnection(list, toReview), rating: list.rating };
}
