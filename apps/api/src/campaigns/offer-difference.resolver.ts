import { CompareOffers } from '@evenhand/campaigns';
import type { Actor } from '@evenhand/kernel';
import { Args, ArgsType, Field, Int, Query, Resolver } from '@nestjs/graphql';
import { IsInt, Max, Min } from 'class-validator';
import { CurrentActor, fromGlobalId, IdField } from '../graphql';
import { OfferComparisonType, toOfferComparison } from './offer-difference.types';

@ArgsType()
export class OfferDifferenceArgs {
  @IdField()
  bidId: string;

  @Field(() => Int, { description: 'Number of the offer to begin with.' })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  from: number;

  @Field(() => Int, { description: 'Number of the offer to compare it with.' })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  to: number;
}

@Resolver()
export class OfferDifferenceResolver {
  constructor(private readonly compareOffers: CompareOffers) {}

  @Query(() => OfferComparisonType, { description: 'What changes from one offer of a bid to another.' })
  async offerDifference(
    @CurrentActor() actor: Actor,
    @Args() { bidId, from, to }: OfferDifferenceArgs,
  ): Promise<OfferComparisonType> {
    return toOfferComparison(await this.compareOffers.execute({ actor, bidId: fromGlobalId('bid', bidId), from, to }));
  }
}
