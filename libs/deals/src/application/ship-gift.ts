import { type Actor, Clock, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { requireActive } from '../domain/deal';
import { shipGift } from '../domain/gift';
import { giftOf, lockDeal, requireBrandManager } from './deal-access';
import { DealJournal } from './deal-journal';
import { DealRepository } from './deal-repository';

export interface ShipGiftCommand {
  readonly actor: Actor;
  readonly dealId: string;
  readonly carrier: string;
  readonly trackingNumber: string | null;
}

/** The gift is on its way. Throws NotFound, Forbidden, NoGiftInDeal, DealNotActive, InvalidTransition. */
@Injectable()
export class ShipGift {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly journal: DealJournal,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, dealId, carrier, trackingNumber }: ShipGiftCommand): Promise<{ readonly dealId: string }> {
    return this.uow.run(actor, async (tx) => {
      const deal = await lockDeal(tx, this.deals, dealId);
      requireBrandManager(actor, deal, 'ship the gift');
      const gift = giftOf(deal);
      requireActive(deal.state);
      const now = this.clock.now();
      const progress = shipGift(gift.progress, { carrier, trackingNumber }, now);
      await this.deals.saveGift(tx, gift.id, progress);
      const change = { subjectId: gift.id, from: gift.progress.state, to: progress.state, note: carrier };
      await this.journal.record(tx, deal, [{ event: 'gift_shipped', ...change }], now);
      return { dealId };
    });
  }
}
