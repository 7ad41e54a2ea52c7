import { Injectable } from '@nestjs/common';
import { requireActive, requireActiveOrCompleted } from '../domain/deal';
import { isInKind, receiveGift } from '../domain/gift';
import { GiftNotReceived } from '../domain/gift-errors';
import { everythingPublished, requireInfluencerSide } from './deal-access';
import { DealMoney } from './deal-money';
import { type GiftCommand, GiftStep } from './gift-step';

export interface ReceiveGiftCommand extends GiftCommand {
  /** What was wrong with it; null where all was well. */
  readonly note?: string | null;
}

/**
 * The influencer has the gift: its value enters the in-kind accounts and the posting duty begins. Nobody presumes it
 * for her. Throws NotFound, Forbidden, NoGiftInDeal, DealNotActive, InvalidTransition.
 */
@Injectable()
export class ReceiveGift {
  constructor(
    private readonly step: GiftStep,
    private readonly money: DealMoney,
  ) {}

  async execute(command: ReceiveGiftCommand): Promise<{ readonly dealId: string }> {
    const { actor, note = null } = command;
    return this.step.take(command, {
      allow: (deal) => requireInfluencerSide(actor, deal, 'confirm the gift'),
      during: requireActive,
      decide: async ({ tx, deal, gift, now }) => {
        const { postingDutyDays } = gift;
        const duty = { postingDutyDays, everythingPublished: everythingPublished(deal.deliverables) };
        const progress = receiveGift(gift.progress, duty, now);
        await this.money.recordGiftReceived(tx, deal, gift, now);
        return { event: 'gift_received', progress, note };
      },
    });
  }
}

/** Something is wrong with a gift that is there: one of two pieces is broken, say. Throws also GiftNotReceived. */
@Injectable()
export class NoteGiftProblem {
  constructor(private readonly step: GiftStep) {}

  async execute(command: GiftCommand & { readonly note: string }): Promise<{ readonly dealId: string }> {
    const { actor, note } = command;
    return this.step.take(command, {
      allow: (deal) => requireInfluencerSide(actor, deal, 'note a problem with the gift'),
      during: requireActiveOrCompleted,
      decide: ({ gift: { progress } }) => {
        if (!isInKind(progress)) throw new GiftNotReceived();
        return { event: 'gift_problem_noted', progress, note };
      },
    });
  }
}
