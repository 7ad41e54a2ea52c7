import { BID_STATES, type BidFilter, type BidState } from '@evenhand/campaigns';
import { ArgsType, Field, GraphQLISODateTime, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsDate, IsIn, IsInt, IsOptional, Min, ValidateNested } from 'class-validator';
import { fromGlobalId, IdField, PageArgs, Text } from '../graphql';
import { BidStateEnum } from './campaigns.enums';
import { CompensationInput } from './compensation.inputs';

@InputType()
export class SubmitBidInput {
  @IdField()
  campaignId: string;

  @IdField({ nullable: true, description: 'For whom; the signed-in influencer herself unless told.' })
  influencerId: string | null = null;

  @IdField({ nullable: true, description: 'Which agency bids, for members of several that represent her.' })
  agencyId: string | null = null;

  @Field(() => CompensationInput)
  @ValidateNested()
  @Type(() => CompensationInput)
  compensation: CompensationInput;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ min: 0, max: 2000 })
  message: string | null = null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Seven days from now unless told.' })
  @IsOptional()
  @IsDate()
  expiresAt: Date | null = null;
}

@InputType()
export class CounterOfferInput {
  @IdField()
  bidId: string;

  @Field(() => Int, { description: 'Number of the offer that this one answers; it must be the latest.' })
  @IsInt()
  @Min(1)
  inAnswerTo: number;

  @Field(() => CompensationInput)
  @ValidateNested()
  @Type(() => CompensationInput)
  compensation: CompensationInput;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ min: 0, max: 2000 })
  message: string | null = null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Seven days from now unless told.' })
  @IsOptional()
  @IsDate()
  expiresAt: Date | null = null;
}

@InputType({ isAbstract: true })
abstract class BidEnd {
  @IdField()
  bidId: string;

  @Field(() => String, { nullable: true, description: 'Told to the other side.' })
  @IsOptional()
  @Text({ max: 1000 })
  reason: string | null = null;
}

@InputType()
export class DeclineBidInput extends BidEnd {}

@InputType()
export class WithdrawBidInput extends BidEnd {}

@InputType()
export class BidFilterInput {
  @IdField({ nullable: true })
  campaignId: string | null = null;

  @IdField({ nullable: true })
  influencerId: string | null = null;

  @Field(() => [BidStateEnum], { defaultValue: [] })
  @ArrayMaxSize(BID_STATES.length)
  @IsIn(BID_STATES, { each: true })
  states: BidState[] = [];
}

@ArgsType()
export class BidsArgs extends PageArgs {
  @Field(() => BidFilterInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => BidFilterInput)
  filter: BidFilterInput | null = null;
}

export function fromBidFilter({ campaignId, influencerId, states }: BidFilterInput): BidFilter {
  return {
    campaignId: campaignId ? fromGlobalId('campaign', campaignId) : null,
    influencerId: influencerId ? fromGlobalId('party', influencerId) : null,
    states,
  };
}
