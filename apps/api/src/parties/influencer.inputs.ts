import { CHANNEL_PLATFORMS, type ChannelPlatform } from '@evenhand/kernel';
import { AUDIENCE_PARTS, type AudiencePart, type InfluencerSearch } from '@evenhand/parties';
import { ArgsType, Field, Float, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsInt, IsOptional, IsUrl, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { ChannelPlatformEnum, fromMoneyInput, IdField, MoneyInput, PageArgs, Text, Texts } from '../graphql';
import { AudiencePartEnum, INFLUENCER_ORDERS, type InfluencerOrder, InfluencerOrderEnum } from './parties.enums';

const MAX_LIST = 30;
const MAX_FOLLOWERS = 10_000_000_000;

@InputType()
export class AudienceShareInput {
  @Field(() => String)
  @Text({ max: 20 })
  segment: string;

  @Field(() => Int)
  @IsInt()
  @Min(0)
  @Max(100)
  percent: number;
}

@InputType()
export class AudienceInput {
  @Field(() => [AudienceShareInput], { defaultValue: [] })
  @ArrayMaxSize(MAX_LIST)
  @ValidateNested({ each: true })
  @Type(() => AudienceShareInput)
  countries: AudienceShareInput[] = [];

  @Field(() => [AudienceShareInput], { defaultValue: [] })
  @ArrayMaxSize(MAX_LIST)
  @ValidateNested({ each: true })
  @Type(() => AudienceShareInput)
  ages: AudienceShareInput[] = [];

  @Field(() => [AudienceShareInput], { defaultValue: [] })
  @ArrayMaxSize(MAX_LIST)
  @ValidateNested({ each: true })
  @Type(() => AudienceShareInput)
  genders: AudienceShareInput[] = [];
}

@InputType({ isAbstract: true })
abstract class ChannelFactsInput {
  @Field(() => String)
  @Text({ max: 65 })
  handle: string;

  @Field(() => String, { description: 'The channel’s https address.' })
  @IsUrl({ protocols: ['https'], require_protocol: true })
  @MaxLength(500)
  url: string;

  @Field(() => Float, { description: 'A whole number.' })
  @IsInt()
  @Min(0)
  @Max(MAX_FOLLOWERS)
  followers: number;

  @Field(() => AudienceInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => AudienceInput)
  audience: AudienceInput | null = null;
}

@InputType()
export class AddChannelInput extends ChannelFactsInput {
  @Field(() => ChannelPlatformEnum)
  @IsIn(CHANNEL_PLATFORMS)
  platform: ChannelPlatform;
}

@InputType()
export class UpdateChannelInput extends ChannelFactsInput {
  @IdField()
  channelId: string;
}

@InputType()
export class RemoveChannelInput {
  @IdField()
  channelId: string;
}

@InputType()
export class AudienceFilterInput {
  @Field(() => AudiencePartEnum, { defaultValue: AUDIENCE_PARTS[0] })
  @IsIn(AUDIENCE_PARTS)
  part: AudiencePart = AUDIENCE_PARTS[0];

  @Field(() => String, {
    description: 'A country (ISO 3166-1 alpha-2), an age such as 18-24, or a gender such as female.',
  })
  @Text({ max: 20 })
  segment: string;

  @Field(() => Int)
  @IsInt()
  @Min(1)
  @Max(100)
  minPercent: number;
}

@InputType({ description: 'Within one list any entry may match; the fields must all match.' })
export class InfluencerFilterInput {
  @Field(() => String, { defaultValue: '', description: 'Words or parts of words, in any language.' })
  @Text({ min: 0, max: 100 })
  text: string = '';

  @Field(() => [String], { defaultValue: [] })
  @ArrayMaxSize(MAX_LIST)
  @Texts({ max: 40 })
  categories: string[] = [];

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
  platforms: ChannelPlatform[] = [];

  @Field(() => Float, { nullable: true })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  minFollowers: number | null = null;

  @Field(() => Float, { nullable: true })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  maxFollowers: number | null = null;

  @Field(() => [AudienceFilterInput], {
    defaultValue: [],
    description: 'One channel has all of these shares, on one of the platforms where some are named.',
  })
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => AudienceFilterInput)
  audience: AudienceFilterInput[] = [];

  @Field(() => MoneyInput, { nullable: true, description: 'She asks for at least this.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => MoneyInput)
  priceAtLeast: MoneyInput | null = null;

  @Field(() => MoneyInput, { nullable: true, description: 'She asks for at most this.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => MoneyInput)
  priceAtMost: MoneyInput | null = null;
}

@ArgsType()
export class InfluencersArgs extends PageArgs {
  @Field(() => InfluencerFilterInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => InfluencerFilterInput)
  filter: InfluencerFilterInput | null = null;

  @Field(() => InfluencerOrderEnum, { nullable: true, description: 'FOLLOWERS unless a campaign is named.' })
  @IsOptional()
  @IsIn(INFLUENCER_ORDERS)
  orderBy: InfluencerOrder | null = null;

  @IdField({ nullable: true, description: 'BEST_MATCH for this campaign of the actor’s brand.' })
  forCampaignId: string | null = null;
}

@InputType()
export class SetAskingPricesInput {
  @Field(() => [MoneyInput], { description: 'One for each currency; none at all where none shall be stated.' })
  @ArrayMaxSize(MAX_LIST)
  @ValidateNested({ each: true })
  @Type(() => MoneyInput)
  prices: MoneyInput[];
}

export function fromChannelFacts(input: ChannelFactsInput) {
  const { handle, url, followers } = input;
  return { handle, url, followers: BigInt(followers), audience: input.audience ?? new AudienceInput() };
}

export function fromInfluencerFilter(input: InfluencerFilterInput): InfluencerSearch {
  const { text, categories, markets, languages, platforms, minFollowers, maxFollowers } = input;
  const countOf = (followers: number | null | undefined) => (typeof followers === 'number' ? BigInt(followers) : null);
  return {
    text,
    categories,
    markets,
    languages,
    platforms,
    minFollowers: countOf(minFollowers),
    maxFollowers: countOf(maxFollowers),
    audience: input.audience,
    priceAtLeast: input.priceAtLeast ? fromMoneyInput(input.priceAtLeast) : null,
    priceAtMost: input.priceAtMost ? fromMoneyInput(input.priceAtMost) : null,
  };
}
