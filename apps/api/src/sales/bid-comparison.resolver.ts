import { type Actor, InvalidInput, MAX_PAGE_SIZE } from '@evenhand/kernel';
import { assertSameCurrency } from '@evenhand/money';
import { CompareBids, type SalesAssumption } from '@evenhand/sales';
import { Args, ArgsType, Field, Int, Query, Resolver } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { CurrentActor, fromGlobalId, fromMoneyInput, IdField, MoneyInput } from '../graphql';
import { ComparedBidType, toComparedBid } from './bid-comparison.types';

@ArgsType()
export class BidComparisonArgs {
  @IdField()
  campaignId: string;

  @Field(() => MoneyInput, {
    nullable: true,
    description: 'Net sales that the brand itself expects of each deal; past deals decide if left out.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => MoneyInput)
  expectedNetSales?: MoneyInput | null;

  @Field(() => MoneyInput, { nullable: true, description: 'How much of them in livestreams; none if left out.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => MoneyInput)
  expectedLivestreamSales?: MoneyInput | null;

  @Field(() => Int, { defaultValue: 50, description: 'How many of the cheapest.' })
  @IsInt()
  @Min(1)
  @Max(MAX_PAGE_SIZE)
  first: number = 50;
}

@Resolver()
export class BidComparisonResolver {
  constructor(private readonly compareBids: CompareBids) {}

  @Query(() => [ComparedBidType], {
    description:
      'The open bids of a campaign by their cost, cheapest first within a currency, those of unknown cost last.',
  })
  async bidComparison(@CurrentActor() actor: Actor, @Args() args: BidComparisonArgs): Promise<ComparedBidType[]> {
    const campaignId = fromGlobalId('campaign', args.campaignId);
    const compared = await this.compareBids.execute({
      actor,
      campaignId,
      assumption: assumptionOf(args),
      first: args.first,
    });
    return compared.map(toComparedBid);
  }
}

function assumptionOf({ expectedNetSales, expectedLivestreamSales }: BidComparisonArgs): SalesAssumption | null {
  if (!expectedNetSales) {
    if (!expectedLivestreamSales) return null;
    throw new InvalidInput('expectedNetSales', 'Say what you expect in all as well.');
  }
  const netSales = fromMoneyInput(expectedNetSales);
  if (!expectedLivestreamSales) return { netSales, livestreamMinor: 0n };
  const livestream = fromMoneyInput(expectedLivestreamSales);
  assertSameCurrency(netSales, livestream);
  return { netSales, livestreamMinor: livestream.amountMinor };
}
