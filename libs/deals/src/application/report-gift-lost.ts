import { Injectable } from '@nestjs/common';
import { requireActive } from '../domain/deal';
import { forgoGift, loseGift } from '../domain/gift';
import { requireEitherSide, requireInfluencerSide } from './deal-access';
import { type GiftCommand, GiftStep } from './gift-step';

export interface ReportGiftLostCommand extends GiftCommand {
  readonly note: string | null;
}

/**
 * Either side says that the parcel never came: the brand ships again, or the influencer's side forgoes the gift; it may
 * still turn up and be received. Throws NotFound, Forbidden, NoGiftInDeal, DealNotActive, InvalidTransition.
 */
@Injectable()
export class ReportGiftLost {
  constructor(private readonly step: GiftStep) {}

  async execute(command: ReportGiftLostCommand): Promise<{ readonly dealId: string }> {
    const { actor, note } = command;
    return this.step.take(command, {
      allow: (deal) => requireEitherSide(actor, deal, 'report the gift as lost'),
      during: requireActive,
      decide: ({ gift, now }) => ({ event: 'gift_lost', progress: loseGift(gift.progress, now), note }),
    });
  }
}

/** The influencer's side does not wait for another. Throws as above. */
@Injectable()
export class ForgoGift {
  constructor(private readonly step: GiftStep) {}

  async execute(command: GiftCommand): Promise<{ readonly dealId: string }> {
    return this.step.take(command, {
      allow: (deal) => requireInfluencerSide(command.actor, deal, 'forgo the gift'),
      during: requireActive,
      decide: ({ gift, now }) => ({ event: 'gift_forgone', progress: forgoGift(gift.progress, now) }),
    });
  }
}
