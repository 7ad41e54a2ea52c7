import { Field, GraphQLISODateTime, ID, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsDate, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { MoneyInput, Text } from '../graphql';

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
