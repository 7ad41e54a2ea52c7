import type { RiskHoldFilter, RiskHoldState, RiskReason } from '@evenhand/sales';
import { ArgsType, Field, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, ValidateNested } from 'class-validator';
import { fromGlobalId, IdField, PageArgs, Text } from '../graphql';
import { PeriodInput } from './period.input';
import { RiskHoldStateEnum, RiskReasonEnum } from './sales.enums';

const MAX_NOTE = 1_000;
const MAX_KEY = 200;

@InputType({ description: 'All given fields must hold; the period is half-open [from, to) over when it was held.' })
export class RiskHoldFilterInput extends PeriodInput {
  @IdField({ nullable: true })
  brandId: string | null = null;

  @IdField({ nullable: true })
  dealId: string | null = null;

  @Field(() => RiskHoldStateEnum, { nullable: true })
  @IsOptional()
  @IsIn(Object.values(RiskHoldStateEnum))
  state: RiskHoldState | null = null;

  @Field(() => RiskReasonEnum, { nullable: true })
  @IsOptional()
  @IsIn(Object.values(RiskReasonEnum))
  reason: RiskReason | null = null;
}

@ArgsType()
export class RiskHoldsArgs extends PageArgs {
  @Field(() => RiskHoldFilterInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => RiskHoldFilterInput)
  filter: RiskHoldFilterInput | null = null;
}

@InputType()
export class DecideRiskHoldInput {
  @IdField()
  riskHoldId: string;

  @Field(() => String, { description: 'Why, for whoever asks later.' })
  @Text({ max: MAX_NOTE })
  note: string;

  @Field(() => String)
  @Text({ max: MAX_KEY })
  idempotencyKey: string;
}

@ArgsType()
export class RiskRulesArgs {
  @IdField()
  brandId: string;
}

@InputType({ description: 'They hold for sales recorded from then on.' })
export class ChangeRiskRulesInput {
  @IdField()
  brandId: string;

  @Field(() => Int, { nullable: true, description: 'From 1 to 100; null: any number goes.' })
  @IsOptional()
  @IsInt()
  customerOrders: number | null = null;

  @Field(() => Int, { description: 'From 1 to 168.' })
  @IsInt()
  customerHours: number;

  @Field(() => Int, { nullable: true, description: 'From 10 to 10,000; null: any number goes.' })
  @IsOptional()
  @IsInt()
  dealOrdersPerHour: number | null = null;

  @Field(() => Int, { description: 'The version you have in front of you.' })
  @IsInt()
  expectedVersion: number;
}

export function fromRiskHoldFilter({ brandId, dealId, ...filter }: RiskHoldFilterInput): RiskHoldFilter {
  return {
    ...filter,
    brandId: brandId === null ? null : fromGlobalId('party', brandId),
    dealId: dealId === null ? null : fromGlobalId('deal', dealId),
  };
}
