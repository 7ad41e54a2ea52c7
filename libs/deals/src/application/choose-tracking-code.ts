import { type Actor, Clock, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { DealNotActive, NoCommissionInDeal } from '../domain/errors';
import { lockDeal, requireBrandManager } from './deal-access';
import type { CommissionKind } from './deal-directory';
import { DealRepository } from './deal-repository';
import { TrackingCodeIssuer } from './tracking-code-issuer';

export interface ChooseTrackingCodeCommand {
  readonly actor: Actor;
  readonly dealId: string;
  readonly kind: CommissionKind;
  readonly code: string;
}

/**
 * Gives a deal the code its brand wishes. Earlier codes keep counting: they may be printed already.
 * Throws NotFound, Forbidden, NoCommissionInDeal, DealNotActive, InvalidTrackingCode, TrackingCodeTaken.
 */
@Injectable()
export class ChooseTrackingCode {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly codes: TrackingCodeIssuer,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, dealId, kind, code }: ChooseTrackingCodeCommand): Promise<{ readonly dealId: string }> {
    return this.uow.run(actor, async (tx) => {
      const deal = await lockDeal(tx, this.deals, dealId);
      requireBrandManager(actor, deal, 'choose its tracking code');
      if (!deal.terms.compensation.commission) throw new NoCommissionInDeal();
      if (deal.state !== 'awaiting_funding' && deal.state !== 'active') throw new DealNotActive(deal.state);
      const wished = await this.codes.wished(tx, deal, kind, code, new Set(), this.clock.now());
      await this.deals.insertCode(tx, deal, wished);
      return { dealId };
    });
  }
}
