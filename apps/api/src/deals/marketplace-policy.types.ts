import type { MarketplacePolicy, PlatformFees, PolicyTerms } from '@evenhand/deals';
import { Field, GraphQLISODateTime, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsInt, Max, Min, ValidateNested } from 'class-validator';
import { fromPlatformFeeInput, PlatformFeeInput, PlatformFeeType, toPlatformFee } from './platform-fee.types';

@ObjectType('MarketplacePolicy', { description: 'One version; deals keep the one they were accepted under.' })
export class MarketplacePolicyType {
  @Field(() => Int)
  version: number;

  @Field(() => PlatformFeeType)
  cashFee: PlatformFeeType;

  @Field(() => PlatformFeeType)
  noteCommissionFee: PlatformFeeType;

  @Field(() => PlatformFeeType)
  livestreamCommissionFee: PlatformFeeType;

  @Field(() => Int, { description: "Days of the brand's silence after which a submission counts as approved." })
  autoApprovalDays: number;

  @Field(() => Int, { description: 'Days between the approval of work and the release of its cash.' })
  defaultHoldDays: number;

  @Field(() => GraphQLISODateTime)
  effectiveFrom: Date;
}

@InputType()
export class UpdateMarketplacePolicyInput {
  @Field(() => Int, { description: 'The version you have in front of you.' })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  expectedVersion: number;

  @Field(() => PlatformFeeInput)
  @ValidateNested()
  @Type(() => PlatformFeeInput)
  cashFee: PlatformFeeInput;

  @Field(() => PlatformFeeInput)
  @ValidateNested()
  @Type(() => PlatformFeeInput)
  noteCommissionFee: PlatformFeeInput;

  @Field(() => PlatformFeeInput)
  @ValidateNested()
  @Type(() => PlatformFeeInput)
  livestreamCommissionFee: PlatformFeeInput;

  @Field(() => Int)
  @IsInt()
  @Min(1)
  @Max(60)
  autoApprovalDays: number;

  @Field(() => Int)
  @IsInt()
  @Min(0)
  @Max(180)
  defaultHoldDays: number;
}

export function toMarketplacePolicy(policy: MarketplacePolicy): MarketplacePolicyType {
  const { version, platformFees, autoApprovalDays, defaultHoldDays, effectiveFrom } = policy;
  return {
    version,
    cashFee: toPlatformFee(platformFees.cash),
    noteCommissionFee: toPlatformFee(platformFees.note_commission),
    livestreamCommissionFee: toPlatformFee(platformFees.livestream_commission),
    autoApprovalDays,
    defaultHoldDays,
    effectiveFrom,
  };
}

export function policyTermsFrom(input: UpdateMarketplacePolicyInput): PolicyTerms {
  const platformFees: PlatformFees = {
    cash: fromPlatformFeeInput(input.cashFee),
    note_commission: fromPlatformFeeInput(input.noteCommissionFee),
    livestream_commission: fromPlatformFeeInput(input.livestreamCommissionFee),
  };
  return { platformFees, autoApprovalDays: input.autoApprovalDays, defaultHoldDays: input.defaultHoldDays };
}
