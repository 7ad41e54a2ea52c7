import type { Actor } from '@evenhand/kernel';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId } from '../graphql';
import { InfluencerType } from '../parties/influencer.types';
import { PartyType } from '../parties/party.types';
import { Ratings } from './ratings';
import { RatingType } from './review.types';

@Resolver(() => PartyType)
export class PartyRatingResolver {
  constructor(private readonly ratings: Ratings) {}

  @ResolveField(() => RatingType)
  rating(@CurrentActor() actor: Actor, @Parent() { id }: PartyType): Promise<RatingType> {
    return this.ratings.of(actor, fromGlobalId('party', id));
  }
}

@Resolver(() => InfluencerType)
export class InfluencerRatingResolver {
  constructor(private readonly ratings: Ratings) {}

  @ResolveField(() => RatingType)
  rating(@CurrentActor() actor: Actor, @Parent() { id }: InfluencerType): Promise<RatingType> {
    return this.ratings.of(actor, fromGlobalId('party', id));
  }
}
