import type { Money } from '@evenhand/money';
import { CurrencyMismatch } from '@evenhand/money';
import { type Actor, Clock, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { requireActiveOrCompleted } from '../domain/deal';
import type { DealSide } from '../domain/deal-side';
import { isInKind } from '../domain/gift';
import {
  answerCorrection,
  differenceMinor,
  type GiftCorrection,
  proposeCorrection,
  withdrawCorrection,
} from '../domain/gift-value';
import type { Deal } from './deal';
import { giftOf, lockDeal, ownSideOf } from './deal-access';
import { DealJournal } from './deal-journal';
import { DealMoney } from './deal-money';
import { DealRepository } from './deal-repository';
import type { Gift, GiftEvent } from './gift';
import type { GiftCommand } from './gift-step';

export interface ProposeGiftCorrectionCommand extends GiftCommand {
  /** 1 for the first item. */
  readonly itemNumber: number;
  /** Of one piece, in the gift's currency. */
  readonly value: Money;
  readonly reason: string;
}

export interface AnswerGiftCorrectionCommand extends GiftCommand {
  readonly number: number;
  readonly accept: boolean;
}

interface Scene {
  readonly tx: Transaction;
  readonly deal: Deal;
  readonly gift: Gift;
  readonly by: DealSide;
  readonly now: Date;
}

/**
 * What the steps of a correction have in common. A gift's value is the influencer's taxable income: a manager of the
 * brand speaks for the brand, and for the influencer nobody but herself.
 */
@Injectable()
export class CorrectionStep {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly journal: DealJournal,
    private readonly clock: Clock,
  ) {}

  async take(
    { actor, dealId }: { readonly actor: Actor; readonly dealId: string },
    event: GiftEvent,
    decide: (scene: Scene) => GiftCorrection | Promise<GiftCorrection>,
  ): Promise<{ readonly dealId: string }> {
    return this.uow.run(actor, async (tx) => {
      const deal = await lockDeal(tx, this.deals, dealId);
      const by = ownSideOf(actor, deal, 'correct the value of the gift');
      const gift = giftOf(deal);
      requireActiveOrCompleted(deal.state);
      const now = this.clock.now();
      const correction = await decide({ tx, deal, gift, by, now });
      await this.deals.saveCorrection(tx, deal, gift, correction);
      const from = correction.state === 'proposed' ? null : 'proposed';
      const change = { subjectId: gift.id, from, to: correction.state, note: noteOf(correction) };
      await this.journal.record(tx, deal, [{ event, ...change }], now);
      return { dealId };
    });
  }
}

/**
 * Throws NotFound, Forbidden, NoGiftInDeal, DealNotActive, CurrencyMismatch, InvalidTransition, UnknownGiftItem,
 * CorrectionStillOpen, GiftValueUnchanged, GiftValueTooHigh.
 */
@Injectable()
export class ProposeGiftCorrection {
  constructor(private readonly step: CorrectionStep) {}

  async execute(command: ProposeGiftCorrectionCommand): Promise<{ readonly dealId: string }> {
    const { itemNumber, value, reason } = command;
    return this.step.take(command, 'gift_correction_proposed', ({ gift, by, now }) => {
      if (value.currency !== gift.currency) throw new CurrencyMismatch(gift.currency, value.currency);
      const proposal = { itemNumber, toMinor: value.amountMinor, reason, by };
      return proposeCorrection({ ...gift, state: gift.progress.state }, proposal, now);
    });
  }
}

/**
 * The other side consents, or not. With its consent the in-kind accounts of a received gift get the exact difference, in
 * the same transaction. Throws NotFound, Forbidden, NoGiftInDeal, DealNotActive, InvalidTransition, NoOpenCorrection,
 * CorrectionNotYours.
 */
@Injectable()
export class AnswerGiftCorrection {
  constructor(
    private readonly step: CorrectionStep,
    private readonly money: DealMoney,
  ) {}

  async execute(command: AnswerGiftCorrectionCommand): Promise<{ readonly dealId: string }> {
    const { number, accept: accepts } = command;
    return this.step.take(command, 'gift_correction_answered', async ({ tx, deal, gift, by, now }) => {
      const answer = { number, by, accepts };
      const correction = answerCorrection({ ...gift, state: gift.progress.state }, answer, now);
      if (accepts && isInKind(gift.progress)) {
        const difference = differenceMinor(gift.items, correction);
        await this.money.recordGiftCorrected(tx, deal, gift, { number, differenceMinor: difference }, now);
      }
      return correction;
    });
  }
}

/** The side that proposed a correction takes it back. Throws as above. */
@Injectable()
export class WithdrawGiftCorrection {
  constructor(private readonly step: CorrectionStep) {}

  async execute(command: GiftCommand & { readonly number: number }): Promise<{ readonly dealId: string }> {
    const { number } = command;
    return this.step.take(command, 'gift_correction_withdrawn', ({ gift, by, now }) =>
      withdrawCorrection({ ...gift, state: gift.progress.state }, { number, by }, now),
    );
  }
}

function noteOf({ number, state, reason }: GiftCorrection): string {
  return state === 'proposed' ? `${number}: ${reason}` : String(number);
}
