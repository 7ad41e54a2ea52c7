import type { MarketplacePolicy, PlatformFees, PolicyTerms } from '@evenhand/deals';
import { Field, GraphQLISODateTime, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsInt, Max, Min } from 'class-validator';
import { Text } from '../graphql';

const FEE = 'Exact share from 0 to 1 of the gross: "0.10" or "1/10".';

@ObjectType('MarketplacePolicy', { description: 'One version; deals keep the one they were accepted under.' })
export class MarketplacePolicyType {
  @Field(() => Int)
  version: number;

  @Field(() => String, { description: FEE })
  cashFee: string;

  @Field(() => String, { description: FEE })
  noteCommissionFee: string;

  @Field(() => String, { description: FEE })
  livestreamCommissionFee: string;

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

  @Field(() => String, { description: FEE })
  @Text({ max: 40 })
  cashFee: string;

  @Field(() => String, { description: FEE })
  @Text({ max: 40 })
  noteCommissionFee: string;

  @Field(() => String, { description: FEE })
  @Text({ max: 40 })
  livestreamCommissionFee: string;

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
    cashFee: platformFees.cash,
    noteCommissionFee: platformFees.note_commission,
    livestreamCommissionFee: platformFees.livestream_commission,
    autoApprovalDays,
    defaultHoldDays,
    effectiveFrom,
  };
}

export function policyTermsFrom(input: UpdateMarketplacePolicyInput): PolicyTerms {
  const platformFees: PlatformFees = {
    cash: input.cashFee,
    note_commission: input.noteCommissionFee,
    livestream_commission: input.livestreamCommissionFee,
  };
  return { platformFees, autoApprovalDays: input.autoApprovalDays, defaultHoldDays: input.defaultHoldDays };
}
