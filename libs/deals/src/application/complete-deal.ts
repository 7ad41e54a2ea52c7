import { type Actor, Clock, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { completeDeal } from '../domain/deal';
import { lockDeal, progressOf, requireBrandManager } from './deal-access';
import { DealJournal } from './deal-journal';
import { DealMoney } from './deal-money';
import { DealRepository } from './deal-repository';

export interface CompleteDealCommand {
  readonly actor: Actor;
  readonly dealId: string;
}

/**
 * Ends a deal whose work is done; what is left in escrow goes back to the brand. Sales still earn commission until the
 * attribution window ends. Throws NotFound, Forbidden, InvalidTransition, WorkNotFinished, GiftNotDelivered.
 */
@Injectable()
export class CompleteDeal {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly money: DealMoney,
    private readonly journal: DealJournal,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, dealId }: CompleteDealCommand): Promise<{ readonly dealId: string }> {
    return this.uow.run(actor, async (tx) => {
      const deal = await lockDeal(tx, this.deals, dealId);
      requireBrandManager(actor, deal, 'complete this deal');
      const state = completeDeal(deal.state, progressOf(deal));
      const now = this.clock.now();
      await this.money.returnUnused(tx, deal);
      await this.deals.saveDeal(tx, dealId, { state, completedAt: now });
      const change = { subjectId: dealId, from: deal.state, to: state, note: null };
      await this.journal.record(tx, deal, [{ event: 'deal_completed', ...change }], now);
      return { dealId };
    });
  }
}
