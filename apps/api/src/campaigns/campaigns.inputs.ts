import {
  CAMPAIGN_ORDERS,
  CAMPAIGN_STATES,
  type CampaignOrder,
  type CampaignState,
  OFFERED_KINDS,
  type OfferedKind,
} from '@evenhand/campaigns';
import type { CampaignSearch } from '@evenhand/discovery';
import { CHANNEL_PLATFORMS, type ChannelPlatform } from '@evenhand/kernel';
import { ArgsType, Field, GraphQLISODateTime, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsBoolean, IsDate, IsIn, IsInt, IsOptional, ValidateNested } from 'class-validator';
import {
  ChannelPlatformEnum,
  fromGlobalId,
  fromMoneyInput,
  IdField,
  MoneyInput,
  PageArgs,
  Text,
  Texts,
} from '../graphql';
import { BriefInput } from './brief.inputs';
import { BEST_MATCH, CampaignOrderEnum, CampaignStateEnum, OfferedKindEnum } from './campaigns.enums';

const MAX_LIST = 60;

@InputType()
export class CreateCampaignInput {
  @IdField()
  brandId: string;

  @Field(() => BriefInput)
  @ValidateNested()
  @Type(() => BriefInput)
  brief: BriefInput;

  @Field(() => [MoneyInput], { defaultValue: [], description: 'One per currency; cash and commission reserves count.' })
  @ArrayMaxSize(MAX_LIST)
  @ValidateNested({ each: true })
  @Type(() => MoneyInput)
  budgets: MoneyInput[] = [];

  @Field(() => Int, { nullable: true, description: 'Most deals the campaign may lead to.' })
  @IsOptional()
  @IsInt()
  dealCap: number | null = null;
}

@InputType()
export class UpdateBriefInput {
  @IdField()
  campaignId: string;

  @Field(() => BriefInput, { description: 'The whole brief as it shall be.' })
  @ValidateNested()
  @Type(() => BriefInput)
  brief: BriefInput;

  @Field(() => [MoneyInput], { defaultValue: [] })
  @ArrayMaxSize(MAX_LIST)
  @ValidateNested({ each: true })
  @Type(() => MoneyInput)
  budgets: MoneyInput[] = [];

  @Field(() => Int, { nullable: true })
  @IsOptional()
  @IsInt()
  dealCap: number | null = null;
}

@InputType({ isAbstract: true })
abstract class CampaignReference {
  @IdField()
  campaignId: string;
}

@InputType()
export class PublishCampaignInput extends CampaignReference {}

@InputType()
export class CloseCampaignInput extends CampaignReference {}

@InputType()
export class CompleteCampaignInput extends CampaignReference {}

@InputType()
export class CancelCampaignInput extends CampaignReference {}

@InputType({ description: 'Within one list any entry may match; the fields must all match.' })
export class CampaignFilterInput {
  @Field(() => String, { nullable: true, description: 'Words, beginnings of words, or any Chinese or Japanese text.' })
  @IsOptional()
  @Text({ min: 0, max: 100 })
  text: string | null = null;

  @IdField({ nullable: true, description: 'All campaigns of one brand, in any state.' })
  brandId: string | null = null;

  @Field(() => [CampaignStateEnum], { defaultValue: [], description: 'Published ones unless told.' })
  @ArrayMaxSize(MAX_LIST)
  @IsIn(CAMPAIGN_STATES, { each: true })
  states: CampaignState[] = [];

  @Field(() => [String], { defaultValue: [] })
  @ArrayMaxSize(MAX_LIST)
  @Texts({ max: 2 })
  markets: string[] = [];

  @Field(() => [String], { defaultValue: [] })
  @ArrayMaxSize(MAX_LIST)
  @Texts({ max: 35 })
  languages: string[] = [];

  @Field(() => [ChannelPlatformEnum], { defaultValue: [] })
  @ArrayMaxSize(MAX_LIST)
  @IsIn(CHANNEL_PLATFORMS, { each: true })
  channels: ChannelPlatform[] = [];

  @Field(() => [String], { defaultValue: [] })
  @ArrayMaxSize(MAX_LIST)
  @Texts({ max: 40 })
  categories: string[] = [];

  @Field(() => [OfferedKindEnum], { defaultValue: [] })
  @ArrayMaxSize(MAX_LIST)
  @IsIn(OFFERED_KINDS, { each: true })
  kinds: OfferedKind[] = [];

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ max: 3 })
  currency: string | null = null;

  @Field(() => MoneyInput, { nullable: true, description: 'Cash offered reaches up to this.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => MoneyInput)
  cashAtLeast: MoneyInput | null = null;

  @Field(() => MoneyInput, { nullable: true, description: 'Cash offered begins at or below this.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => MoneyInput)
  cashAtMost: MoneyInput | null = null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'The bid deadline is not before this.' })
  @IsOptional()
  @IsDate()
  deadlineFrom: Date | null = null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'The bid deadline is not after this.' })
  @IsOptional()
  @IsDate()
  deadlineTo: Date | null = null;

  @Field(() => Boolean, { defaultValue: false, description: 'Leaves out campaigns whose bid deadline has passed.' })
  @IsBoolean()
  openForBids: boolean = false;
}

@ArgsType()
export class CampaignsArgs extends PageArgs {
  @Field(() => CampaignFilterInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => CampaignFilterInput)
  filter: CampaignFilterInput | null = null;

  @Field(() => CampaignOrderEnum, { nullable: true, description: 'NEWEST unless an influencer is named.' })
  @IsOptional()
  @IsIn([...CAMPAIGN_ORDERS, BEST_MATCH])
  orderBy: CampaignOrder | typeof BEST_MATCH | null = null;

  @IdField({
    nullable: true,
    description: 'BEST_MATCH for this influencer, whom the actor is or represents; for the actor herself unless told.',
  })
  forInfluencerId: string | null = null;
}

export function fromCampaignFilter(input: CampaignFilterInput): CampaignSearch {
  const { states, markets, languages, channels, categories, kinds, openForBids } = input;
  return {
    text: input.text ?? null,
    brandId: input.brandId ? fromGlobalId('party', input.brandId) : null,
    states,
    markets,
    languages,
    channels,
    categories,
    kinds,
    currency: input.currency ?? null,
    cashAtLeast: input.cashAtLeast ? fromMoneyInput(input.cashAtLeast) : null,
    cashAtMost: input.cashAtMost ? fromMoneyInput(input.cashAtMost) : null,
    deadlineFrom: input.deadlineFrom ?? null,
    deadlineTo: input.deadlineTo ?? null,
    openForBids,
  };
}
