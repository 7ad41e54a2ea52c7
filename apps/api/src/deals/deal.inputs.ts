import { type CommissionKind, DEAL_STATES, type DealState, MAX_FILES_OF_VERSION } from '@evenhand/deals';
import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsUrl,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { IdField, PageArgs, Text, Texts } from '../graphql';
import { CommissionKindEnum, DealStateEnum } from './deal.enums';

const MAX_ID_LENGTH = 100;

@InputType()
export class AcceptOfferInput {
  @IdField()
  bidId: string;

  @Field(() => Int, { description: 'The offer in front of you; refused where a later one exists.' })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  offerNumber: number;

  @Field(() => String, { nullable: true, description: "The brand's wish for the note code; generated where left out." })
  @IsOptional()
  @Text({ max: 32 })
  noteCode?: string | null;

  @Field(() => String, { nullable: true, description: "The brand's wish for the livestream code." })
  @IsOptional()
  @Text({ max: 32 })
  livestreamCode?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Accept although the offer clashes with an exclusivity; refused without it where it does.',
  })
  @IsBoolean()
  acceptClashes: boolean = false;
}

@InputType()
export class FundDealInput {
  @IdField()
  dealId: string;

  @Field(() => String)
  @Text({ max: 200 })
  idempotencyKey: string;
}

@InputType()
export class SubmitDeliverableInput {
  @IdField()
  deliverableId: string;

  @Field(() => String, { description: 'The text of the post, or the outline of the livestream.' })
  @Text({ max: 5_000 })
  caption: string;

  @Field(() => [String], { defaultValue: [], description: 'https addresses where the draft can be looked at.' })
  @IsArray()
  @ArrayMaxSize(20)
  @IsUrl({ protocols: ['https'], require_protocol: true }, { each: true })
  @MaxLength(2_048, { each: true })
  mediaUrls: string[] = [];

  @Field(() => [ID], {
    defaultValue: [],
    description: `Files that the viewer has uploaded for this deal, each for one version; up to ${MAX_FILES_OF_VERSION}.`,
  })
  @IsArray()
  @ArrayMaxSize(MAX_FILES_OF_VERSION)
  @Texts({ max: MAX_ID_LENGTH })
  fileIds: string[] = [];
}

@InputType()
export class RequestChangesInput {
  @IdField()
  deliverableId: string;

  @Field(() => String)
  @Text({ max: 2_000 })
  feedback: string;
}

@InputType()
export class ApproveDeliverableInput {
  @IdField()
  deliverableId: string;
}

@InputType()
export class CompleteDealInput {
  @IdField()
  dealId: string;
}

@InputType()
export class CancelDealInput {
  @IdField()
  dealId: string;

  @Field(() => String)
  @Text({ max: 500 })
  reason: string;
}

@InputType()
export class ChooseTrackingCodeInput {
  @IdField()
  dealId: string;

  @Field(() => CommissionKindEnum)
  @IsIn(Object.values(CommissionKindEnum))
  kind: CommissionKind;

  @Field(() => String)
  @Text({ max: 32 })
  code: string;
}

@InputType()
export class SetLinkDestinationInput {
  @IdField()
  dealId: string;

  @Field(() => String, { nullable: true, description: 'A public https address; null: the links lead nowhere.' })
  @IsOptional()
  @Text({ max: 2_048 })
  destination?: string | null;
}

@InputType({ description: 'Every field narrows; left out means any.' })
export class DealFilterInput {
  @Field(() => [DealStateEnum], { nullable: true })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(DEAL_STATES.length)
  @IsIn(DEAL_STATES, { each: true })
  states?: DealState[] | null;

  @IdField({ nullable: true })
  brandId?: string | null;

  @IdField({ nullable: true })
  influencerId?: string | null;

  @IdField({ nullable: true })
  campaignId?: string | null;
}

@ArgsType()
export class DealsArgs extends PageArgs {
  @Field(() => DealFilterInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => DealFilterInput)
  filter?: DealFilterInput | null;
}
