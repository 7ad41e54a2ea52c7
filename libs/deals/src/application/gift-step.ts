import { type Actor, Clock, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { DealState } from '../domain/deal';
import type { GiftProgress } from '../domain/gift-progress';
import type { Deal } from './deal';
import { giftOf, lockDeal } from './deal-access';
import { DealJournal } from './deal-journal';
import { DealRepository } from './deal-repository';
import type { Gift, GiftEvent } from './gift';

export interface GiftCommand {
  readonly actor: Actor;
  readonly dealId: string;
}

/** The gift as a step finds it, with its deal locked. */
export interface GiftScene {
  readonly tx: Transaction;
  readonly deal: Deal;
  readonly gift: Gift;
  readonly now: Date;
}

export interface GiftRule {
  /** Throws Forbidden. */
  readonly allow: (deal: Deal) => void;
  /** Throws DealNotActive. */
  readonly during: (state: DealState) => void;
  readonly decide: (scene: GiftScene) => GiftOutcome | Promise<GiftOutcome>;
}

export interface GiftOutcome {
  readonly event: GiftEvent;
  readonly progress: GiftProgress;
  readonly note?: string | null;
}

/** What every step of a gift has in common: one transaction with the deal locked, the new state and its history. */
@Injectable()
export class GiftStep {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly journal: DealJournal,
    private readonly clock: Clock,
  ) {}

  /** Throws NotFound, NoGiftInDeal and what the rule throws. */
  async take({ actor, dealId }: GiftCommand, rule: GiftRule): Promise<{ readonly dealId: string }> {
    return this.uow.run(actor, async (tx) => {
      const deal = await lockDeal(tx, this.deals, dealId);
      rule.allow(deal);
      const gift = giftOf(deal);
      rule.during(deal.state);
      const now = this.clock.now();
      const { event, progress, note = null } = await rule.decide({ tx, deal, gift, now });
      await this.deals.saveGift(tx, gift.id, progress);
      const change = { subjectId: gift.id, from: gift.progress.state, to: progress.state, note };
      await this.journal.record(tx, deal, [{ event, ...change }], now);
      return { dealId };
    });
  }
}
