import { type Actor, Clock, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { requireActiveOrCompleted } from '../domain/deal';
import { owesPosts, returnGift } from '../domain/gift';
import { giftOf, lockDeal, requireBrandManager } from './deal-access';
import { DealJournal } from './deal-journal';
import { DealMoney } from './deal-money';
import { DealRepository } from './deal-repository';

export interface ReturnGiftCommand {
  readonly actor: Actor;
  readonly dealId: string;
}

/**
 * The brand has the gift back, undelivered or sent back by the influencer; then its value leaves the in-kind accounts.
 * Throws NotFound, Forbidden, NoGiftInDeal, DealNotActive, InvalidTransition.
 */
@Injectable()
export class ReturnGift {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly money: DealMoney,
    private readonly journal: DealJournal,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, dealId }: ReturnGiftCommand): Promise<{ readonly dealId: string }> {
    return this.uow.run(actor, async (tx) => {
      const deal = await lockDeal(tx, this.deals, dealId);
      requireBrandManager(actor, deal, 'confirm the return of the gift');
      const gift = giftOf(deal);
      requireActiveOrCompleted(deal.state);
      const now = this.clock.now();
      const progress = returnGift(gift.progress, now);
      await this.deals.saveGift(tx, gift.id, progress);
      if (owesPosts(gift.progress)) await this.money.recordGiftReturned(tx, deal, gift, now);
      const change = { subjectId: gift.id, from: gift.progress.state, to: progress.state, note: null };
      await this.journal.record(tx, deal, [{ event: 'gift_returned', ...change }], now);
      return { dealId };
    });
  }
}
