import { type Actor, Clock, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { requireActive } from '../domain/deal';
import { receiveGift } from '../domain/gift';
import { everythingPublished, giftOf, lockDeal, requireInfluencerSide } from './deal-access';
import { DealJournal } from './deal-journal';
import { DealMoney } from './deal-money';
import { DealRepository } from './deal-repository';

export interface ReceiveGiftCommand {
  readonly actor: Actor;
  readonly dealId: string;
}

/**
 * The influencer has the gift: its declared value enters the in-kind accounts and the posting duty begins.
 * Throws NotFound, Forbidden, NoGiftInDeal, DealNotActive, InvalidTransition.
 */
@Injectable()
export class ReceiveGift {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly money: DealMoney,
    private readonly journal: DealJournal,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, dealId }: ReceiveGiftCommand): Promise<{ readonly dealId: string }> {
    return this.uow.run(actor, async (tx) => {
      const deal = await lockDeal(tx, this.deals, dealId);
      requireInfluencerSide(actor, deal, 'confirm the gift');
      const gift = giftOf(deal);
      requireActive(deal.state);
      const now = this.clock.now();
      const duty = {
        postingDutyDays: gift.postingDutyDays,
        everythingPublished: everythingPublished(deal.deliverables),
      };
      const progress = receiveGift(gift.progress, duty, now);
      await this.deals.saveGift(tx, gift.id, progress);
      await this.money.recordGiftReceived(tx, deal, gift, now);
      const change = { subjectId: gift.id, from: gift.progress.state, to: progress.state, note: null };
      await this.journal.record(tx, deal, [{ event: 'gift_received', ...change }], now);
      return { dealId };
    });
  }
}
