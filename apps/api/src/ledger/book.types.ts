import type { AccountClass, AccountKind, EscrowPurpose, NormalSide } from '@evenhand/ledger';
import { Field, ID, ObjectType } from '@nestjs/graphql';
import { MoneyType } from '../graphql';
import { AccountClassEnum, AccountKindEnum, EscrowPurposeEnum, NormalSideEnum } from './ledger.enums';

@ObjectType('AccountBalance', { description: 'One account of a book and its balance now.' })
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

@ObjectType('Book', { description: "A brand's self-contained set of accounts." })
export class BookType {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  brandId: string;

  @Field(() => [AccountBalanceType])
  balances: AccountBalanceType[];
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
