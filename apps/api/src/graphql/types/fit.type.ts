import { type Fit, FIT_CODES, type FitCode } from '@evenhand/parties';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { enumOf } from './enum-of';

const FitReasonCodeEnum = enumOf('FitReasonCode', FIT_CODES);

@ObjectType('FitReason', { description: 'One part of a score. It tells only of public profiles and briefs.' })
export class FitReasonType {
  @Field(() => FitReasonCodeEnum)
  code: FitCode;

  @Field(() => Int, { description: 'What it adds to the score.' })
  weight: number;

  @Field(() => [String], {
    description: 'What both sides name: platforms, categories, countries, languages or currencies.',
  })
  values: string[];

  @Field(() => Int, { nullable: true, description: 'The share of the audience, for AUDIENCE_MATCH.' })
  percent: number | null;
}

@ObjectType('Fit', { description: 'How well an influencer and a campaign fit each other, and why.' })
export class FitType {
  @Field(() => Int, { description: 'The sum of the weights of the reasons, 0 to 100.' })
  score: number;

  @Field(() => [FitReasonType], { description: 'Heaviest kinds first.' })
  reasons: FitReasonType[];
}

export function toFit({ score, reasons }: Fit): FitType {
  return { score, reasons: reasons.map((reason) => ({ ...reason, values: [...reason.values] })) };
}
