import {
  MAX_DISPUTE_TEXT_LENGTH,
  MAX_FILES_OF_ENTRY,
  type DISPUTE_OUTCOMES,
  type DISPUTE_REASONS,
} from '@evenhand/deals';
import { Field, ID, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, ValidateNested } from 'class-validator';
import { IdField, Text, Texts } from '../graphql';
import { DisputeOutcomeEnum, DisputeReasonEnum } from './dispute.types';

const MAX_DELIVERABLES = 200;
const MAX_ID_LENGTH = 100;

@InputType()
export class OpenDisputeInput {
  @IdField()
  dealId: string;

  @Field(() => [ID], { nullable: true, description: 'Those whose cash is in question; left out for all of the deal.' })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_DELIVERABLES)
  @Texts({ max: MAX_ID_LENGTH })
  deliverableIds?: string[] | null;

  @Field(() => DisputeReasonEnum)
  @IsIn(Object.values(DisputeReasonEnum))
  reason: (typeof DISPUTE_REASONS)[number];

  @Field(() => String)
  @Text({ max: MAX_DISPUTE_TEXT_LENGTH })
  text: string;

  @Field(() => [ID], { defaultValue: [], description: 'Files of versions of the deal that show it.' })
  @IsArray()
  @ArrayMaxSize(MAX_FILES_OF_ENTRY)
  @Texts({ max: MAX_ID_LENGTH })
  fileIds: string[] = [];

  @Field(() => String, { description: 'The same key with the same request: the dispute that was opened first.' })
  @Text({ max: 200 })
  idempotencyKey: string;
}

@InputType()
export class AnswerDisputeInput {
  @IdField()
  disputeId: string;

  @Field(() => String)
  @Text({ max: MAX_DISPUTE_TEXT_LENGTH })
  text: string;

  @Field(() => [ID], { defaultValue: [], description: 'Files of versions of the deal that show it.' })
  @IsArray()
  @ArrayMaxSize(MAX_FILES_OF_ENTRY)
  @Texts({ max: MAX_ID_LENGTH })
  fileIds: string[] = [];

  @Field(() => String)
  @Text({ max: 200 })
  idempotencyKey: string;
}

@InputType()
export class AddDisputeEvidenceInput extends AnswerDisputeInput {}

@InputType()
export class WithdrawDisputeInput {
  @IdField()
  disputeId: string;
}

@InputType()
export class DisputeShareInput {
  @IdField()
  deliverableId: string;

  @Field(() => String, { description: 'Exact rational from 0 to 1, for example "1/3" or "0.25".' })
  @Text({ max: 60 })
  influencerShare: string;
}

@InputType()
export class DecideDisputeInput {
  @IdField()
  disputeId: string;

  @Field(() => DisputeOutcomeEnum)
  @IsIn(Object.values(DisputeOutcomeEnum))
  outcome: (typeof DISPUTE_OUTCOMES)[number];

  @Field(() => [DisputeShareInput], {
    defaultValue: [],
    description: 'For a split: of each deliverable in question.',
  })
  @IsArray()
  @ArrayMaxSize(MAX_DELIVERABLES)
  @ValidateNested({ each: true })
  @Type(() => DisputeShareInput)
  shares: DisputeShareInput[] = [];

  @Field(() => String, { description: 'Both sides read it.' })
  @Text({ max: MAX_DISPUTE_TEXT_LENGTH })
  reason: string;

  @Field(() => String)
  @Text({ max: 200 })
  idempotencyKey: string;
}
