import {
  AnswerGiftReturn,
  AppealOverdueGift,
  DecideGiftAppeal,
  ExtendPostingDuty,
  ProposeGiftReturn,
  ReturnGift,
  SendGiftBack,
} from '@evenhand/deals';
import type { Actor } from '@evenhand/kernel';
import { Mutation, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input } from '../graphql';
import { DealAnswer } from './deal-answer';
import {
  AnswerGiftReturnInput,
  AppealOverdueGiftInput,
  DecideGiftAppealInput,
  ExtendPostingDutyInput,
  ProposeGiftReturnInput,
  ReturnGiftInput,
  SendGiftBackInput,
} from './gift.inputs';
import {
  AnswerGiftReturnResult,
  AppealOverdueGiftResult,
  DecideGiftAppealResult,
  ExtendPostingDutyResult,
  ProposeGiftReturnResult,
  ReturnGiftResult,
  SendGiftBackResult,
} from './gift.results';

/** What follows from having a gift: the duty to post, or its way back. */
@Resolver()
export class GiftDutyResolver {
  constructor(
    private readonly answer: DealAnswer,
    private readonly extend: ExtendPostingDuty,
    private readonly appeal: AppealOverdueGift,
    private readonly decide: DecideGiftAppeal,
    private readonly proposeReturn: ProposeGiftReturn,
    private readonly answerReturn: AnswerGiftReturn,
    private readonly sendBack: SendGiftBack,
    private readonly takeBack: ReturnGift,
  ) {}

  @Mutation(() => ExtendPostingDutyResult.type, { description: 'Seven days more, once, before the duty is due.' })
  extendPostingDuty(@CurrentActor() actor: Actor, @Input() { dealId }: ExtendPostingDutyInput) {
    const command = { actor, dealId: fromGlobalId('deal', dealId) };
    return ExtendPostingDutyResult.of(() => this.answer.of(actor, this.extend.execute(command)));
  }

  @Mutation(() => AppealOverdueGiftResult.type, { description: 'Once, within 14 days of falling overdue.' })
  appealOverdueGift(@CurrentActor() actor: Actor, @Input() { dealId, reason }: AppealOverdueGiftInput) {
    const command = { actor, dealId: fromGlobalId('deal', dealId), reason };
    return AppealOverdueGiftResult.of(() => this.answer.of(actor, this.appeal.execute(command)));
  }

  @Mutation(() => DecideGiftAppealResult.type, {
    description: 'For the brand; after 14 days of silence for operators.',
  })
  decideGiftAppeal(@CurrentActor() actor: Actor, @Input() input: DecideGiftAppealInput) {
    const { decision, newDueAt = null, note = null } = input;
    const command = { actor, dealId: fromGlobalId('deal', input.dealId), decision, newDueAt, note };
    return DecideGiftAppealResult.of(() => this.answer.of(actor, this.decide.execute(command)));
  }

  @Mutation(() => ProposeGiftReturnResult.type, {
    description: 'The brand asks for it, the influencer’s side offers it.',
  })
  proposeGiftReturn(@CurrentActor() actor: Actor, @Input() { dealId, reason }: ProposeGiftReturnInput) {
    const command = { actor, dealId: fromGlobalId('deal', dealId), reason };
    return ProposeGiftReturnResult.of(() => this.answer.of(actor, this.proposeReturn.execute(command)));
  }

  @Mutation(() => AnswerGiftReturnResult.type, { description: 'For the side that did not propose it.' })
  answerGiftReturn(@CurrentActor() actor: Actor, @Input() { dealId, accept }: AnswerGiftReturnInput) {
    const command = { actor, dealId: fromGlobalId('deal', dealId), accept };
    return AnswerGiftReturnResult.of(() => this.answer.of(actor, this.answerReturn.execute(command)));
  }

  @Mutation(() => SendGiftBackResult.type)
  sendGiftBack(@CurrentActor() actor: Actor, @Input() { dealId, carrier, trackingNumber }: SendGiftBackInput) {
    const parcel = { carrier, trackingNumber: trackingNumber ?? null };
    const command = { actor, dealId: fromGlobalId('deal', dealId), ...parcel };
    return SendGiftBackResult.of(() => this.answer.of(actor, this.sendBack.execute(command)));
  }

  @Mutation(() => ReturnGiftResult.type, { description: 'The brand has it again, sent back or undelivered.' })
  returnGift(@CurrentActor() actor: Actor, @Input() { dealId }: ReturnGiftInput) {
    const command = { actor, dealId: fromGlobalId('deal', dealId) };
    return ReturnGiftResult.of(() => this.answer.of(actor, this.takeBack.execute(command)));
  }
}
