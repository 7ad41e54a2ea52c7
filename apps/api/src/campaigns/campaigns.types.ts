import type { CampaignHit, CampaignState, CampaignView } from '@evenhand/campaigns';
import { decisionDeadline } from '@evenhand/campaigns';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf, FitType, MoneyType, toFit, toGlobalId, toMoney } from '../graphql';
import { BriefType, toBrief } from './brief.types';
import { CampaignStateEnum } from './campaigns.enums';

@ObjectType('CampaignBudget')
export class CampaignBudgetType {
  @Field(() => MoneyType)
  budget: MoneyType;

  @Field(() => MoneyType, { description: 'Cash and commission reserve of the accepted offers.' })
  committed: MoneyType;

  @Field(() => MoneyType)
  left: MoneyType;
}

@ObjectType('CampaignLimits', { description: 'What the brand is ready to commit; nobody else sees it.' })
export class CampaignLimitsType {
  @Field(() => [CampaignBudgetType])
  budgets: CampaignBudgetType[];

  @Field(() => Int, { nullable: true })
  dealCap: number | null;

  @Field(() => Int)
  dealCount: number;
}

@ObjectType('Campaign')
export class CampaignType {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  brandId: string;

  @Field(() => String)
  brandName: string;

  @Field(() => CampaignStateEnum)
  state: CampaignState;

  @Field(() => String)
  title: string;

  @Field(() => BriefType)
  brief: BriefType;

  @Field(() => CampaignLimitsType, { nullable: true, description: 'Null for everyone outside the brand.' })
  limits: CampaignLimitsType | null;

  @Field(() => FitType, { nullable: true, description: 'Why it stands where it does; in a list by BEST_MATCH only.' })
  fit: FitType | null;

  @Field(() => GraphQLISODateTime, { description: 'The last instant at which an offer can be countered or accepted.' })
  decisionDeadline: Date;

  @Field(() => GraphQLISODateTime)
  createdAt: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  publishedAt: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  endedAt: Date | null;
}

@ObjectType()
export class CampaignConnection extends connectionOf(CampaignType, 'Campaign') {}

export function toCampaign({ campaign, brandName, use }: CampaignView): CampaignType {
  return {
    id: toGlobalId('campaign', campaign.id),
    brandId: toGlobalId('party', campaign.brandId),
    brandName,
    state: campaign.state,
    title: campaign.brief.title,
    brief: toBrief(campaign.brief),
    limits: use && toLimits(use),
    fit: null,
    decisionDeadline: decisionDeadline(campaign.brief),
    createdAt: campaign.createdAt,
    publishedAt: campaign.publishedAt,
    endedAt: campaign.endedAt,
  };
}

export function toFoundCampaign({ fit, ...view }: CampaignHit): CampaignType {
  return { ...toCampaign(view), fit: fit && toFit(fit) };
}

function toLimits(use: NonNullable<CampaignView['use']>): CampaignLimitsType {
  return {
    dealCap: use.dealCap,
    dealCount: use.dealCount,
    budgets: use.budgets.map(({ currency, amountMinor }) => {
      const committedMinor = use.committedMinor.get(currency) ?? 0n;
      return {
        budget: toMoney(amountMinor, currency),
        committed: toMoney(committedMinor, currency),
        left: toMoney(amountMinor - committedMinor, currency),
      };
    }),
  };
}
