import { APPEAL_DECISIONS, type AppealDecision } from '@evenhand/deals';
import { Field, GraphQLISODateTime, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsBoolean, IsDate, IsIn, IsInt, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { IdField, MoneyInput, Text } from '../graphql';
import { AppealDecisionEnum } from './deal.enums';

const MAX_ITEMS = 50;
const MAX_NUMBER = 1_000_000;

@InputType()
export class GiftChoiceInput {
  @Field(() => Int, { description: '1 for the first item of the gift.' })
  @IsInt()
  @Min(1)
  @Max(MAX_ITEMS)
  itemNumber: number;

  @Field(() => String, { description: 'Size, colour and the like.' })
  @Text({ max: 200 })
  choice: string;
}

@InputType()
export class RequestGiftInput {
  @IdField()
  dealId: string;

  @IdField({ description: 'One of the influencer’s own; the brand may read it from now on until the gift is there.' })
  addressId: string;

  @Field(() => [GiftChoiceInput], { defaultValue: [] })
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => GiftChoiceInput)
  choices: GiftChoiceInput[] = [];
}

@InputType({ isAbstract: true })
abstract class GiftInput {
  @IdField()
  dealId: string;
}

@InputType()
export class ShipGiftInput extends GiftInput {
  @Field(() => String)
  @Text({ max: 80 })
  carrier: string;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ max: 80 })
  trackingNumber?: string | null;
}

@InputType()
export class SendGiftBackInput extends ShipGiftInput {}

@InputType()
export class ReportGiftLostInput extends GiftInput {
  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ max: 2_000 })
  note?: string | null;
}

@InputType()
export class ForgoGiftInput extends GiftInput {}

@InputType()
export class ReceiveGiftInput extends GiftInput {
  @Field(() => String, { nullable: true, description: 'What is wrong with it.' })
  @IsOptional()
  @Text({ max: 2_000 })
  note?: string | null;
}

@InputType()
export class NoteGiftProblemInput extends GiftInput {
  @Field(() => String)
  @Text({ max: 2_000 })
  note: string;
}

@InputType()
export class ExtendPostingDutyInput extends GiftInput {}

@InputType()
export class AppealOverdueGiftInput extends GiftInput {
  @Field(() => String)
  @Text({ max: 2_000 })
  reason: string;
}

@InputType()
export class DecideGiftAppealInput extends GiftInput {
  @Field(() => AppealDecisionEnum)
  @IsIn(APPEAL_DECISIONS)
  decision: AppealDecision;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Where the duty is renewed: up to 90 days ahead.' })
  @IsOptional()
  @IsDate()
  newDueAt?: Date | null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ max: 2_000 })
  note?: string | null;
}

@InputType()
export class ProposeGiftReturnInput extends GiftInput {
  @Field(() => String)
  @Text({ max: 2_000 })
  reason: string;
}

@InputType()
export class AnswerGiftReturnInput extends GiftInput {
  @Field(() => Boolean)
  @IsBoolean()
  accept: boolean;
}

@InputType()
export class ReturnGiftInput extends GiftInput {}

@InputType()
export class ProposeGiftCorrectionInput extends GiftInput {
  @Field(() => Int, { description: '1 for the first item of the gift.' })
  @IsInt()
  @Min(1)
  @Max(MAX_ITEMS)
  itemNumber: number;

  @Field(() => MoneyInput, { description: 'Fair market value of one piece.' })
  @ValidateNested()
  @Type(() => MoneyInput)
  fairMarketValue: MoneyInput;

  @Field(() => String)
  @Text({ max: 2_000 })
  reason: string;
}

@InputType()
export class WithdrawGiftCorrectionInput extends GiftInput {
  @Field(() => Int)
  @IsInt()
  @Min(1)
  @Max(MAX_NUMBER)
  number: number;
}

@InputType()
export class AnswerGiftCorrectionInput extends WithdrawGiftCorrectionInput {
  @Field(() => Boolean)
  @IsBoolean()
  accept: boolean;
}
