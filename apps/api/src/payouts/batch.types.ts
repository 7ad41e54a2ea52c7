import type { SourceType } from '@evenhand/ledger';
import type { BatchState, ItemState, NotPaidReason, WhoMustAct } from '@evenhand/payouts';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf, EarningSourceEnum, MoneyType } from '../graphql';
import { CurrencyConversionType } from '../sales/conversion.types';
import { NotPaidReasonEnum, PayoutBatchStateEnum, PayoutItemStateEnum, WhoMustActEnum } from './payouts.enums';

@ObjectType('PayoutBatchTotal', { description: 'What a batch holds in one currency.' })
export class PayoutBatchTotalType {
  @Field(() => Int, { description: 'Items that pay or have paid.' })
  items: number;

  @Field(() => MoneyType)
  amount: MoneyType;

  @Field(() => MoneyType)
  paid: MoneyType;

  @Field(() => MoneyType, { description: 'Excluded, cancelled, held back or rejected.' })
  dropped: MoneyType;
}

@ObjectType('PayoutBatch', { description: 'A reviewed set of transfers: one item per payee and currency.' })
export class PayoutBatchType {
  @Field(() => ID)
  id: string;

  @Field(() => Int, { description: 'Counts up over all batches.' })
  number: number;

  @Field(() => PayoutBatchStateEnum)
  state: BatchState;

  @Field(() => GraphQLISODateTime)
  cutOff: Date;

  @Field(() => String, { description: 'IANA zone in which the cut-off is read.' })
  timeZone: string;

  @Field(() => [String], { nullable: true, description: 'Null where the batch covers every currency.' })
  currencies: string[] | null;

  @Field(() => [MoneyType])
  minimums: MoneyType[];

  @Field(() => ID, { nullable: true, description: 'Null where a job prepared it.' })
  preparedBy: string | null;

  @Field(() => GraphQLISODateTime)
  preparedAt: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  submittedAt: Date | null;

  @Field(() => ID, { nullable: true })
  approvedBy: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  approvedAt: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  approvalExpiresAt: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  exportedAt: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  settledAt: Date | null;

  @Field(() => ID, { nullable: true, description: 'Who rejected or cancelled it.' })
  closedBy: string | null;

  @Field(() => String, { nullable: true })
  closeReason: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'sha256 of what it would pay now: what an approver sends back. Null in lists.',
  })
  contentHash: string | null;

  @Field(() => [PayoutBatchTotalType])
  totals: PayoutBatchTotalType[];
}

@ObjectType()
export class PayoutBatchConnection extends connectionOf(PayoutBatchType, 'PayoutBatch') {
  @Field(() => [MoneyType], { description: 'Live items of all filtered batches, per currency.' })
  totals: MoneyType[];
}

@ObjectType('PayoutItem', { description: 'One transfer to one payee in one currency.' })
export class PayoutItemType {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  batchId: string;

  @Field(() => Int, { nullable: true })
  batchNumber: number | null;

  @Field(() => Int)
  ordinal: number;

  @Field(() => ID)
  payeeId: string;

  @Field(() => String)
  payeeName: string;

  @Field(() => MoneyType)
  amount: MoneyType;

  @Field(() => String, { description: 'The id under which the bank knows it; never changes.' })
  endToEndId: string;

  @Field(() => PayoutItemStateEnum)
  state: ItemState;

  @Field(() => String, { nullable: true })
  stateReason: string | null;

  @Field(() => GraphQLISODateTime)
  stateSince: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  paidAt: Date | null;

  @Field(() => String, { nullable: true })
  bankReference: string | null;

  @Field(() => Int, { description: 'Postings it pays.' })
  lineCount: number;
}

@ObjectType()
export class PayoutItemConnection extends connectionOf(PayoutItemType, 'PayoutItem') {
  @Field(() => [MoneyType])
  totals: MoneyType[];
}

@ObjectType('PayoutLine', { description: 'A posting that an item pays, with the earning and the source behind it.' })
export class PayoutLineType {
  @Field(() => ID)
  postingId: string;

  @Field(() => ID)
  earningId: string;

  @Field(() => ID)
  shareId: string;

  @Field(() => MoneyType, { description: 'Below zero where the posting took money back.' })
  amount: MoneyType;

  @Field(() => ID)
  brandId: string;

  @Field(() => ID)
  campaignId: string;

  @Field(() => ID)
  dealId: string;

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

  @Field(() => GraphQLISODateTime)
  earnedAt: Date;

  @Field(() => GraphQLISODateTime)
  recordedAt: Date;
}

@ObjectType()
export class PayoutLineConnection extends connectionOf(PayoutLineType, 'PayoutLine') {
  @Field(() => [MoneyType])
  totals: MoneyType[];
}

@ObjectType('PayoutExclusion', { description: 'Money that a batch does not pay, and why.' })
export class PayoutExclusionType {
  @Field(() => ID)
  payeeId: string;

  @Field(() => String)
  payeeName: string;

  @Field(() => ID, { nullable: true })
  brandId: string | null;

  @Field(() => NotPaidReasonEnum)
  reason: NotPaidReason;

  @Field(() => String)
  rule: string;

  @Field(() => WhoMustActEnum)
  whoMustAct: WhoMustAct;

  @Field(() => MoneyType)
  amount: MoneyType;

  @Field(() => Int, { description: 'Shares or postings behind the amount.' })
  entries: number;

  @Field(() => GraphQLISODateTime, { nullable: true })
  expectedFrom: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  expectedUntil: Date | null;
}

@ObjectType()
export class PayoutExclusionConnection extends connectionOf(PayoutExclusionType, 'PayoutExclusion') {
  @Field(() => [MoneyType])
  totals: MoneyType[];
}

@ObjectType('PayoutBatchExport')
export class PayoutBatchExportType {
  @Field(() => PayoutBatchType)
  batch: PayoutBatchType;

  @Field(() => String)
  fileName: string;

  @Field(() => String, { description: 'The file for the bank, the same bytes at every export.' })
  csv: string;

  @Field(() => Boolean, { description: 'True where it had been exported before; nothing was sent again.' })
  isRepeated: boolean;
}
