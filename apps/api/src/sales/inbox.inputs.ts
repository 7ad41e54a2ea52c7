import { type AssignedDeal, type IntakeProblemFilter, MAX_PROBLEMS } from '@evenhand/sales';
import { ArgsType, Field, GraphQLISODateTime, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDate,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { CommissionKindEnum } from '../deals/deal.enums';
import { fromGlobalId, IdField, MoneyInput, PageArgs, Text, Texts } from '../graphql';
import { PeriodInput } from './period.input';
import { IntakeKindEnum, IntakeProblemStateEnum, IntakeViaEnum, ProblemStatusEnum } from './sales.enums';
import { RefundLineInput, SaleLineInput } from './sales.inputs';

const MAX_TEXT = 200;
const MAX_VALUE = 1_000;
const MAX_NOTE = 1_000;
const MAX_LINES = 500;
const MAX_ID = 100;
const MAX_CURSOR = 1_000;

@InputType({ description: 'All given fields must hold; the period is half-open [from, to) over when it came.' })
export class IntakeProblemFilterInput extends PeriodInput {
  @IdField()
  brandId: string;

  @Field(() => ProblemStatusEnum, { nullable: true, description: 'Open ones where left out.' })
  @IsOptional()
  @IsIn(Object.values(ProblemStatusEnum))
  status: 'open' | 'mended' | 'dismissed' | null = null;

  @Field(() => IntakeProblemStateEnum, { nullable: true })
  @IsOptional()
  @IsIn(Object.values(IntakeProblemStateEnum))
  state: NonNullable<IntakeProblemFilter['state']> | null = null;

  @Field(() => IntakeKindEnum, { nullable: true })
  @IsOptional()
  @IsIn(Object.values(IntakeKindEnum))
  kind: 'sale' | 'refund' | null = null;

  @Field(() => IntakeViaEnum, { nullable: true })
  @IsOptional()
  @IsIn(Object.values(IntakeViaEnum))
  via: 'api' | 'file' | 'webhook' | null = null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ max: MAX_TEXT })
  source: string | null = null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ max: MAX_TEXT })
  reasonCode: string | null = null;

  @IdField({ nullable: true })
  importId: string | null = null;
}

@ArgsType()
export class IntakeProblemsArgs extends PageArgs {
  @Field(() => IntakeProblemFilterInput)
  @ValidateNested()
  @Type(() => IntakeProblemFilterInput)
  filter: IntakeProblemFilterInput;
}

@InputType({ description: 'What is left out stays as it came.' })
export class SaleCorrectionInput {
  @Field(() => String, { nullable: true, description: 'Tried before the codes that came.' })
  @IsOptional()
  @Text({ max: MAX_TEXT })
  code: string | null = null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ max: MAX_TEXT })
  linkSlug: string | null = null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @IsOptional()
  @IsDate()
  clickedAt: Date | null = null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ max: MAX_TEXT })
  orderNumber: string | null = null;

  @Field(() => [SaleLineInput], { nullable: true, description: 'Instead of the amounts that came.' })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LINES)
  @ValidateNested({ each: true })
  @Type(() => SaleLineInput)
  lines: SaleLineInput[] | null = null;

  @Field(() => MoneyInput, { nullable: true, description: 'The commission base, instead of the amounts that came.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => MoneyInput)
  base: MoneyInput | null = null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @IsOptional()
  @IsDate()
  occurredAt: Date | null = null;
}

@InputType({ description: 'The deal that an order belongs to; it counts by the code the deal has for this kind.' })
export class AssignedDealInput {
  @IdField()
  dealId: string;

  @Field(() => CommissionKindEnum)
  @IsIn(Object.values(CommissionKindEnum))
  kind: AssignedDeal['kind'];
}

@InputType({ description: 'What is left out stays as it came; amount, lines and full stand together for what came.' })
export class RefundCorrectionInput {
  @Field(() => String, { nullable: true, description: '`externalId` of the order.' })
  @IsOptional()
  @Text({ max: MAX_TEXT })
  saleExternalId: string | null = null;

  @Field(() => Boolean, { nullable: true })
  @IsOptional()
  @IsBoolean()
  full: boolean | null = null;

  @Field(() => [RefundLineInput], { nullable: true })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_LINES)
  @ValidateNested({ each: true })
  @Type(() => RefundLineInput)
  lines: RefundLineInput[] | null = null;

  @Field(() => MoneyInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => MoneyInput)
  amount: MoneyInput | null = null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @IsOptional()
  @IsDate()
  occurredAt: Date | null = null;
}

@InputType()
export class RowCorrectionInput {
  @Field(() => Int)
  @IsInt()
  line: number;

  @Field(() => String, { description: 'The file’s name of the column.' })
  @Text({ max: MAX_TEXT })
  column: string;

  @Field(() => String)
  @Text({ min: 0, max: MAX_VALUE })
  value: string;
}

@InputType({ description: 'Corrects a sale (or gives it a deal), a refund, or rows of a file, as fits the problem.' })
export class MendIntakeProblemInput {
  @IdField()
  brandId: string;

  @IdField()
  problemId: string;

  @Field(() => SaleCorrectionInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => SaleCorrectionInput)
  sale: SaleCorrectionInput | null = null;

  @Field(() => AssignedDealInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => AssignedDealInput)
  deal: AssignedDealInput | null = null;

  @Field(() => RefundCorrectionInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => RefundCorrectionInput)
  refund: RefundCorrectionInput | null = null;

  @Field(() => [RowCorrectionInput], { nullable: true })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_LINES)
  @ValidateNested({ each: true })
  @Type(() => RowCorrectionInput)
  rows: RowCorrectionInput[] | null = null;
}

@InputType()
export class ReplayIntakeProblemsInput {
  @IdField()
  brandId: string;

  @Field(() => [ID])
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_PROBLEMS)
  @Texts({ max: MAX_ID })
  problemIds: string[];
}

@InputType({ description: 'Open problems that the filter holds for, a part at a time.' })
export class ReplayMatchingProblemsInput {
  @Field(() => IntakeProblemFilterInput)
  @ValidateNested()
  @Type(() => IntakeProblemFilterInput)
  filter: IntakeProblemFilterInput;

  @Field(() => String, { nullable: true, description: 'The `endCursor` of the part before.' })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_CURSOR)
  after: string | null = null;
}

@InputType()
export class DismissIntakeProblemsInput extends ReplayIntakeProblemsInput {
  @Field(() => String, { description: 'Why nothing is to be done about them.' })
  @Text({ max: MAX_NOTE })
  note: string;
}

export function fromProblemFilter({ brandId, importId, ...filter }: IntakeProblemFilterInput): IntakeProblemFilter {
  return {
    ...filter,
    brandId: fromGlobalId('party', brandId),
    importId: importId === null ? null : fromGlobalId('import', importId),
  };
}
