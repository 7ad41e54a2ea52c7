import type {
  AppealDecider,
  AppealDecision,
  CorrectionState,
  DealSide,
  GiftEvent,
  GiftReturnState,
  GiftState,
} from '@evenhand/deals';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { GiftItemType } from '../campaigns/compensation.types';
import { MoneyType } from '../graphql';
import {
  AppealDeciderEnum,
  AppealDecisionEnum,
  CorrectionStateEnum,
  DealSideEnum,
  GiftEventEnum,
  GiftReturnStateEnum,
  GiftStateEnum,
} from './deal.enums';

@ObjectType('GiftChoice')
export class GiftChoiceType {
  @Field(() => Int, { description: '1 for the first item of the gift.' })
  itemNumber: number;

  @Field(() => String, { description: 'Size, colour and the like.' })
  choice: string;
}

@ObjectType('GiftRequest', { description: 'What the influencer’s side ordered, and to which address by its label.' })
export class GiftRequestType {
  @Field(() => GraphQLISODateTime)
  requestedAt: Date;

  @Field(() => [GiftChoiceType])
  choices: readonly GiftChoiceType[];

  @Field(() => String)
  addressLabel: string;

  @Field(() => String, { description: 'ISO 3166-1 alpha-2.' })
  addressCountry: string;
}

@ObjectType('GiftAppeal', { description: 'Why an overdue posting duty should not count; one per gift.' })
export class GiftAppealType {
  @Field(() => String)
  reason: string;

  @Field(() => GraphQLISODateTime)
  appealedAt: Date;

  @Field(() => GraphQLISODateTime, { description: 'Until then the brand decides, from then on an operator.' })
  brandDecidesUntil: Date;

  @Field(() => AppealDecisionEnum, { nullable: true, description: 'Null while it is open.' })
  decision: AppealDecision | null;

  @Field(() => AppealDeciderEnum, { nullable: true })
  decidedBy: AppealDecider | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  decidedAt: Date | null;
}

@ObjectType('GiftReturn', { description: 'The latest return that was asked for or offered.' })
export class GiftReturnType {
  @Field(() => GiftReturnStateEnum)
  state: GiftReturnState;

  @Field(() => String)
  reason: string;

  @Field(() => GraphQLISODateTime)
  openedAt: Date;

  @Field(() => String, { nullable: true })
  carrier: string | null;

  @Field(() => String, { nullable: true })
  trackingNumber: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  shippedAt: Date | null;
}

@ObjectType('GiftCorrection', { description: 'Another value of one item: it holds with the consent of both sides.' })
export class GiftCorrectionType {
  @Field(() => Int)
  number: number;

  @Field(() => Int, { description: '1 for the first item of the gift.' })
  itemNumber: number;

  @Field(() => MoneyType, { description: 'Fair market value of one piece before it.' })
  from: MoneyType;

  @Field(() => MoneyType, { description: 'Fair market value of one piece with it.' })
  to: MoneyType;

  @Field(() => String)
  reason: string;

  @Field(() => DealSideEnum)
  proposedBy: DealSide;

  @Field(() => GraphQLISODateTime)
  proposedAt: Date;

  @Field(() => CorrectionStateEnum)
  state: CorrectionState;

  @Field(() => GraphQLISODateTime, { nullable: true })
  decidedAt: Date | null;
}

@ObjectType('GiftChange', { description: 'One line of the history of a gift.' })
export class GiftChangeType {
  @Field(() => GiftEventEnum)
  event: GiftEvent;

  @Field(() => String, { nullable: true, description: 'A state of the gift, or of the correction it is about.' })
  previousState: string | null;

  @Field(() => String)
  state: string;

  @Field(() => String, { nullable: true, description: 'What was said with it.' })
  note: string | null;

  @Field(() => GraphQLISODateTime)
  changedAt: Date;
}

@ObjectType('DealGift')
export class DealGiftType {
  @Field(() => ID)
  id: string;

  @Field(() => GiftStateEnum)
  state: GiftState;

  @Field(() => [GiftItemType], { description: 'At the values that both sides agree on by now.' })
  items: GiftItemType[];

  @Field(() => MoneyType, { description: 'Of the whole gift, as both sides agree on it by now.' })
  fairMarketValue: MoneyType;

  @Field(() => MoneyType, { description: 'Of the whole gift, as it was agreed on with the deal.' })
  declaredValue: MoneyType;

  @Field(() => Int, { description: 'Days after receipt within which everything must be published.' })
  postingDutyDays: number;

  @Field(() => GiftRequestType, { nullable: true })
  request: GiftRequestType | null;

  @Field(() => String, { nullable: true })
  carrier: string | null;

  @Field(() => String, { nullable: true })
  trackingNumber: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  shippedAt: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  lostAt: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  receivedAt: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  postingDueAt: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When the duty was extended; once at most.' })
  extendedAt: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  overdueAt: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Until when an overdue duty can be appealed.' })
  appealUntil: Date | null;

  @Field(() => GiftAppealType, { nullable: true })
  appeal: GiftAppealType | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  fulfilledAt: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  waivedAt: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When a lost gift was forgone.' })
  forgoneAt: Date | null;

  @Field(() => GiftReturnType, { nullable: true })
  giftReturn: GiftReturnType | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  returnedAt: Date | null;

  @Field(() => [GiftCorrectionType])
  corrections: GiftCorrectionType[];

  @Field(() => [GiftChangeType], { description: 'Oldest first.' })
  history: GiftChangeType[];
}

@ObjectType('Fulfilment', { description: 'How an influencer keeps posting duties, over all deals.' })
export class FulfilmentType {
  @Field(() => Int, { description: 'Duties that were fulfilled or fell overdue, without those that were waived.' })
  cameDue: number;

  @Field(() => Int)
  inTime: number;

  @Field(() => String, {
    nullable: true,
    description: 'In time of what came due, exact: "2/3"; null while there is none.',
  })
  rate: string | null;
}
