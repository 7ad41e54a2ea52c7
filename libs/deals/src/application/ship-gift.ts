import { Injectable } from '@nestjs/common';
import { requireActive } from '../domain/deal';
import { shipGift } from '../domain/gift';
import { requireBrandManager } from './deal-access';
import { type GiftCommand, GiftStep } from './gift-step';

export interface ShipGiftCommand extends GiftCommand {
  readonly carrier: string;
  readonly trackingNumber: string | null;
}

/**
 * The gift is on its way, again where the parcel before was lost. Throws NotFound, Forbidden, NoGiftInDeal,
 * DealNotActive, InvalidTransition.
 */
@Injectable()
export class ShipGift {
  constructor(private readonly step: GiftStep) {}

  async execute(command: ShipGiftCommand): Promise<{ readonly dealId: string }> {
    const { actor, carrier, trackingNumber } = command;
    return this.step.take(command, {
      allow: (deal) => requireBrandManager(actor, deal, 'ship the gift'),
      during: requireActive,
      decide: ({ gift, now }) => ({
        event: 'gift_shipped',
        progress: shipGift(gift.progress, { carrier, trackingNumber }, now),
        note: parcelNote(carrier, trackingNumber),
      }),
    });
  }
}

/** How a parcel is named in the history. */
export function parcelNote(carrier: string, trackingNumber: string | null): string {
  return trackingNumber === null ? carrier : `${carrier} ${trackingNumber}`;
}
