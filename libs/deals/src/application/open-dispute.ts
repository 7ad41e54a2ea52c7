import { type Actor, Clock, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { dealAfter } from '../domain/deal';
import { lockDeal, requireEitherSide } from './deal-access';
import { DealJournal } from './deal-journal';
import { DealMoney } from './deal-money';
import { DealRepository } from './deal-repository';

export interface OpenDisputeCommand {
  readonly actor: Actor;
  readonly dealId: string;
  readonly reason: string;
}

/**
 * Either side stops a running deal: work rests and no share is released until an operator has decided; a dispute never
 * ends by itself. Throws NotFound, Forbidden, InvalidTransition.
 */
@Injectable()
export class OpenDispute {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly money: DealMoney,
    private readonly journal: DealJournal,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, dealId, reason }: OpenDisputeCommand): Promise<{ readonly dealId: string }> {
    return this.uow.run(actor, async (tx) => {
      const deal = await lockDeal(tx, this.deals, dealId);
      requireEitherSide(actor, deal, 'open a dispute');
      const state = dealAfter(deal.state, 'dispute');
      await this.money.freeze(tx, deal);
      await this.deals.saveDeal(tx, dealId, { state });
      const change = { subjectId: dealId, from: deal.state, to: state, note: reason };
      await this.journal.record(tx, deal, [{ event: 'deal_disputed', ...change }], this.clock.now());
      return { dealId };
    });
  }
}
