import { NotFound } from '@evenhand/kernel';
import { DeliveryAddressDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import { requireActive } from '../domain/deal';
import { requestGift } from '../domain/gift';
import type { GiftChoice } from '../domain/gift-progress';
import { requireInfluencerSide } from './deal-access';
import { type GiftCommand, GiftStep } from './gift-step';

export interface RequestGiftCommand extends GiftCommand {
  /** One of the influencer's own. */
  readonly addressId: string;
  readonly choices: readonly GiftChoice[];
}

/**
 * The influencer's side orders the gift to one of her addresses, which an agency knows by its label alone; the brand may
 * read it from here on. Said again before shipment, the later request counts. Throws NotFound, Forbidden, NoGiftInDeal,
 * DealNotActive, InvalidTransition, UnknownGiftItem, GiftChoiceTwice.
 */
@Injectable()
export class RequestGift {
  constructor(
    private readonly step: GiftStep,
    private readonly addresses: DeliveryAddressDirectory,
  ) {}

  async execute(command: RequestGiftCommand): Promise<{ readonly dealId: string }> {
    const { actor, addressId, choices } = command;
    return this.step.take(command, {
      allow: (deal) => requireInfluencerSide(actor, deal, 'request the gift'),
      during: requireActive,
      decide: async ({ tx, deal, gift, now }) => {
        const address = await this.addresses.find(tx, deal.influencerId, addressId);
        if (!address) throw new NotFound('Delivery address');
        const { label: addressLabel, country: addressCountry } = address;
        const request = { requestedAt: now, choices, addressId, addressLabel, addressCountry };
        const progress = requestGift(gift.progress, gift.items.length, request);
        return { event: 'gift_requested', progress };
      },
    });
  }
}
