import { eachAlone, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { isDutyOver, markGiftOverdue } from '../domain/posting-duty';
import { giftOf, lockDeal } from './deal-access';
import { DealJournal } from './deal-journal';
import { DealRepository } from './deal-repository';

export interface MarkGiftsOverdueCommand {
  readonly now: Date;
  /** Most gifts of one run. */
  readonly limit: number;
}

const ACTOR = systemActor('mark-gifts-overdue');

/**
 * Marks received gifts whose posting duty has ended without every post being published, each in a transaction of its
 * own. Safe to run twice at once.
 */
@Injectable()
export class MarkGiftsOverdue {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly journal: DealJournal,
  ) {}

  /** Answers how many were marked; throws an `AggregateError` of what failed after all others were tried. */
  async execute({ now, limit }: MarkGiftsOverdueCommand): Promise<{ readonly marked: number }> {
    const dealIds = await this.uow.read(ACTOR, (tx) => this.deals.dealsWithOverdueGift(tx, now, limit));
    const outcomes = await eachAlone(dealIds, (dealId) => this.markIfStillDue(dealId, now));
    return { marked: outcomes.filter(Boolean).length };
  }

  private markIfStillDue(dealId: string, now: Date): Promise<boolean> {
    return this.uow.run(ACTOR, async (tx) => {
      const deal = await lockDeal(tx, this.deals, dealId);
      const gift = giftOf(deal);
      if (!isDutyOver(gift.progress, now)) return false;
      const progress = markGiftOverdue(gift.progress, now);
      await this.deals.saveGift(tx, gift.id, progress);
      const change = { subjectId: gift.id, from: gift.progress.state, to: progress.state, note: null };
      await this.journal.record(tx, deal, [{ event: 'gift_overdue', ...change }], now);
      return true;
    });
  }
}
