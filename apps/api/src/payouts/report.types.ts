import type { EarningKind } from '@evenhand/kernel';
import type { ShareRole, SourceType } from '@evenhand/ledger';
import type { NotPaidReason, WhoMustAct } from '@evenhand/payouts';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { EarningKindEnum, connectionOf, EarningSourceEnum, MoneyType, ShareRoleEnum } from '../graphql';
import { CurrencyConversionType } from '../sales/conversion.types';
import { NotPaidReasonEnum, WhoMustActEnum } from './payouts.enums';

@ObjectType('PayoutFigures', {
  description:
    'Sums in one currency. Gross and cuts stand with the influencer who earned them; net = share − reversed = held + available + in payout + paid.',
})
export class PayoutFiguresType {
  @Field(() => String)
  currency: string;

  @Field(() => MoneyType, {
    description: 'What was split; on the rows of influencers alone, so that totals count it once.',
  })
  gross: MoneyType;

  @Field(() => MoneyType)
  grossReversed: MoneyType;

  @Field(() => MoneyType, { description: 'What the platform took of that gross, before refunds.' })
  platformCut: MoneyType;

  @Field(() => MoneyType)
  platformCutReversed: MoneyType;

  @Field(() => MoneyType, { description: 'What agencies took of that gross, before refunds.' })
  agencyCut: MoneyType;

  @Field(() => MoneyType)
  agencyCutReversed: MoneyType;

  @Field(() => MoneyType, { description: "The payee's share before refunds." })
  share: MoneyType;

  @Field(() => MoneyType)
  shareReversed: MoneyType;

  @Field(() => MoneyType, { description: 'The share that is left after refunds.' })
  net: MoneyType;

  @Field(() => MoneyType, { description: 'Of net: waits for its release date, or is frozen.' })
  held: MoneyType;

  @Field(() => MoneyType, { description: 'Below zero where refunds came after the payout.' })
  available: MoneyType;

  @Field(() => MoneyType, { description: 'In a payout that is planned or at the bank.' })
  inPayout: MoneyType;

  @Field(() => MoneyType, { description: 'The part of inPayout that is at the bank.' })
  inTransit: MoneyType;

  @Field(() => MoneyType, { description: 'Of net: has reached the payee.' })
  paid: MoneyType;

  @Field(() => Int)
  shares: number;
}

@ObjectType('PayoutReportParty')
export class PayoutReportPartyType {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  name: string;
}

@ObjectType('PayoutReportCut', { description: 'What one party took of the gross of a row.' })
export class PayoutReportCutType {
  @Field(() => ShareRoleEnum)
  role: ShareRole;

  @Field(() => PayoutReportPartyType)
  party: PayoutReportPartyType;

  @Field(() => MoneyType)
  amount: MoneyType;

  @Field(() => MoneyType)
  reversed: MoneyType;

  @Field(() => MoneyType)
  net: MoneyType;
}

@ObjectType('PayoutReportRow', { description: 'Keys that were not asked for are null.' })
export class PayoutReportRowType {
  @Field(() => PayoutReportPartyType, { nullable: true })
  payee: PayoutReportPartyType | null;

  @Field(() => String, { nullable: true, description: 'YYYY-MM or YYYY-MM-DD in the zone of the report.' })
  period: string | null;

  @Field(() => PayoutReportPartyType, { nullable: true })
  brand: PayoutReportPartyType | null;

  @Field(() => ID, { nullable: true })
  campaignId: string | null;

  @Field(() => [PayoutReportPartyType], { nullable: true, description: 'The agencies of the chain, outermost first.' })
  agencies: PayoutReportPartyType[] | null;

  @Field(() => PayoutFiguresType)
  figures: PayoutFiguresType;

  @Field(() => [PayoutReportCutType])
  cuts: PayoutReportCutType[];
}

@ObjectType()
export class PayoutReportConnection extends connectionOf(PayoutReportRowType, 'PayoutReportRow') {
  @Field(() => [PayoutFiguresType], { description: 'Per currency over all filtered rows.' })
  totals: PayoutFiguresType[];

  @Field(() => String)
  timeZone: string;
}

@ObjectType('NotPaidPart', { description: 'A part of a share that is not paid, and on whom it depends.' })
export class NotPaidPartType {
  @Field(() => NotPaidReasonEnum)
  reason: NotPaidReason;

  @Field(() => String)
  rule: string;

  @Field(() => WhoMustActEnum)
  whoMustAct: WhoMustAct;

  @Field(() => MoneyType)
  amount: MoneyType;

  @Field(() => GraphQLISODateTime, { nullable: true })
  expectedAt: Date | null;

