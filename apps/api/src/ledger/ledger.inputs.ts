import { Field, GraphQLISODateTime, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsDate, ValidateNested } from 'class-validator';
import { IdField, MoneyInput, Text } from '../graphql';

@InputType()
export class RecordBankCreditInput {
  @IdField()
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
  @IdField({ nullable: true })
  bookId: string | null;

  @IdField({ nullable: true })
  transactionId: string | null;

  @IdField({ nullable: true })
  accountId: string | null;

  @IdField({ nullable: true })
  earningId: string | null;

  @IdField({ nullable: true })
  shareId: string | null;
}

@InputType()
export class ClosePeriodInput {
  @IdField()
  brandId: string;

  @Field(() => String, { description: 'A month, 2026-10, or the last day of the period, 2026-10-15.' })
  @Text({ max: 10 })
  period: string;

  @Field(() => String, { description: 'Of the IANA database, such as Europe/Paris: where the month or the day ends.' })
  @Text({ max: 64 })
  timeZone: string;
}
