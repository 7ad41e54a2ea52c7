import { type Actor, Clock, IdempotencyConflict, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { fundDeal } from '../domain/deal';
import { lockDeal, requireBrandManager } from './deal-access';
import { DealJournal } from './deal-journal';
import { DealMoney } from './deal-money';
import { DealRepository } from './deal-repository';

export interface FundDealCommand {
  readonly actor: Actor;
  readonly dealId: string;
  /** Unique per brand: the same key for the same deal answers again, for another deal it is refused. */
  readonly idempotencyKey: string;
}

/**
 * Puts the whole cash and commission reserve of a deal aside and starts it.
 * Throws NotFound, Forbidden, IdempotencyConflict, NothingToFund, DealAlreadyFunded, InvalidTransition,
 * InsufficientBrandBalance.
 */
@Injectable()
export class FundDeal {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly money: DealMoney,
    private readonly journal: DealJournal,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, dealId, idempotencyKey }: FundDealCommand): Promise<{ readonly dealId: string }> {
    return this.uow.run(actor, async (tx) => {
      const deal = await lockDeal(tx, this.deals, dealId);
      requireBrandManager(actor, deal, 'fund this deal');
      const fundedBefore = await this.deals.dealFundedBy(tx, deal.brandId, idempotencyKey);
      if (fundedBefore !== null && fundedBefore !== dealId) throw new IdempotencyConflict(idempotencyKey);
      const { repeated, state } = fundDeal(deal, idempotencyKey);
      if (repeated) return { dealId };
      const now = this.clock.now();
      await this.money.putAside(tx, deal);
      await this.deals.saveDeal(tx, dealId, { state, fundedAt: now, fundingKey: idempotencyKey, activatedAt: now });
      const funded = { event: 'deal_funded', subjectId: dealId, from: deal.state, to: state, note: null } as const;
      await this.journal.record(tx, deal, [funded], now);
      return { dealId };
    });
  }
}
