import { type Actor, hasStaffRole } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { requireActiveOrCompleted } from '../domain/deal';
import type { AppealDecider, AppealDecision } from '../domain/gift-progress';
import { appealDuty, decideAppeal, extendDuty } from '../domain/posting-duty';
import type { Deal } from './deal';
import { isBrandManager, requireBrandManager, requireInfluencerSide } from './deal-access';
import { type GiftCommand, GiftStep } from './gift-step';

/**
 * The influencer's side takes seven days more, once, before the duty is due; nobody has to grant it. Throws NotFound,
 * Forbidden, NoGiftInDeal, DealNotActive, InvalidTransition, ExtensionAlreadyUsed, PostingDutyEnded.
 */
@Injectable()
export class ExtendPostingDuty {
  constructor(private readonly step: GiftStep) {}

  async execute(command: GiftCommand): Promise<{ readonly dealId: string }> {
    return this.step.take(command, {
      allow: (deal) => requireInfluencerSide(command.actor, deal, 'extend the posting duty'),
      during: requireActiveOrCompleted,
      decide: ({ gift, now }) => ({ event: 'gift_duty_extended', progress: extendDuty(gift.progress, now) }),
    });
  }
}

/**
 * The influencer's side says why an overdue duty should not count, once. Throws NotFound, Forbidden, NoGiftInDeal,
 * DealNotActive, InvalidTransition, AppealAlreadyMade, AppealTooLate.
 */
@Injectable()
export class AppealOverdueGift {
  constructor(private readonly step: GiftStep) {}

  async execute(command: GiftCommand & { readonly reason: string }): Promise<{ readonly dealId: string }> {
    const { actor, reason } = command;
    return this.step.take(command, {
      allow: (deal) => requireInfluencerSide(actor, deal, 'appeal'),
      during: requireActiveOrCompleted,
      decide: ({ gift, now }) => {
        const progress = appealDuty(gift.progress, reason, now);
        return { event: 'gift_appealed', progress, note: reason };
      },
    });
  }
}

export interface DecideGiftAppealCommand extends GiftCommand {
  readonly decision: AppealDecision;
  /** Where the decision is `renewed`, else null. */
  readonly newDueAt: Date | null;
  readonly note: string | null;
}

/**
 * The brand decides an appeal for 14 days, after them an operator. Throws NotFound, Forbidden, NoGiftInDeal,
 * DealNotActive, InvalidTransition, NoOpenAppeal, AppealWithOperator, AppealWithBrand, InvalidPostingDueDate.
 */
@Injectable()
export class DecideGiftAppeal {
  constructor(private readonly step: GiftStep) {}

  async execute(command: DecideGiftAppealCommand): Promise<{ readonly dealId: string }> {
    const { actor, decision, newDueAt, note } = command;
    return this.step.take(command, {
      allow: (deal) => void deciderOf(actor, deal),
      during: requireActiveOrCompleted,
      decide: ({ deal, gift, now }) => {
        const verdict = { decision, newDueAt, by: deciderOf(actor, deal) };
        const progress = decideAppeal(gift.progress, verdict, now);
        return { event: 'gift_appeal_decided', progress, note: note === null ? decision : `${decision}: ${note}` };
      },
    });
  }
}

/** Whoever is a member of the brand decides as the brand, operators included. */
function deciderOf(actor: Actor, deal: Deal): AppealDecider {
  if (isBrandManager(actor, deal)) return 'brand';
  if (!hasStaffRole(actor, 'operator')) requireBrandManager(actor, deal, 'decide this appeal');
  return 'operator';
}
