import { type Actor, authorize, Clock, hasStaffRole, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { dealAfter } from '../domain/deal';
import { lockDeal } from './deal-access';
import { DealJournal } from './deal-journal';
import { DealMoney } from './deal-money';
import { DealRepository } from './deal-repository';

export interface ResolveDisputeCommand {
  readonly actor: Actor;
  readonly dealId: string;
  readonly decision: string;
}

/** An operator lets a disputed deal go on and its shares be released. Throws NotFound, Forbidden, InvalidTransition. */
@Injectable()
export class ResolveDispute {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly money: DealMoney,
    private readonly journal: DealJournal,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, dealId, decision }: ResolveDisputeCommand): Promise<{ readonly dealId: string }> {
    return this.uow.run(actor, async (tx) => {
      const deal = await lockDeal(tx, this.deals, dealId);
      authorize(hasStaffRole(actor, 'operator'), true, 'Deal', 'decide a dispute');
      const state = dealAfter(deal.state, 'resume');
      await this.money.unfreeze(tx, deal);
      await this.deals.saveDeal(tx, dealId, { state });
      const change = { subjectId: dealId, from: deal.state, to: state, note: decision };
      await this.journal.record(tx, deal, [{ event: 'deal_resumed', ...change }], this.clock.now());
      return { dealId };
    });
  }
}
