import {
  BATCH_STATES,
  type BatchState,
  ITEM_STATES,
  type ItemState,
  REPORT_KEYS,
  type ReportKey,
} from '@evenhand/payouts';
import { ArgsType, Field } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsOptional, ValidateNested } from 'class-validator';
import { IdField, PageArgs } from '../graphql';
import { PayoutBatchStateEnum, PayoutItemStateEnum, PayoutReportKeyEnum } from './payouts.enums';
import { EarningsFilterInput, PayoutReportFilterInput } from './payouts.inputs';

@ArgsType()
export class PayoutBatchesArgs extends PageArgs {
  @Field(() => [PayoutBatchStateEnum], { nullable: true })
  @IsOptional()
  @ArrayMaxSize(BATCH_STATES.length)
  @IsIn(BATCH_STATES, { each: true })
  states?: BatchState[] | null;
}

@ArgsType()
export class PayoutItemsArgs extends PageArgs {
  @IdField({ nullable: true })
  payeeId?: string | null;

  @Field(() => [PayoutItemStateEnum], { nullable: true })
  @IsOptional()
  @ArrayMaxSize(ITEM_STATES.length)
  @IsIn(ITEM_STATES, { each: true })
  states?: ItemState[] | null;
}

@ArgsType()
export class EarningsArgs extends PageArgs {
  @Field(() => EarningsFilterInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => EarningsFilterInput)
  filter?: EarningsFilterInput | null;
}

@ArgsType()
export class PayoutReportSharesArgs extends PageArgs {
  @Field(() => PayoutReportFilterInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => PayoutReportFilterInput)
  filter?: PayoutReportFilterInput | null;
}

@ArgsType()
export class PayoutReportArgs extends PayoutReportSharesArgs {
  @Field(() => [PayoutReportKeyEnum], { description: 'The currency is always one of the keys.' })
  @ArrayMaxSize(REPORT_KEYS.length)
  @IsIn(REPORT_KEYS, { each: true })
  groupBy: ReportKey[];
}
