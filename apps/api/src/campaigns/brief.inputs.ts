import {
  type AmountRange,
  type Brief,
  COMMISSION_BASES,
  type CampaignLimits,
  type CommissionBase,
  DELIVERABLE_KINDS,
  type DeliverableKind,
  LINKS_POLICIES,
  type LinksPolicy,
} from '@evenhand/campaigns';
import { CHANNEL_PLATFORMS, type ChannelPlatform } from '@evenhand/kernel';
import { assertSameCurrency } from '@evenhand/money';
import { Field, GraphQLISODateTime, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsDate, IsIn, IsInt, IsOptional, ValidateNested } from 'class-validator';
import { ChannelPlatformEnum, fromMoneyInput, MoneyInput, Text, Texts } from '../graphql';
import { CommissionBaseEnum, DeliverableKindEnum, LinksPolicyEnum } from './campaigns.enums';

const MAX_LIST = 60;

@InputType()
export class BriefProductInput {
  @Field(() => String)
  @Text({ max: 120 })
  name: string;

  @Field(() => String, { defaultValue: '' })
  @Text({ min: 0, max: 2000 })
  description: string = '';

  @Field(() => MoneyInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => MoneyInput)
  retailPrice: MoneyInput | null = null;
}

@InputType()
export class DeliverableSpecInput {
  @Field(() => String, { description: 'Short name that milestones refer to, e.g. "note_1".' })
  @Text({ max: 40 })
  key: string;

  @Field(() => DeliverableKindEnum)
  @IsIn(DELIVERABLE_KINDS)
  kind: DeliverableKind;

  @Field(() => Int, { defaultValue: 1 })
  @IsInt()
  quantity: number = 1;

  @Field(() => String, { description: 'Calendar day, YYYY-MM-DD.' })
  @Text({ max: 10 })
  dueOn: string;

  @Field(() => Int, { defaultValue: 1 })
  @IsInt()
  revisionsAllowed: number = 1;

  @Field(() => String, { defaultValue: '' })
  @Text({ min: 0, max: 2000 })
  description: string = '';

  @Field(() => Int, { nullable: true, description: 'Of a livestream: how many minutes it lasts at least.' })
  @IsOptional()
  @IsInt()
  minimumMinutes: number | null = null;
}

@InputType({ description: 'Both ends included; both amounts in one currency.' })
export class AmountRangeInput {
  @Field(() => MoneyInput)
  @ValidateNested()
  @Type(() => MoneyInput)
  minimum: MoneyInput;

  @Field(() => MoneyInput)
  @ValidateNested()
  @Type(() => MoneyInput)
  maximum: MoneyInput;
}

@InputType({ description: 'Exact shares of sales such as "0.10"; both ends included.' })
export class CommissionRangeInput {
  @Field(() => String)
  @Text({ max: 3 })
  currency: string;

  @Field(() => String)
  @Text({ max: 40 })
  minimumRate: string;

  @Field(() => String)
  @Text({ max: 40 })
  maximumRate: string;

  @Field(() => CommissionBaseEnum, { defaultValue: COMMISSION_BASES[0] })
  @IsIn(COMMISSION_BASES)
  base: CommissionBase = COMMISSION_BASES[0];
}

@InputType({ description: 'One range per currency; a kind without a range is not offered.' })
export class CompensationRangesInput {
  @Field(() => [AmountRangeInput], { defaultValue: [] })
  @ArrayMaxSize(MAX_LIST)
  @ValidateNested({ each: true })
  @Type(() => AmountRangeInput)
  cash: AmountRangeInput[] = [];

  @Field(() => [AmountRangeInput], { defaultValue: [], description: 'Of the whole gift’s fair market value.' })
  @ArrayMaxSize(MAX_LIST)
  @ValidateNested({ each: true })
  @Type(() => AmountRangeInput)
  gift: AmountRangeInput[] = [];

  @Field(() => [CommissionRangeInput], { defaultValue: [] })
  @ArrayMaxSize(MAX_LIST)
  @ValidateNested({ each: true })
  @Type(() => CommissionRangeInput)
  commission: CommissionRangeInput[] = [];
}

@InputType()
export class UsageRightsInput {
  @Field(() => [String])
  @ArrayMaxSize(MAX_LIST)
  @Texts({ max: 40 })
  media: string[];

  @Field(() => [String], { description: 'ISO 3166-1 alpha-2 codes, or WORLD.' })
  @ArrayMaxSize(MAX_LIST)
  @Texts({ max: 5 })
  territory: string[];

