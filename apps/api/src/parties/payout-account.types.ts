import type { PayoutAccount } from '@evenhand/parties';
import { Field, GraphQLISODateTime, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import { IdField, Text, toGlobalId } from '../graphql';

@ObjectType('PayoutAccount', { description: 'Where a party’s money in one currency goes. The details stay sealed.' })
export class PayoutAccountType {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  partyId: string;

  @Field(() => String, { description: 'ISO 4217.' })
  currency: string;

  @Field(() => String, { description: 'ISO 3166-1 alpha-2 of the bank.' })
  country: string;

  @Field(() => String, { description: 'Country and last characters, e.g. "FR ···· 0189".' })
  hint: string;

  @Field(() => GraphQLISODateTime)
  setAt: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  verifiedAt: Date | null;
}

@InputType({ description: 'An IBAN, or in countries without IBAN an account number with a bank code.' })
export class SetPayoutAccountInput {
  @IdField()
  partyId: string;

  @Field(() => String, { description: 'ISO 4217.' })
  @Text({ min: 3, max: 3 })
  currency: string;

  @Field(() => String, { description: 'Name of the account’s holder as the bank knows it.' })
  @Text({ max: 70 })
  holder: string;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ max: 50 })
  iban: string | null = null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ max: 20 })
  bic: string | null = null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ max: 50 })
  accountNumber: string | null = null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ max: 30 })
  bankCode: string | null = null;

  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-2 of the bank; needed without an IBAN.' })
  @IsOptional()
  @Text({ min: 2, max: 2 })
  country: string | null = null;
}

@InputType()
export class VerifyPayoutAccountInput {
  @IdField()
  accountId: string;
}

export function toPayoutAccount(account: PayoutAccount): PayoutAccountType {
  const { currency, country, hint, createdAt, verifiedAt } = account;
  const ids = { id: toGlobalId('payoutaccount', account.id), partyId: toGlobalId('party', account.partyId) };
  return { ...ids, currency, country, hint, setAt: createdAt, verifiedAt };
}
