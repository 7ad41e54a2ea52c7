import type { DatedTermState, DealView } from '@evenhand/deals';
import { Field, ObjectType } from '@nestjs/graphql';
import { DatedTermStateEnum } from './deal.enums';

@ObjectType('DealUsageRights', { description: 'Where and how long the brand may use the posts; days are of UTC.' })
export class DealUsageRightsType {
  @Field(() => [String])
  media: readonly string[];

  @Field(() => [String], { description: 'ISO 3166-1 alpha-2 codes, or WORLD.' })
  territory: readonly string[];

  @Field(() => String, { description: 'YYYY-MM-DD, included.' })
  from: string;

  @Field(() => String, { description: 'YYYY-MM-DD, included.' })
  to: string;

  @Field(() => DatedTermStateEnum)
  state: DatedTermState;
}

@ObjectType('DealExclusivity', { description: 'The category in which she works for no other brand; days are of UTC.' })
export class DealExclusivityType {
  @Field(() => String)
  category: string;

  @Field(() => String, { description: 'YYYY-MM-DD, included.' })
  from: string;

  @Field(() => String, { description: 'YYYY-MM-DD, included.' })
  to: string;

  @Field(() => DatedTermStateEnum)
  state: DatedTermState;
}

/** Null where the brief asks for none, or the deal was cancelled. */
export function toDatedTerms({ deal, usageRights, exclusivity }: DealView) {
  const { brief } = deal.terms;
  return {
    usageRights: brief.usageRights && usageRights && { ...brief.usageRights, state: usageRights },
    exclusivity: brief.exclusivity && exclusivity && { ...brief.exclusivity, state: exclusivity },
  };
}
