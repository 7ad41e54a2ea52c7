import type { AttributionBasis, RefundReason, SaleReview, SaleStatus } from '@evenhand/sales';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { CommissionKindEnum } from '../deals/deal.enums';
import { connectionOf, MoneyType } from '../graphql';
import { CurrencyConversionType } from './conversion.types';
import {
  AttributionBasisEnum,
  RefundOutcomeEnum,
  RefundReasonEnum,
  SaleOutcomeEnum,
  SaleReviewEnum,
  SaleStatusEnum,
} from './sales.enums';
import { SaleAttributionType } from './tracking.types';

@ObjectType('Sale', {
  description: 'An order, or the lines of it, that a deal earned. Nothing tells who the customer is.',
})
export class SaleType {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  brandId: string;

  @Field(() => ID)
  dealId: string;

  @Field(() => ID)
  campaignId: string;

  @Field(() => ID)
  influencerId: string;

  @Field(() => CommissionKindEnum)
  kind: string;

  @Field(() => String)
  source: string;

  @Field(() => String)
  externalId: string;

  @Field(() => String)
  orderNumber: string;

  @Field(() => AttributionBasisEnum)
  attributedBy: AttributionBasis;

  @Field(() => String, { description: 'The code or the slug of the link that decided.' })
  attributedValue: string;

  @Field(() => SaleAttributionType)
  attribution: SaleAttributionType;

  @Field(() => String, { description: 'The decision in words, and how the commission came about.' })
  decision: string;

  @Field(() => SaleStatusEnum)
  status: SaleStatus;

  @Field(() => SaleReviewEnum, {
    nullable: true,
    description: 'HELD: nothing of its commission is released before a person has looked at it. Null: it never was.',
  })
  review: SaleReview | null;

  @Field(() => MoneyType, { description: 'The commission base in the order’s own currency.' })
  orderBase: MoneyType;

  @Field(() => MoneyType, { description: 'What of it was refunded.' })
  orderRefundedBase: MoneyType;

  @Field(() => CurrencyConversionType, {
    nullable: true,
    description: 'Null where the order is in the deal’s currency.',
  })
  conversion: CurrencyConversionType | null;

  @Field(() => MoneyType, { description: 'What the commission was computed on, in the deal’s currency.' })
  base: MoneyType;

  @Field(() => MoneyType)
  refundedBase: MoneyType;

  @Field(() => MoneyType, { description: 'Gross commission as recorded, before refunds.' })
  commission: MoneyType;

  @Field(() => MoneyType, { description: 'What refunds took back of it.' })
  commissionReversed: MoneyType;

  @Field(() => GraphQLISODateTime)
  occurredAt: Date;

  @Field(() => GraphQLISODateTime)
  recordedAt: Date;

  @Field(() => GraphQLISODateTime, { description: 'When its commission leaves the hold.' })
  releaseAt: Date;
}

@ObjectType('SaleTotals', {
  description: 'Over all filtered rows whose deals are in one currency, whatever their orders are in.',
})
export class SaleTotalsType {
  @Field(() => String)
  currency: string;

  @Field(() => Int)
  count: number;

  @Field(() => MoneyType)
  base: MoneyType;

  @Field(() => MoneyType)
  refundedBase: MoneyType;

  @Field(() => MoneyType)
  commission: MoneyType;

  @Field(() => MoneyType)
  commissionReversed: MoneyType;
}

@ObjectType()
export class SaleConnection extends connectionOf(SaleType, 'Sale') {
  @Field(() => [SaleTotalsType])
  totals: SaleTotalsType[];
}

@ObjectType('Refund')
export class RefundType {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  saleId: string;

  @Field(() => ID)
  dealId: string;

  @Field(() => String)
  source: string;

  @Field(() => String)
  externalId: string;

  @Field(() => RefundReasonEnum, { description: 'RISK: taken back by a person’s decision, not by the shop.' })
  reason: RefundReason;

  @Field(() => MoneyType, { description: 'Part of the order’s commission base that was taken back.' })
  orderBase: MoneyType;

  @Field(() => MoneyType, { description: 'The same part of the base in the deal’s currency.' })
  base: MoneyType;

  @Field(() => MoneyType)
  commissionReversed: MoneyType;

  @Field(() => GraphQLISODateTime)
  occurredAt: Date;

  @Field(() => GraphQLISODateTime)
  recordedAt: Date;
}

@ObjectType()
export class RefundConnection extends connectionOf(RefundType, 'Refund') {}

@ObjectType('IntakeReason')
export class IntakeReasonType {
  @Field(() => String)
  code: string;

  @Field(() => String)
  message: string;
}

@ObjectType('RecordedSale')
export class RecordedSaleType {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  dealId: string;

  @Field(() => ID)
  campaignId: string;

  @Field(() => ID)
  influencerId: string;

  @Field(() => CommissionKindEnum)
  kind: string;

  @Field(() => AttributionBasisEnum)
  attributedBy: AttributionBasis;

  @Field(() => MoneyType)
  orderBase: MoneyType;

  @Field(() => CurrencyConversionType, {
    nullable: true,
    description: 'Null where the order is in the deal’s currency.',
  })
  conversion: CurrencyConversionType | null;

  @Field(() => MoneyType, { description: 'In the deal’s currency.' })
  base: MoneyType;

  @Field(() => MoneyType)
  commission: MoneyType;

  @Field(() => GraphQLISODateTime)
  releaseAt: Date;
}

@ObjectType('SaleEventResult', { description: 'What became of one event; a duplicate tells what the first became.' })
export class SaleEventResultType {
  @Field(() => String)
  source: string;

  @Field(() => String)
  externalId: string;

  @Field(() => SaleOutcomeEnum)
  outcome: string;

  @Field(() => SaleOutcomeEnum, { nullable: true })
  firstOutcome: string | null;

  @Field(() => [RecordedSaleType], {
    description: 'Empty where nothing is recorded; several where different deals earned lines of the order.',
  })
  sales: RecordedSaleType[];

  @Field(() => IntakeReasonType, {
    nullable: true,
    description: 'Why it is not recorded; of a recorded order, which lines of it no deal earned and why.',
  })
  reason: IntakeReasonType | null;
}

@ObjectType()
export class RecordSalesSuccess {
  @Field(() => [SaleEventResultType], { description: 'One per event, in their order.' })
  results: SaleEventResultType[];
}

@ObjectType('RecordedRefund')
export class RecordedRefundType {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  saleId: string;

  @Field(() => MoneyType)
  orderBase: MoneyType;

  @Field(() => MoneyType, { description: 'In the deal’s currency.' })
  base: MoneyType;

  @Field(() => MoneyType)
  commissionReversed: MoneyType;
}

@ObjectType('RefundEventResult', { description: 'What became of one event; a duplicate tells what the first became.' })
export class RefundEventResultType {
  @Field(() => String)
  source: string;

  @Field(() => String)
  externalId: string;

  @Field(() => RefundOutcomeEnum)
  outcome: string;

  @Field(() => RefundOutcomeEnum, { nullable: true })
  firstOutcome: string | null;

  @Field(() => [RecordedRefundType], { description: 'One for each sale of the order that it takes something back of.' })
  refunds: RecordedRefundType[];

  @Field(() => IntakeReasonType, { nullable: true })
  reason: IntakeReasonType | null;
}

@ObjectType()
export class RecordRefundsSuccess {
  @Field(() => [RefundEventResultType], { description: 'One per event, in their order.' })
  results: RefundEventResultType[];
}
