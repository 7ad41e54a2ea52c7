import type { CompensationKind } from '@evenhand/kernel';
import type { ShareRole, SourceType } from '@evenhand/ledger';
import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import { CompensationKindEnum, connectionOf, EarningSourceEnum, MoneyType, ShareRoleEnum } from '../graphql';
import { ShareStateEnum } from './ledger.enums';

@ObjectType('LedgerShare', { description: "One party's part of an earning, as recorded." })
export class LedgerShareType {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  partyId: string;

  @Field(() => ShareRoleEnum)
  role: ShareRole;

  @Field(() => String, { description: 'Exact share of the gross: "3/8", "1", "0".' })
  share: string;

  @Field(() => MoneyType)
  amount: MoneyType;

  @Field(() => MoneyType, { description: 'What refunds have taken back of it.' })
  reversed: MoneyType;

  @Field(() => ShareStateEnum)
  state: 'held' | 'released';

  @Field(() => GraphQLISODateTime, { nullable: true })
  releaseAt: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  releasedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'What stops its release or payout now.' })
  frozenReason: string | null;
}

@ObjectType('LedgerEarning', { description: 'A milestone or a sale, split once and for all.' })
export class LedgerEarningType {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  transactionId: string;

  @Field(() => ID)
  brandId: string;

  @Field(() => CompensationKindEnum)
  kind: CompensationKind;

  @Field(() => EarningSourceEnum)
  sourceType: SourceType;

  @Field(() => ID)
  sourceId: string;

  @Field(() => ID)
  dealId: string;

  @Field(() => ID)
  campaignId: string;

  @Field(() => ID)
  influencerId: string;

  @Field(() => MoneyType, { description: 'What the gross was computed from.' })
  base: MoneyType;

  @Field(() => MoneyType)
  baseReversed: MoneyType;

  @Field(() => MoneyType)
  gross: MoneyType;

  @Field(() => MoneyType)
  grossReversed: MoneyType;

  @Field(() => MoneyType, { description: 'The part of the gross that escrow paid; the brand owes the rest.' })
  fromEscrow: MoneyType;

  @Field(() => String)
  ruleVersion: string;

  @Field(() => GraphQLISODateTime)
  earnedAt: Date;

  @Field(() => GraphQLISODateTime)
  recordedAt: Date;

  @Field(() => [LedgerShareType], { description: 'The chain as far as the viewer may see it, in its order.' })
  shares: LedgerShareType[];
}

@ObjectType('LedgerEarningTotal')
export class LedgerEarningTotalType {
  @Field(() => MoneyType)
  gross: MoneyType;

  @Field(() => MoneyType)
  grossReversed: MoneyType;
}

@ObjectType()
export class LedgerEarningConnection extends connectionOf(LedgerEarningType, 'LedgerEarning') {
  @Field(() => [LedgerEarningTotalType], { description: 'Per currency over all filtered rows.' })
  totals: LedgerEarningTotalType[];
}
