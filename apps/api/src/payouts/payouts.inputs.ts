import { EARNING_KINDS, type EarningKind } from '@evenhand/kernel';
import { SHARE_ROLES, type ShareRole } from '@evenhand/ledger';
import { Field, GraphQLISODateTime, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsDate, IsIn, IsOptional, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import { EarningKindEnum, IdField, MoneyInput, ShareRoleEnum, Text } from '../graphql';

const ALL_MUST_HOLD = 'All given fields must hold. Days are local to the zone, half-open [from, to).';
const LOCAL_DAY = /^\d{4}-\d{2}-\d{2}$/;

@InputType()
export class PreparePayoutBatchInput {
  @Field(() => GraphQLISODateTime, { description: 'What became available up to here is paid; not in the future.' })
  @IsDate()
  cutOff: Date;

  @Field(() => String, { description: 'IANA zone in which the cut-off is read, e.g. Europe/Paris.' })
  @Text({ max: 64 })
  timeZone: string;

  @Field(() => [String], { nullable: true, description: 'Leave out for every currency.' })
  @IsOptional()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @MaxLength(3, { each: true })
  currencies?: string[] | null;

  @Field(() => [MoneyInput], { nullable: true, description: 'Least amount of an item, one per currency.' })
  @IsOptional()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => MoneyInput)
  minimums?: MoneyInput[] | null;

  @Field(() => String)
  @Text({ max: 200 })
  idempotencyKey: string;
}

@InputType({ isAbstract: true })
abstract class BatchInput {
  @IdField()
  batchId: string;
}

@InputType({ isAbstract: true })
abstract class ItemInput {
  @IdField()
  itemId: string;
}

@InputType()
export class SubmitPayoutBatchInput extends BatchInput {}

@InputType()
export class ReopenPayoutBatchInput extends BatchInput {}

@InputType()
export class ExportPayoutBatchInput extends BatchInput {}

@InputType()
export class ApprovePayoutBatchInput extends BatchInput {
  @Field(() => String, { description: 'contentHash of the batch you looked at.' })
  @IsString()
  @Matches(/^[0-9a-f]{64}$/)
  contentHash: string;
}

@InputType()
export class RejectPayoutBatchInput extends BatchInput {
  @Field(() => String)
  @Text({ max: 500 })
  reason: string;
}

@InputType()
export class CancelPayoutBatchInput extends RejectPayoutBatchInput {}

@InputType()
export class ExcludePayoutItemInput extends ItemInput {
  @Field(() => String)
  @Text({ max: 500 })
  reason: string;
}

@InputType()
export class MarkPayoutItemPaidInput extends ItemInput {
  @Field(() => String)
  @Text({ max: 140 })
  bankReference: string;

  @Field(() => GraphQLISODateTime)
  @IsDate()
  paidAt: Date;

  @Field(() => String)
  @Text({ max: 200 })
  idempotencyKey: string;
}

@InputType()
export class MarkPayoutItemRejectedInput extends ItemInput {
  @Field(() => String, { description: 'What the bank said.' })
  @Text({ max: 500 })
  reason: string;

  @Field(() => String)
  @Text({ max: 200 })
  idempotencyKey: string;
}

@InputType()
export class MarkPayoutItemUnknownInput extends MarkPayoutItemRejectedInput {}

@InputType({ isAbstract: true })
export abstract class EarnedFilterInput {
  @Field(() => String, { defaultValue: 'UTC', description: 'IANA zone of the days.' })
  @Text({ max: 64 })
  timeZone: string = 'UTC';

  @Field(() => String, { nullable: true, description: 'First day, YYYY-MM-DD.' })
  @IsOptional()
  @Matches(LOCAL_DAY)
  from?: string | null;

  @Field(() => String, { nullable: true, description: 'First day that is not included, YYYY-MM-DD.' })
  @IsOptional()
  @Matches(LOCAL_DAY)
  to?: string | null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @IsString()
  @Matches(/^[A-Z]{3}$/)
  currency?: string | null;

  @IdField({ nullable: true })
  influencerId?: string | null;

  @IdField({ nullable: true })
  brandId?: string | null;

  @IdField({ nullable: true })
  campaignId?: string | null;

  @IdField({ nullable: true })
  dealId?: string | null;

  @Field(() => EarningKindEnum, { nullable: true })
  @IsOptional()
  @IsIn(EARNING_KINDS)
  kind?: EarningKind | null;
}

@InputType({ description: ALL_MUST_HOLD })
export class EarningsFilterInput extends EarnedFilterInput {
  @IdField({ nullable: true })
  saleId?: string | null;

  @IdField({ nullable: true })
  deliverableId?: string | null;

  @IdField({
    nullable: true,
    description: 'Recorded or taken back from by this transaction, or with shares that it released.',
  })
  transactionId?: string | null;
}

@InputType({ description: ALL_MUST_HOLD })
export class PayoutReportFilterInput extends EarnedFilterInput {
  @IdField({ nullable: true })
  payeeId?: string | null;

  @IdField({ nullable: true, description: 'An agency anywhere in the chain of cuts.' })
  agencyId?: string | null;

  @Field(() => [ShareRoleEnum], { nullable: true, description: 'Influencers and agencies where left out.' })
  @IsOptional()
  @ArrayMaxSize(SHARE_ROLES.length)
  @IsIn(SHARE_ROLES, { each: true })
  roles?: ShareRole[] | null;
}