  @Field(() => String, { description: 'Calendar day, YYYY-MM-DD.' })
  @Text({ max: 10 })
  from: string;

  @Field(() => String, { description: 'Calendar day, YYYY-MM-DD, included.' })
  @Text({ max: 10 })
  to: string;
}

@InputType()
export class ExclusivityInput {
  @Field(() => String)
  @Text({ max: 40 })
  category: string;

  @Field(() => String, { description: 'Calendar day, YYYY-MM-DD.' })
  @Text({ max: 10 })
  from: string;

  @Field(() => String, { description: 'Calendar day, YYYY-MM-DD, included.' })
  @Text({ max: 10 })
  to: string;
}

@InputType()
export class BriefInput {
  @Field(() => String)
  @Text({ max: 120 })
  title: string;

  @Field(() => String)
  @Text({ max: 5000 })
  summary: string;

  @Field(() => [BriefProductInput])
  @ArrayMaxSize(MAX_LIST)
  @ValidateNested({ each: true })
  @Type(() => BriefProductInput)
  products: BriefProductInput[];

  @Field(() => [ChannelPlatformEnum])
  @ArrayMaxSize(MAX_LIST)
  @IsIn(CHANNEL_PLATFORMS, { each: true })
  channels: ChannelPlatform[];

  @Field(() => [DeliverableSpecInput])
  @ArrayMaxSize(MAX_LIST)
  @ValidateNested({ each: true })
  @Type(() => DeliverableSpecInput)
  deliverables: DeliverableSpecInput[];

  @Field(() => CompensationRangesInput)
  @ValidateNested()
  @Type(() => CompensationRangesInput)
  compensation: CompensationRangesInput;

  @Field(() => GraphQLISODateTime, { description: 'The last instant at which a bid may be submitted.' })
  @IsDate()
  bidDeadline: Date;

  @Field(() => [String], { description: 'ISO 3166-1 alpha-2 codes.' })
  @ArrayMaxSize(MAX_LIST)
  @Texts({ max: 2 })
  markets: string[];

  @Field(() => [String], { description: 'Language tags such as zh-Hans or ja.' })
  @ArrayMaxSize(MAX_LIST)
  @Texts({ max: 35 })
  languages: string[];

  @Field(() => [String])
  @ArrayMaxSize(MAX_LIST)
  @Texts({ max: 40 })
  categories: string[];

  @Field(() => String)
  @Text({ max: 200 })
  disclosureText: string;

  @Field(() => UsageRightsInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => UsageRightsInput)
  usageRights: UsageRightsInput | null = null;

  @Field(() => ExclusivityInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => ExclusivityInput)
  exclusivity: ExclusivityInput | null = null;

  @Field(() => LinksPolicyEnum, { defaultValue: LINKS_POLICIES[0] })
  @IsIn(LINKS_POLICIES)
  linksPolicy: LinksPolicy = LINKS_POLICIES[0];

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ max: 64 })
  lawfulOrderNumber: string | null = null;
}

/** Throws InvalidAmount, UnknownCurrency, CurrencyMismatch. */
export function fromBriefInput(input: BriefInput): Brief {
  const { cash, gift, commission } = input.compensation;
  return {
    ...input,
    products: input.products.map(({ name, description, retailPrice }) => ({
      name,
      description,
      retailPrice: retailPrice ? fromMoneyInput(retailPrice) : null,
    })),
    deliverables: input.deliverables.map((spec) => ({ ...spec })),
    compensation: {
      cash: cash.map(fromRange),
      gift: gift.map(fromRange),
      commission: commission.map((range) => ({ ...range })),
    },
    usageRights: input.usageRights ? { ...input.usageRights } : null,
    exclusivity: input.exclusivity ? { ...input.exclusivity } : null,
    lawfulOrderNumber: input.lawfulOrderNumber ?? null,
  };
}

function fromRange(range: AmountRangeInput): AmountRange {
  const minimum = fromMoneyInput(range.minimum, { allowZero: true });
  const maximum = fromMoneyInput(range.maximum);
  assertSameCurrency(minimum, maximum);
  return { currency: minimum.currency, minimumMinor: minimum.amountMinor, maximumMinor: maximum.amountMinor };
}

export function fromLimits(budgets: readonly MoneyInput[], dealCap: number | null | undefined): CampaignLimits {
  return { budgets: budgets.map((budget) => fromMoneyInput(budget)), dealCap: dealCap ?? null };
}
