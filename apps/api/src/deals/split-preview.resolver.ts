import { PreviewSplit, type SplitSubject } from '@evenhand/deals';
import { type Actor, InvalidInput } from '@evenhand/kernel';
import { Args, Field, InputType, Int, Query, Resolver } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { CompensationInput, fromCompensationInput } from '../campaigns/compensation.inputs';
import { CurrentActor, fromGlobalId, fromMoneyInput, IdField, MoneyInput } from '../graphql';
import { SplitPreviewType, toSplitPreview } from './split-preview.types';

@InputType({
  description:
    'A new bid: campaign, influencer (the one who asks, if left out) and compensation. A counter-offer: bid and compensation. An offer made already: bid, and its number or the latest.',
})
export class SplitPreviewInput {
  @IdField({ nullable: true })
  campaignId?: string | null;

  @IdField({ nullable: true })
  influencerId?: string | null;

  @IdField({ nullable: true })
  bidId?: string | null;

  @Field(() => Int, { nullable: true })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  offerNumber?: number | null;

  @Field(() => CompensationInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => CompensationInput)
  compensation?: CompensationInput | null;

  @Field(() => MoneyInput, {
    nullable: true,
    description: 'Net sales to show commissions for; 100 major units if left out.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => MoneyInput)
  exampleSales?: MoneyInput | null;
}

@Resolver()
export class SplitPreviewResolver {
  constructor(private readonly previewSplit: PreviewSplit) {}

  @Query(() => SplitPreviewType)
  async splitPreview(@CurrentActor() actor: Actor, @Args('input') input: SplitPreviewInput): Promise<SplitPreviewType> {
    const exampleSales = input.exampleSales ? fromMoneyInput(input.exampleSales) : null;
    return toSplitPreview(await this.previewSplit.execute({ actor, subject: subjectOf(actor, input), exampleSales }));
  }
}

function subjectOf(actor: Actor, input: SplitPreviewInput): SplitSubject {
  const { campaignId, influencerId, bidId, offerNumber, compensation } = input;
  if (bidId && !campaignId && !influencerId) {
    const id = fromGlobalId('bid', bidId);
    if (!compensation) return { type: 'offer', bidId: id, offerNumber: offerNumber ?? null };
    if (!offerNumber) return { type: 'counter_offer', bidId: id, compensation: fromCompensationInput(compensation) };
  }
  const bidder = influencerId ? fromGlobalId('party', influencerId) : influencerOf(actor);
  if (!bidId && !offerNumber && campaignId && bidder && compensation) {
    return {
      type: 'new_bid',
      campaignId: fromGlobalId('campaign', campaignId),
      influencerId: bidder,
      compensation: fromCompensationInput(compensation),
    };
  }
  throw new InvalidInput(
    'input',
    'Give campaign, influencer and compensation; or a bid with a compensation or a number.',
  );
}

/** Who bids where nobody is named: the influencer who asks. */
function influencerOf(actor: Actor): string | null {
  return actor.kind === 'person' ? actor.influencerId : null;
}
