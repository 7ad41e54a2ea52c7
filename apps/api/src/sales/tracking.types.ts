import type { AttributionBasis, AttributionRule, CandidateOutcome } from '@evenhand/sales';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { AttributionBasisEnum, AttributionRuleEnum, CandidateOutcomeEnum } from './sales.enums';

@ObjectType('DealClicks')
export class DealClicksType {
  @Field(() => Int, { description: 'Every visit.' })
  total: number;

  @Field(() => Int, { description: 'Of them, those of machines and of browsers that load ahead: they decide no sale.' })
  filtered: number;
}

@ObjectType('AttributionCandidate', { description: 'A code, click or link of the order, and what became of it.' })
export class AttributionCandidateType {
  @Field(() => AttributionBasisEnum)
  basis: AttributionBasis;

  @Field(() => String, { description: 'The code, the id of the click, or the slug of the link.' })
  value: string;

  @Field(() => String, { nullable: true, description: 'The link of a click.' })
  linkSlug: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'As recorded here; of a link, as the shop says.' })
  clickedAt: Date | null;

  @Field(() => ID, { nullable: true, description: 'Null where it leads to no deal of the brand.' })
  dealId: string | null;

  @Field(() => CandidateOutcomeEnum)
  outcome: CandidateOutcome;

  @Field(() => String)
  reason: string;

  @Field(() => [Int], { nullable: true, description: 'The lines whose own claim it is; null where it is the order’s.' })
  lineNumbers: number[] | null;
}

@ObjectType('UnearnedLines', { description: 'Lines of an order that no deal earned.' })
export class UnearnedLinesType {
  @Field(() => [Int], { description: 'Counted from 1 as the order tells them.' })
  lineNumbers: number[];

  @Field(() => String)
  code: string;

  @Field(() => String)
  reason: string;
}

@ObjectType('SaleAttribution', { description: 'Why the sale is its deal’s.' })
export class SaleAttributionType {
  @Field(() => AttributionRuleEnum)
  rule: AttributionRule;

  @Field(() => [AttributionCandidateType], {
    description: 'All that were looked at, for the brand and staff; for the influencer’s side those of her own deal.',
  })
  candidates: AttributionCandidateType[];

  @Field(() => [Int], {
    nullable: true,
    description: 'The lines that are this sale’s, told to the brand and staff; null where it is the whole order.',
  })
  lineNumbers: number[] | null;

  @Field(() => [UnearnedLinesType], { description: 'Told to the brand and staff.' })
  unearnedLines: UnearnedLinesType[];
}
