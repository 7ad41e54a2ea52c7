import { MANDATE_STATES, type MandateCut, type MandateCuts, type MandateState } from '@evenhand/parties';
import { ArgsType, Field, GraphQLISODateTime, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
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
import { IdField, PageArgs } from '../graphql';
import { CUT_BASES, CutBaseEnum, MandateStateEnum } from './parties.enums';

const MAX_SHARE = 64;
const MAX_VERSION = 1_000_000;

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

  @Field(() => Int, { nullable: true, description: '1 is outermost; without it: as before, or innermost.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(12)
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
export class EndMandateInput {
  @IdField()
  mandateId: string;
}

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

export function fromCuts(cuts: MandateCutsInput): MandateCuts {
  return { cash: cuts.cash, note_commission: cuts.noteCommission, livestream_commission: cuts.livestreamCommission };
}
