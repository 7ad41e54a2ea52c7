import { MAX_EVENTS, type SaleFilter, type SaleReview, type SaleStatus } from '@evenhand/sales';
import { ArgsType, Field, GraphQLISODateTime, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDate,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { fromGlobalId, IdField, MoneyInput, PageArgs, Text, Texts } from '../graphql';
import { PeriodInput } from './period.input';
import { SaleReviewEnum, SaleStatusEnum } from './sales.enums';

const MAX_TEXT = 200;
const MAX_ADDRESS = 254;
const MAX_LINES = 500;
const MAX_CODES = 18;
const MAX_CLICKS = 20;

/** What could tell by whom an order came, or a line of it. */
@InputType({ isAbstract: true })
class ClaimsInput {
  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ min: 0, max: MAX_TEXT })
  code: string | null = null;

  @Field(() => [String], { nullable: true, description: 'Further codes, tried in this order.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_CODES)
  @Texts({ max: MAX_TEXT })
  additionalCodes: string[] | null = null;

  @Field(() => [String], {
    nullable: true,
    description: 'Clicks that led to it, as the shop was told them in eh_click; when they were is known here.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_CLICKS)
  @Texts({ max: MAX_TEXT })
  clickIds: string[] | null = null;

  @Field(() => String, { nullable: true, description: 'The slug of the link that led to it.' })
  @IsOptional()
  @Text({ min: 0, max: MAX_TEXT })
  linkSlug: string | null = null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @IsOptional()
  @IsDate()
  clickedAt: Date | null = null;
}

@InputType({
  description: 'A line of an order. Its own code, clicks and link decide for it before those of the order.',
})
export class SaleLineInput extends ClaimsInput {
  @Field(() => String, { nullable: true, description: 'The shop’s id of the line, by which a refund may name it.' })
  @IsOptional()
  @Text({ max: MAX_TEXT })
  lineId: string | null = null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ max: MAX_TEXT })
  sku: string | null = null;

  @Field(() => Int)
  @IsInt()
  @Min(1)
  quantity: number;

  @Field(() => MoneyInput)
  @ValidateNested()
  @Type(() => MoneyInput)
  unitPrice: MoneyInput;

  @Field(() => MoneyInput, { nullable: true, description: 'On the whole line.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => MoneyInput)
  discount: MoneyInput | null = null;

  @Field(() => MoneyInput, { nullable: true, description: 'Contained in the price of the whole line.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => MoneyInput)
  tax: MoneyInput | null = null;

  @Field(() => MoneyInput, { nullable: true, description: 'Contained in the price of the whole line.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => MoneyInput)
  shipping: MoneyInput | null = null;
}

@InputType({ description: 'An order. Give either its lines or its commission base; every amount in its currency.' })
export class SaleEventInput extends ClaimsInput {
  @Field(() => String, { description: 'Where it comes from, such as "shopify": lower-case letters, digits, . _ -' })
  @IsString()
  @MaxLength(64)
  source: string;

  @Field(() => String, { description: 'The order’s id there; with the source it names the order forever.' })
  @Text({ max: MAX_TEXT })
  externalId: string;

  @Field(() => String, { description: 'What people call the order.' })
  @Text({ max: MAX_TEXT })
  orderNumber: string;

  @Field(() => String, {
    nullable: true,
    description: 'Of the customer: compared with other orders and the influencer’s side, and never kept.',
  })
  @IsOptional()
  @Text({ min: 0, max: MAX_ADDRESS })
  customerEmail: string | null = null;

  @Field(() => String, { description: 'ISO 4217.' })
  @IsString()
  @MaxLength(3)
  currency: string;

  @Field(() => [SaleLineInput], { nullable: true })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LINES)
  @ValidateNested({ each: true })
  @Type(() => SaleLineInput)
  lines: SaleLineInput[] | null = null;

  @Field(() => MoneyInput, { nullable: true, description: 'The commission base of the whole order.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => MoneyInput)
  base: MoneyInput | null = null;

  @Field(() => GraphQLISODateTime)
  @IsDate()
  occurredAt: Date;
}

@InputType()
export class RecordSalesInput {
  @IdField()
  brandId: string;

  @Field(() => [SaleEventInput], { description: `1 to ${MAX_EVENTS} orders; each is recorded once.` })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_EVENTS)
  @ValidateNested({ each: true })
  @Type(() => SaleEventInput)
  events: SaleEventInput[];
}

@InputType({ description: 'Units of one line given back, named by its id or by a SKU that only one line has.' })
export class RefundLineInput {
  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ max: MAX_TEXT })
  lineId: string | null = null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ max: MAX_TEXT })
  sku: string | null = null;

  @Field(() => Int)
  @IsInt()
  @Min(1)
  quantity: number;
}

@InputType({ description: 'A refund of an order: in full, or by lines and amount. It may come before its order.' })
export class RefundEventInput {
  @Field(() => String, { description: 'The source of the order.' })
  @IsString()
  @MaxLength(64)
  source: string;

  @Field(() => String)
  @Text({ max: MAX_TEXT })
  externalId: string;

  @Field(() => String, { description: '`externalId` of the order.' })
  @Text({ max: MAX_TEXT })
  saleExternalId: string;

  @Field(() => String, { description: 'ISO 4217.' })
  @IsString()
  @MaxLength(3)
  currency: string;

  @Field(() => Boolean, { defaultValue: false, description: 'Everything that is left of the order.' })
  @IsBoolean()
  full: boolean = false;

  @Field(() => [RefundLineInput], { nullable: true })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_LINES)
  @ValidateNested({ each: true })
  @Type(() => RefundLineInput)
  lines: RefundLineInput[] | null = null;

  @Field(() => MoneyInput, {
    nullable: true,
    description: 'Part of the order’s commission base given back; it lies on its sales by what is left of them.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => MoneyInput)
  amount: MoneyInput | null = null;

  @Field(() => GraphQLISODateTime)
  @IsDate()
  occurredAt: Date;
}

@InputType()
export class RecordRefundsInput {
  @IdField()
  brandId: string;

  @Field(() => [RefundEventInput], { description: `1 to ${MAX_EVENTS} refunds; each is recorded once.` })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_EVENTS)
  @ValidateNested({ each: true })
  @Type(() => RefundEventInput)
  events: RefundEventInput[];
}

@InputType({ description: 'All given fields must hold; the period is half-open [from, to).' })
export class SaleFilterInput extends PeriodInput {
  @IdField({ nullable: true })
  brandId: string | null = null;

  @IdField({ nullable: true })
  dealId: string | null = null;

  @IdField({ nullable: true })
  campaignId: string | null = null;

  @IdField({ nullable: true })
  influencerId: string | null = null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ max: MAX_TEXT })
  code: string | null = null;

  @Field(() => SaleStatusEnum, { nullable: true })
  @IsOptional()
  @IsIn(Object.values(SaleStatusEnum))
  status: SaleStatus | null = null;

  @Field(() => SaleReviewEnum, { nullable: true, description: 'Only sales that are or were held for review.' })
  @IsOptional()
  @IsIn(Object.values(SaleReviewEnum))
  review: SaleReview | null = null;
}

@ArgsType()
export class SalesArgs extends PageArgs {
  @Field(() => SaleFilterInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => SaleFilterInput)
  filter: SaleFilterInput | null = null;
}

@ArgsType()
export class RefundsArgs extends PageArgs {
  @IdField()
  saleId: string;
}

export function fromSaleFilter(input: SaleFilterInput): SaleFilter {
  return {
    brandId: input.brandId === null ? null : fromGlobalId('party', input.brandId),
    dealId: input.dealId === null ? null : fromGlobalId('deal', input.dealId),
    campaignId: input.campaignId === null ? null : fromGlobalId('campaign', input.campaignId),
    influencerId: input.influencerId === null ? null : fromGlobalId('party', input.influencerId),
    code: input.code,
    status: input.status,
    review: input.review,
    from: input.from,
    to: input.to,
  };
}
