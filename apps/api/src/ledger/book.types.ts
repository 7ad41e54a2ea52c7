import type { AccountClass, AccountKind, EscrowPurpose, NormalSide } from '@evenhand/ledger';
import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import { MoneyType } from '../graphql';
import { AccountClassEnum, AccountKindEnum, EscrowPurposeEnum, NormalSideEnum } from './ledger.enums';

@ObjectType('AccountBalance', { description: 'One account of a book and its balance at the time asked for.' })
export class AccountBalanceType {
  @Field(() => ID)
  id: string;

  @Field(() => AccountKindEnum)
  kind: AccountKind;

  @Field(() => MoneyType, { description: "Positive on the account's normal side." })
  balance: MoneyType;

  @Field(() => ID, { nullable: true, description: 'Whose it is; null for accounts of the book as a whole.' })
  partyId: string | null;

  @Field(() => ID, { nullable: true, description: 'The deal of an escrow.' })
  dealId: string | null;

  @Field(() => EscrowPurposeEnum, { nullable: true, description: 'What an escrow is for.' })
  purpose: EscrowPurpose | null;
}

@ObjectType('ClosedPeriod', {
  description: 'A period whose books take nothing more. It begins where the one closed before it ended.',
})
export class ClosedPeriodType {
  @Field(() => String, { description: 'A month, 2026-10, or the last day of the period, 2026-10-15.' })
  period: string;

  @Field(() => String, { description: 'Of the IANA database: where the month or the day ended.' })
  timeZone: string;

  @Field(() => GraphQLISODateTime, { description: 'The first instant after it.' })
  closedBefore: Date;

  @Field(() => GraphQLISODateTime)
  closedAt: Date;

  @Field(() => ID, { nullable: true, description: 'Null where an administrator did at the command line.' })
  closedById: string | null;
}

@ObjectType('Book', { description: "A brand's self-contained set of accounts." })
export class BookType {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  brandId: string;

  @Field(() => [AccountBalanceType])
  balances: AccountBalanceType[];

  @Field(() => [ClosedPeriodType], { description: 'Latest first.' })
  closedPeriods: ClosedPeriodType[];
}

@ObjectType('TrialBalanceLine')
export class TrialBalanceLineType {
  @Field(() => ID)
  bookId: string;

  @Field(() => AccountKindEnum)
  kind: AccountKind;

  @Field(() => AccountClassEnum)
  class: AccountClass;

  @Field(() => NormalSideEnum)
  normalSide: NormalSide;

  @Field(() => MoneyType)
  balance: MoneyType;
}

@ObjectType('TrialBalanceDifference')
export class TrialBalanceDifferenceType {
  @Field(() => ID)
  bookId: string;

  @Field(() => MoneyType, { description: 'Debit balances less credit balances: zero, or the books are broken.' })
  difference: MoneyType;
}

@ObjectType('TrialBalance')
export class TrialBalanceType {
  @Field(() => [TrialBalanceLineType])
  lines: TrialBalanceLineType[];

  @Field(() => [TrialBalanceDifferenceType], { description: 'One per book and currency.' })
  differences: TrialBalanceDifferenceType[];
}
