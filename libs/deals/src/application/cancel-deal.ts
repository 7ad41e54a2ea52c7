import { BudgetCommitments } from '@evenhand/campaigns';
import { type Actor, Clock, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { cancelDeal } from '../domain/deal';
import { lockDeal, progressOf, requireEitherSide, requireUndisputed } from './deal-access';
import { DealJournal } from './deal-journal';
import { DealMoney } from './deal-money';
import { DealRepository } from './deal-repository';
import { feesOnTopOf } from './escrow-need';

export interface CancelDealCommand {
  readonly actor: Actor;
  readonly dealId: string;
  readonly reason: string;
}

/**
 * Either side steps back before any work: escrow returns to the brand, the budget to the campaign.
 * Throws NotFound, Forbidden, InvalidTransition, WorkAlreadyBegun, DeliverableDisputed.
 */
@Injectable()
export class CancelDeal {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly money: DealMoney,
    private readonly budgets: BudgetCommitments,
    private readonly journal: DealJournal,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, dealId, reason }: CancelDealCommand): Promise<{ readonly dealId: string }> {
    return this.uow.run(actor, async (tx) => {
      const deal = await lockDeal(tx, this.deals, dealId);
      requireEitherSide(actor, deal, 'cancel this deal');
      const state = cancelDeal(deal.state, progressOf(deal));
      deal.deliverables.forEach(requireUndisputed);
      const now = this.clock.now();
      await this.money.returnUnused(tx, deal);
      await this.budgets.release(tx, deal.bidId, feesOnTopOf(deal.need, deal.terms.compensation), now);
      await this.deals.saveDeal(tx, dealId, { state, cancelledAt: now });
      const change = { subjectId: dealId, from: deal.state, to: state, note: reason };
      await this.journal.record(tx, deal, [{ event: 'deal_cancelled', ...change }], now);
      return { dealId };
    });
  }
}
