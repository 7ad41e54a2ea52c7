import { eachAlone, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { daysAfter } from '../domain/days';
import { isReminderDue, RECEIPT_REMINDER_DAYS } from '../domain/gift';
import { giftOf, lockDeal } from './deal-access';
import { DealJournal } from './deal-journal';
import { DealRepository } from './deal-repository';

const ACTOR = systemActor('remind-of-gift-receipts');

/**
 * Tells of parcels that were shipped long ago and neither received nor lost, once each. Receipt is never presumed: it
 * begins a duty and is income. Safe to run twice at once.
 */
@Injectable()
export class RemindOfGiftReceipts {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly journal: DealJournal,
  ) {}

  /** Answers how many; throws an `AggregateError` of what failed after all others were tried. */
  async execute({ now, limit }: { now: Date; limit: number }): Promise<{ readonly reminded: number }> {
    const shippedUntil = daysAfter(now, -RECEIPT_REMINDER_DAYS);
    const dealIds = await this.uow.read(ACTOR, (tx) => this.deals.dealsWithUnconfirmedGift(tx, shippedUntil, limit));
    const outcomes = await eachAlone(dealIds, (dealId) => this.remindIfStillDue(dealId, now));
    return { reminded: outcomes.filter(Boolean).length };
  }

  private remindIfStillDue(dealId: string, now: Date): Promise<boolean> {
    return this.uow.run(ACTOR, async (tx) => {
      const deal = await lockDeal(tx, this.deals, dealId);
      const gift = giftOf(deal);
      if (!isReminderDue(gift.progress, now)) return false;
      await this.deals.saveGift(tx, gift.id, { ...gift.progress, receiptRemindedAt: now });
      const { state } = gift.progress;
      const change = { subjectId: gift.id, from: state, to: state, note: null };
      await this.journal.record(tx, deal, [{ event: 'gift_receipt_reminded', ...change }], now);
      return true;
    });
  }
}
