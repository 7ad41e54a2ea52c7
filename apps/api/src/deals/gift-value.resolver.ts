import { AnswerGiftCorrection, ProposeGiftCorrection, WithdrawGiftCorrection } from '@evenhand/deals';
import type { Actor } from '@evenhand/kernel';
import { Mutation, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, fromMoneyInput, Input } from '../graphql';
import { DealAnswer } from './deal-answer';
import { AnswerGiftCorrectionInput, ProposeGiftCorrectionInput, WithdrawGiftCorrectionInput } from './gift.inputs';
import { AnswerGiftCorrectionResult, ProposeGiftCorrectionResult, WithdrawGiftCorrectionResult } from './gift.results';

/** Corrections of a gift's value, for the brand and for the influencer herself. */
@Resolver()
export class GiftValueResolver {
  constructor(
    private readonly answer: DealAnswer,
    private readonly propose: ProposeGiftCorrection,
    private readonly answerCorrection: AnswerGiftCorrection,
    private readonly withdraw: WithdrawGiftCorrection,
  ) {}

  @Mutation(() => ProposeGiftCorrectionResult.type, { description: 'It holds once the other side accepts it.' })
  proposeGiftCorrection(@CurrentActor() actor: Actor, @Input() input: ProposeGiftCorrectionInput) {
    const { itemNumber, reason } = input;
    const proposal = { itemNumber, reason, value: fromMoneyInput(input.fairMarketValue) };
    const command = { actor, dealId: fromGlobalId('deal', input.dealId), ...proposal };
    return ProposeGiftCorrectionResult.of(() => this.answer.of(actor, this.propose.execute(command)));
  }

  @Mutation(() => AnswerGiftCorrectionResult.type, { description: 'For the side that did not propose it.' })
  answerGiftCorrection(@CurrentActor() actor: Actor, @Input() { dealId, number, accept }: AnswerGiftCorrectionInput) {
    const command = { actor, dealId: fromGlobalId('deal', dealId), number, accept };
    return AnswerGiftCorrectionResult.of(() => this.answer.of(actor, this.answerCorrection.execute(command)));
  }

  @Mutation(() => WithdrawGiftCorrectionResult.type, { description: 'For the side that proposed it.' })
  withdrawGiftCorrection(@CurrentActor() actor: Actor, @Input() { dealId, number }: WithdrawGiftCorrectionInput) {
    const command = { actor, dealId: fromGlobalId('deal', dealId), number };
    return WithdrawGiftCorrectionResult.of(() => this.answer.of(actor, this.withdraw.execute(command)));
  }
}