  @Field(() => Int, { nullable: true, description: 'The batch it is in.' })
  batchNumber: number | null;
}

@ObjectType('SharePayout', { description: "What became of a share's money." })
export class SharePayoutType {
  @Field(() => MoneyType)
  held: MoneyType;

  @Field(() => MoneyType)
  available: MoneyType;

  @Field(() => MoneyType)
  inPayout: MoneyType;

  @Field(() => MoneyType)
  paid: MoneyType;

  @Field(() => [NotPaidPartType])
  notPaidBecause: NotPaidPartType[];
}

@ObjectType('EarningShare', { description: 'Who took what of an earning.' })
export class EarningShareType {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  partyId: string;

  @Field(() => String)
  partyName: string;

  @Field(() => ShareRoleEnum)
  role: ShareRole;

  @Field(() => String, { description: 'Exact rational of the gross, e.g. "3/8".' })
  share: string;

  @Field(() => MoneyType)
  amount: MoneyType;

  @Field(() => MoneyType)
  reversed: MoneyType;

  @Field(() => MoneyType)
  net: MoneyType;

  @Field(() => SharePayoutType, { nullable: true, description: 'Null where the payee is none of yours.' })
  payout: SharePayoutType | null;
}

@ObjectType('Earning', { description: 'A gross amount and the whole chain of shares it was split into.' })
export class EarningType {
  @Field(() => ID)
  id: string;

  @Field(() => EarningKindEnum)
  kind: EarningKind;

  @Field(() => EarningSourceEnum)
  sourceType: SourceType;

  @Field(() => ID)
  sourceId: string;

  @Field(() => String, { nullable: true, description: 'The order of the shop; null for a deliverable.' })
  orderNumber: string | null;

  @Field(() => MoneyType, { nullable: true, description: 'The base of the order in its own currency.' })
  orderBase: MoneyType | null;

  @Field(() => CurrencyConversionType, { nullable: true, description: 'Null where the order is in this currency.' })
  conversion: CurrencyConversionType | null;

  @Field(() => ID, { description: 'The transaction that booked it.' })
  transactionId: string;

  @Field(() => ID)
  brandId: string;

  @Field(() => String)
  brandName: string;

  @Field(() => ID)
  influencerId: string;

  @Field(() => String)
  influencerName: string;

  @Field(() => ID)
  campaignId: string;

  @Field(() => ID)
  dealId: string;

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

  @Field(() => String, { description: 'Version of the rule that split it.' })
  ruleVersion: string;

  @Field(() => GraphQLISODateTime)
  earnedAt: Date;

  @Field(() => GraphQLISODateTime, { description: 'When the ledger wrote it.' })
  recordedAt: Date;

  @Field(() => [EarningShareType])
  shares: EarningShareType[];
}

@ObjectType('EarningTotal')
export class EarningTotalType {
  @Field(() => MoneyType)
  gross: MoneyType;

  @Field(() => MoneyType)
  grossReversed: MoneyType;
}

@ObjectType()
export class EarningConnection extends connectionOf(EarningType, 'Earning') {
  @Field(() => [EarningTotalType])
  totals: EarningTotalType[];
}

@ObjectType('PayoutReportShare', { description: 'One share behind a figure of the report.' })
export class PayoutReportShareType extends EarningShareType {
  @Field(() => ID)
  earningId: string;

  @Field(() => EarningKindEnum)
  kind: EarningKind;

  @Field(() => EarningSourceEnum)
  sourceType: SourceType;

  @Field(() => ID)
  sourceId: string;

  @Field(() => String, { nullable: true, description: 'The order of the shop; null for a deliverable.' })
  orderNumber: string | null;

  @Field(() => MoneyType, { nullable: true, description: 'The base of the order in its own currency.' })
  orderBase: MoneyType | null;

  @Field(() => CurrencyConversionType, { nullable: true, description: 'Null where the order is in this currency.' })
  conversion: CurrencyConversionType | null;

  @Field(() => ID)
  brandId: string;

  @Field(() => ID)
  campaignId: string;

  @Field(() => ID)
  dealId: string;

  @Field(() => MoneyType)
  gross: MoneyType;

  @Field(() => GraphQLISODateTime)
  earnedAt: Date;
}

@ObjectType('ReportShareTotal')
export class ReportShareTotalType {
  @Field(() => MoneyType)
  amount: MoneyType;

  @Field(() => MoneyType)
  net: MoneyType;
}

@ObjectType()
export class PayoutReportShareConnection extends connectionOf(PayoutReportShareType, 'PayoutReportShare') {
  @Field(() => [ReportShareTotalType])
  totals: ReportShareTotalType[];
}
