import type { AccountKind, EscrowPurpose, TransactionKind } from '@evenhand/ledger';
import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import { connectionOf, MoneyType } from '../graphql';
import { AccountKindEnum, EscrowPurposeEnum, TransactionKindEnum } from './ledger.enums';

@ObjectType('PostingSide', { description: 'What a posting did to one of its two accounts.' })
export class PostingSideType {
  @Field(() => ID)
  accountId: string;

  @Field(() => AccountKindEnum, { nullable: true, description: "Null where the account is not the viewer's to know." })
  kind: AccountKind | null;

  @Field(() => ID, { nullable: true })
  partyId: string | null;

  @Field(() => ID, { nullable: true })
  dealId: string | null;

  @Field(() => EscrowPurposeEnum, { nullable: true })
  purpose: EscrowPurpose | null;

  @Field(() => MoneyType, { nullable: true, description: 'The balance it left.' })
  balance: MoneyType | null;
}

@ObjectType('Posting', {
  description: 'One movement from the debited to the credited account; never changed afterwards.',
})
export class PostingType {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  transactionId: string;

  @Field(() => TransactionKindEnum)
  kind: TransactionKind;

  @Field(() => String, { nullable: true, description: "The bank's or another outside reference." })
  reference: string | null;

  @Field(() => PostingSideType)
  debit: PostingSideType;

  @Field(() => PostingSideType)
  credit: PostingSideType;

  @Field(() => MoneyType, {
    description: "Of the posting; where those of a share or an earning were asked for, that share's part of it.",
  })
  amount: MoneyType;

  @Field(() => MoneyType, {
    nullable: true,
    description:
      "The whole posting's amount, where `amount` is a share's part of it: a release moves all of a payee's.",
  })
  partOf: MoneyType | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Null also where the posting moves many shares: `earnings` filtered by its transaction has them.',
  })
  shareId: string | null;

  @Field(() => ID, { nullable: true })
  earningId: string | null;

  @Field(() => GraphQLISODateTime, { description: 'When it happened.' })
  effectiveAt: Date;

  @Field(() => GraphQLISODateTime, { description: 'When the ledger wrote it.' })
  recordedAt: Date;
}

@ObjectType()
export class PostingConnection extends connectionOf(PostingType, 'Posting') {}
