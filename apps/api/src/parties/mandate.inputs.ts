import {
  type BrandOverride,
  MANDATE_SIDES,
  MANDATE_STATES,
  type MandateCut,
  type MandateCuts,
  type MandateSide,
  type MandateState,
  MAX_BRAND_OVERRIDES,
  MAX_CHAIN_POSITION,
  MAX_NOTICE_DAYS,
} from '@evenhand/parties';
import { ArgsType, Field, GraphQLISODateTime, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDate,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { fromGlobalId, IdField, PageArgs } from '../graphql';
import { CUT_BASES, CutBaseEnum, MandateSideEnum, MandateStateEnum } from './parties.enums';

const MAX_SHARE = 64;
const MAX_VERSION = 1_000_000;
const MAX_REASON = 1_000;

@InputType()
export class MandateCutInput {
  @Field(() => CutBaseEnum, { defaultValue: 'gross' })
  @IsIn(CUT_BASES)
  of: MandateCut['of'] = 'gross';

  @Field(() => String, { description: 'Exact share from 0 to 1 as a decimal or fraction, e.g. "0.15" or "1/3".' })
  @IsString()
  @MaxLength(MAX_SHARE)
  share: string;
}

@InputType()
export class MandateCutsInput {
  @Field(() => MandateCutInput)
  @ValidateNested()
  @Type(() => MandateCutInput)
  cash: MandateCutInput;

  @Field(() => MandateCutInput)
  @ValidateNested()
  @Type(() => MandateCutInput)
  noteCommission: MandateCutInput;

  @Field(() => MandateCutInput)
  @ValidateNested()
  @Type(() => MandateCutInput)
  livestreamCommission: MandateCutInput;
}

@InputType({ description: 'Other cuts in deals with one brand; a kind that is left out is cut as with everybody.' })
export class MandateBrandOverrideInput {
  @IdField()
  brandId: string;

  @Field(() => MandateCutInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => MandateCutInput)
  cash?: MandateCutInput | null;

  @Field(() => MandateCutInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => MandateCutInput)
  noteCommission?: MandateCutInput | null;

  @Field(() => MandateCutInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => MandateCutInput)
  livestreamCommission?: MandateCutInput | null;
}

@InputType()
export class RequestMandateInput {
  @IdField()
  agencyId: string;

  @IdField()
  influencerId: string;

  @Field(() => MandateCutsInput)
  @ValidateNested()
  @Type(() => MandateCutsInput)
  cuts: MandateCutsInput;

  @Field(() => [MandateBrandOverrideInput], { defaultValue: [] })
  @IsArray()
  @ArrayMaxSize(MAX_BRAND_OVERRIDES)
  @ValidateNested({ each: true })
  @Type(() => MandateBrandOverrideInput)
  brandOverrides: MandateBrandOverrideInput[] = [];

  @Field(() => Int, { defaultValue: 0, description: 'Days between notice of the end, by either side, and the end.' })
  @IsInt()
  @Min(0)
  @Max(MAX_NOTICE_DAYS)
  noticeDays: number = 0;

  @IdField({
    nullable: true,
    description: 'Which mandate is to change; without it the one the agency had last, or a first.',
  })
  mandateId: string | null = null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'A further mandate beside the one the agency has, where the marketplace allows that.',
  })
  @IsBoolean()
  additional: boolean = false;

  @Field(() => Int, { nullable: true, description: '1 is outermost; without it: as before, or innermost.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_CHAIN_POSITION)
  position: number | null = null;

  @Field(() => String, { nullable: true, description: 'YYYY-MM-DD (UTC); without it: from acceptance.' })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  startsOn: string | null = null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @IsOptional()
  @IsDate()
  endsAt: Date | null = null;
}

@InputType({ isAbstract: true })
abstract class AnswerMandateInput {
  @IdField()
  mandateId: string;

  @Field(() => Int, { description: 'The version whose terms were seen.' })
  @IsInt()
  @Min(1)
  @Max(MAX_VERSION)
  version: number;
}

@InputType()
export class AcceptMandateInput extends AnswerMandateInput {}

@InputType()
export class DeclineMandateInput extends AnswerMandateInput {}

@InputType()
export class WithdrawMandateRequestInput extends AnswerMandateInput {}

@InputType({ isAbstract: true })
abstract class SideOfMandateInput {
  @IdField()
  mandateId: string;

  @Field(() => MandateSideEnum, { nullable: true, description: 'For whom, where one is on both sides.' })
  @IsOptional()
  @IsIn(MANDATE_SIDES)
  side: MandateSide | null = null;
}

@InputType()
export class EndMandateInput extends SideOfMandateInput {
  @Field(() => String, { nullable: true, description: 'For the other side to read; at most 1,000 characters.' })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_REASON)
  reason: string | null = null;

  @Field(() => Boolean, { defaultValue: false, description: 'Without notice, if the other side says so too.' })
  @IsBoolean()
  atOnce: boolean = false;
}

@InputType()
export class TakeBackMandateNoticeInput extends SideOfMandateInput {}

@InputType()
export class MandateFilterInput {
  @IdField({ nullable: true })
  influencerId: string | null = null;

  @IdField({ nullable: true })
  agencyId: string | null = null;

  @Field(() => [MandateStateEnum], { defaultValue: [] })
  @ArrayMaxSize(10)
  @IsIn(MANDATE_STATES, { each: true })
  states: MandateState[] = [];
}

@ArgsType()
export class MandatesArgs extends PageArgs {
  @Field(() => MandateFilterInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => MandateFilterInput)
  filter: MandateFilterInput | null = null;
}

@ArgsType()
export class MandateArgs extends PageArgs {
  @IdField()
  id: string;
}

export function fromCuts(cuts: MandateCutsInput): MandateCuts {
  return { cash: cuts.cash, note_commission: cuts.noteCommission, livestream_commission: cuts.livestreamCommission };
}

/** Only the cuts that are stated. */
export function fromBrandOverrides(overrides: readonly MandateBrandOverrideInput[]): readonly BrandOverride[] {
  return overrides.map(({ brandId, cash, noteCommission, livestreamCommission }) => ({
    brandId: fromGlobalId('party', brandId),
    cuts: {
      ...(cash && { cash }),
      ...(noteCommission && { note_commission: noteCommission }),
      ...(livestreamCommission && { livestream_commission: livestreamCommission }),
    },
  }));
}
