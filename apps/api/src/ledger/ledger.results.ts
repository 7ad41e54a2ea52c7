import { IdempotencyConflict, UnknownTimeZone } from '@evenhand/kernel';
import { BookNotOpen, PeriodAlreadyClosed, PeriodClosed, PeriodNotOver } from '@evenhand/ledger';
import { Field, ID, ObjectType } from '@nestjs/graphql';
import { MoneyType, resultUnion } from '../graphql';
import { ClosedPeriodType } from './book.types';

@ObjectType('BankCredit', { description: "A brand's money that arrived at the bank, as recorded." })
export class BankCreditType {
  @Field(() => ID)
  transactionId: string;

  @Field(() => MoneyType, { description: "The brand's balance as the credit left it." })
  brandBalance: MoneyType;
}

@ObjectType('BrandPayment', { description: 'A payment of what a brand owed for commissions, as recorded.' })
export class BrandPaymentType {
  @Field(() => ID)
  transactionId: string;

  @Field(() => MoneyType, { description: 'What the brand still owes; below zero where it paid too much.' })
  brandReceivable: MoneyType;
}

const ERRORS = [BookNotOpen, IdempotencyConflict, PeriodClosed] as const;

export const RecordBankCreditResult = resultUnion('RecordBankCreditResult', () => BankCreditType, ERRORS);
export const RecordBrandPaymentResult = resultUnion('RecordBrandPaymentResult', () => BrandPaymentType, ERRORS);
export const ClosePeriodResult = resultUnion('ClosePeriodResult', () => ClosedPeriodType, [
  PeriodNotOver,
  PeriodAlreadyClosed,
  UnknownTimeZone,
  BookNotOpen,
]);
