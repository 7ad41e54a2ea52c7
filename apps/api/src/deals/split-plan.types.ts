import type { PlanCutView, SplitPlanView } from '@evenhand/deals';
import type { CompensationKind } from '@evenhand/kernel';
import type { ShareRole } from '@evenhand/ledger';
import { Field, ObjectType } from '@nestjs/graphql';
import { CompensationKindEnum, MoneyType, ShareRoleEnum, toMoney } from '../graphql';
import { PartyType, toParty } from '../parties/party.types';
import { PlanCutBaseEnum } from './deal.enums';

@ObjectType('PlanShare')
export class PlanShareType {
  @Field(() => PartyType)
  party: PartyType;

  @Field(() => ShareRoleEnum)
  role: ShareRole;

  @Field(() => String, { description: 'Exact share of every amount agreed on, bounds aside: "3/8", "1", "0".' })
  share: string;
}

@ObjectType('PlanCut', { description: 'One link of the chain, as agreed.' })
export class PlanCutType {
  @Field(() => PartyType)
  party: PartyType;

  @Field(() => ShareRoleEnum)
  role: ShareRole;

  @Field(() => PlanCutBaseEnum, {
    description: 'Of the whole, of what the cuts before it leave, or paid by the brand on top.',
  })
  of: PlanCutView['of'];

  @Field(() => String)
  share: string;

  @Field(() => MoneyType, { nullable: true, description: 'The least it takes of one milestone or sale.' })
  minimum: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: 'The most it takes of one milestone or sale.' })
  maximum: MoneyType | null;
}

@ObjectType('SplitPlan', { description: 'Who gets which share of one kind of money, in the order of the chain.' })
export class SplitPlanType {
  @Field(() => CompensationKindEnum)
  kind: CompensationKind;

  @Field(() => [PlanCutType])
  cuts: PlanCutType[];

  @Field(() => [PlanShareType], { description: 'Of the amount agreed on; a cut on top is none of it.' })
  shares: PlanShareType[];
}

export function toSplitPlan({ kind, currency, cuts, shares }: SplitPlanView): SplitPlanType {
  return {
    kind,
    cuts: cuts.map((cut) => toPlanCut(cut, currency)),
    shares: shares.map(({ party, role, share }) => ({ party: toParty(party), role, share })),
  };
}

function toPlanCut({ party, role, of, share, minMinor, maxMinor }: PlanCutView, currency: string | null): PlanCutType {
  const bound = (minor: bigint | null) => (minor === null || currency === null ? null : toMoney(minor, currency));
  return { party: toParty(party), role, of, share, minimum: bound(minMinor), maximum: bound(maxMinor) };
}
