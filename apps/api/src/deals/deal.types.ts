import type { CommissionKind, DealState, DeliverableState } from '@evenhand/deals';
import type { DeliverableKind } from '@evenhand/campaigns';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { BriefType } from '../campaigns/brief.types';
import { DeliverableKindEnum } from '../campaigns/campaigns.enums';
import { CompensationType } from '../campaigns/compensation.types';
import { connectionOf, MoneyType } from '../graphql';
import { PartyType } from '../parties/party.types';
import { DealExclusivityType, DealUsageRightsType } from './dated-terms.types';
import { CommissionKindEnum, DealStateEnum, DeliverableStateEnum } from './deal.enums';
import { DealGiftType } from './gift.types';
import { PublicationType } from './publication.types';
import { SplitPlanType } from './split-plan.types';
import { DeliverableVersionType } from './version.types';

@ObjectType('DealCampaign')
export class DealCampaignType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'As it was at acceptance.' })
  title: string;
}

@ObjectType('PinnedMandate', { description: 'A mandate as it stood at acceptance.' })
export class PinnedMandateType {
  @Field(() => ID)
  id: string;

  @Field(() => Int)
  version: number;

  @Field(() => ID)
  agencyId: string;
}

@ObjectType('Milestone')
export class MilestoneType {
  @Field(() => MoneyType)
  amount: MoneyType;

  @Field(() => GraphQLISODateTime, { nullable: true })
  releasedAt: Date | null;
}

@ObjectType('Deliverable')
export class DeliverableType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: "The key of the brief's specification." })
  key: string;

  @Field(() => Int, { description: '1, 2, 3 … where the brief asks for several.' })
  sequence: number;

  @Field(() => DeliverableKindEnum)
  kind: DeliverableKind;

  @Field(() => String)
  description: string;

  @Field(() => String, { description: 'YYYY-MM-DD.' })
  dueOn: string;

  @Field(() => DeliverableStateEnum)
  state: DeliverableState;

  @Field(() => Int)
  revisionsAllowed: number;

  @Field(() => Int)
  revisionsUsed: number;

  @Field(() => GraphQLISODateTime, { nullable: true })
  submittedAt: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description:
      "When the brand's silence approves it; only a request for changes or an approval stops that, a comment does not.",
  })
  autoApproveAt: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  approvedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'brand or silence.' })
  approvedBy: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  publishedAt: Date | null;

  @Field(() => String, { nullable: true })
  liveUrl: string | null;

  @Field(() => PublicationType, { nullable: true, description: 'Null until it is published.' })
  publication: PublicationType | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When a livestream is to begin.' })
  plannedStart: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The brand accepts a livestream of so many minutes, though the brief asked for more.',
  })
  acceptedMinutes: number | null;

  @Field(() => [MilestoneType])
  milestones: MilestoneType[];

  @Field(() => [DeliverableVersionType], { description: 'What was submitted, oldest first; the last one counts.' })
  versions: DeliverableVersionType[];
}

@ObjectType('TrackingCode', { description: 'The latest code of a kind is the one to show; all of them count.' })
export class TrackingCodeType {
  @Field(() => CommissionKindEnum)
  kind: CommissionKind;

  @Field(() => String)
  code: string;

  @Field(() => String)
  linkSlug: string;

  @Field(() => String, { description: 'The path of the short link on this host.' })
  linkPath: string;
}

@ObjectType('Deal', { description: 'An accepted offer with its terms frozen.' })
export class DealType {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  bidId: string;

  @Field(() => Int)
  offerNumber: number;

  @Field(() => DealStateEnum)
  state: DealState;

  @Field(() => DealCampaignType)
  campaign: DealCampaignType;

  @Field(() => PartyType)
  brand: PartyType;

  @Field(() => PartyType)
  influencer: PartyType;

  @Field(() => PartyType, { nullable: true, description: 'The agency that made the bid for the influencer.' })
  agency: PartyType | null;

  @Field(() => MoneyType, { nullable: true })
  cash: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: 'Put aside ahead of sales; may be zero.' })
  commissionReserve: MoneyType | null;

  @Field(() => CompensationType)
  compensation: CompensationType;

  @Field(() => BriefType, { description: 'As it was at acceptance.' })
  brief: BriefType;

  @Field(() => Int, { description: 'Version of the marketplace policy it was accepted under.' })
  policyVersion: number;

  @Field(() => [PinnedMandateType])
  mandates: PinnedMandateType[];

  @Field(() => Int)
  autoApprovalDays: number;

  @Field(() => Int, { description: 'Days between the approval of work and the release of its cash.' })
  cashHoldDays: number;

  @Field(() => GraphQLISODateTime)
  acceptedAt: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  fundedAt: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  completedAt: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  cancelledAt: Date | null;

  @Field(() => [SplitPlanType])
  splitPlans: SplitPlanType[];

  @Field(() => [DeliverableType])
  deliverables: DeliverableType[];

  @Field(() => DealGiftType, { nullable: true })
  gift: DealGiftType | null;

  @Field(() => [TrackingCodeType])
  trackingCodes: TrackingCodeType[];

  @Field(() => String, { nullable: true, description: 'Where its links lead; null while the brand has not said.' })
  linkDestination: string | null;

  @Field(() => DealUsageRightsType, { nullable: true })
  usageRights: DealUsageRightsType | null;

  @Field(() => DealExclusivityType, { nullable: true })
  exclusivity: DealExclusivityType | null;
}

@ObjectType('DealTotal', { description: 'What all filtered deals pay in one currency.' })
export class DealTotalType {
  @Field(() => MoneyType)
  cash: MoneyType;

  @Field(() => MoneyType)
  commissionReserve: MoneyType;
}

@ObjectType()
export class DealConnection extends connectionOf(DealType, 'Deal') {
  @Field(() => [DealTotalType])
  totals: DealTotalType[];
}
