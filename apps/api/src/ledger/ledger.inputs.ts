import type { CompensationKind } from '@evenhand/kernel';
import { Field, GraphQLISODateTime, ID, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsDate, IsEnum, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { CompensationKindEnum, MoneyInput, Text } from '../graphql';

@InputType()
export class RecordBankCreditInput {
  @Field(() => ID)
  @IsString()
  @MaxLength(100)
  brandId: string;

  @Field(() => MoneyInput)
  @ValidateNested()
  @Type(() => MoneyInput)
  amount: MoneyInput;

  @Field(() => String, { description: "The bank's own reference of the credit." })
  @Text({ max: 140 })
  bankReference: string;

  @Field(() => GraphQLISODateTime, { description: 'When the bank received it.' })
  @IsDate()
  receivedAt: Date;

  @Field(() => String, { description: 'The same key with the same input has one effect and one answer.' })
  @Text({ max: 200 })
  idempotencyKey: string;
}

@InputType()
export class RecordBrandPaymentInput extends RecordBankCreditInput {}

@InputType({ description: 'All given fields must hold; give at least one.' })
export class PostingFilterInput {
  @Field(() => ID, { nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  bookId: string | null;

  @Field(() => ID, { nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  transactionId: string | null;

  @Field(() => ID, { nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  accountId: string | null;

  @Field(() => ID, { nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  earningId: string | null;

  @Field(() => ID, { nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  shareId: string | null;
}

@InputType({ description: 'All given fields must hold; times are half-open [from, to).' })
export class LedgerEarningFilterInput {
  @Field(() => ID, { nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  brandId: string | null;

  @Field(() => ID, { nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  influencerId: string | null;

  @Field(() => ID, { nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  dealId: string | null;

  @Field(() => ID, { nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  campaignId: string | null;

  @Field(() => ID, { nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  saleId: string | null;

  @Field(() => ID, { nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  deliverableId: string | null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(3)
  currency: string | null;

  @Field(() => CompensationKindEnum, { nullable: true })
  @IsOptional()
  @IsEnum(CompensationKindEnum)
  kind: CompensationKind | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @IsOptional()
  @IsDate()
  earnedFrom: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @IsOptional()
  @IsDate()
  earnedTo: Date | null;
}
