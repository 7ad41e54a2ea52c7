import { Injectable } from '@nestjs/common';
import { requireActiveOrCompleted } from '../domain/deal';
import { isInKind, returnGift } from '../domain/gift';
import { answerReturn, proposeReturn, sendBack } from '../domain/gift-return';
import { requireBrandManager, requireInfluencerSide, sideOf } from './deal-access';
import { DealMoney } from './deal-money';
import { type GiftCommand, GiftStep } from './gift-step';
import { parcelNote, type ShipGiftCommand } from './ship-gift';

/**
 * The brand asks for the gift back, or the influencer's side offers to return it. Throws NotFound, Forbidden,
 * NoGiftInDeal, DealNotActive, InvalidTransition, ReturnAlreadyOpen.
 */
@Injectable()
export class ProposeGiftReturn {
  constructor(private readonly step: GiftStep) {}

  async execute(command: GiftCommand & { readonly reason: string }): Promise<{ readonly dealId: string }> {
    const { actor, reason } = command;
    return this.step.take(command, {
      allow: (deal) => void sideOf(actor, deal, 'return the gift'),
      during: requireActiveOrCompleted,
      decide: ({ deal, gift, now }) => {
        const by = sideOf(actor, deal, 'return the gift');
        const event = by === 'brand' ? 'gift_return_asked' : 'gift_return_offered';
        return { event, progress: proposeReturn(gift.progress, by, reason, now), note: reason };
      },
    });
  }
}

/** The other side accepts or declines. Throws NotFound … InvalidTransition as above, NoOpenReturn, ReturnNotYours. */
@Injectable()
export class AnswerGiftReturn {
  constructor(private readonly step: GiftStep) {}

  async execute(command: GiftCommand & { readonly accept: boolean }): Promise<{ readonly dealId: string }> {
    const { actor, accept } = command;
    return this.step.take(command, {
      allow: (deal) => void sideOf(actor, deal, 'answer the return of the gift'),
      during: requireActiveOrCompleted,
      decide: ({ deal, gift }) => {
        const progress = answerReturn(gift.progress, sideOf(actor, deal, 'answer the return of the gift'), accept);
        return { event: 'gift_return_answered', progress, note: accept ? 'accepted' : 'declined' };
      },
    });
  }
}

/** The influencer's side has sent what was asked for or accepted. Throws as above, NoOpenReturn. */
@Injectable()
export class SendGiftBack {
  constructor(private readonly step: GiftStep) {}

  async execute(command: ShipGiftCommand): Promise<{ readonly dealId: string }> {
    const { actor, carrier, trackingNumber } = command;
    return this.step.take(command, {
      allow: (deal) => requireInfluencerSide(actor, deal, 'send the gift back'),
      during: requireActiveOrCompleted,
      decide: ({ gift, now }) => {
        const progress = sendBack(gift.progress, { carrier, trackingNumber }, now);
        return { event: 'gift_sent_back', progress, note: parcelNote(carrier, trackingNumber) };
      },
    });
  }
}

/**
 * The brand has the gift back, undelivered or sent back by the influencer; then its value leaves the in-kind accounts as
 * it stands there. Throws NotFound, Forbidden, NoGiftInDeal, DealNotActive, InvalidTransition.
 */
@Injectable()
export class ReturnGift {
  constructor(
    private readonly step: GiftStep,
    private readonly money: DealMoney,
  ) {}

  async execute(command: GiftCommand): Promise<{ readonly dealId: string }> {
    return this.step.take(command, {
      allow: (deal) => requireBrandManager(command.actor, deal, 'confirm the return of the gift'),
      during: requireActiveOrCompleted,
      decide: async ({ tx, deal, gift, now }) => {
        const progress = returnGift(gift.progress, now);
        if (isInKind(gift.progress)) await this.money.recordGiftReturned(tx, deal, gift, now);
        return { event: 'gift_returned', progress };
      },
    });
  }
}
