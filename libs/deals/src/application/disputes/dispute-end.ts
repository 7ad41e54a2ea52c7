import { type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { dealAfter } from '../../domain/deal';
import { prolongAnswer } from '../../domain/deliverable';
import type { Deal } from '../deal';
import { DealJournal } from '../deal-journal';
import { DealMoney } from '../deal-money';
import { DealRepository } from '../deal-repository';
import type { Dispute } from './dispute';
import { DisputeMoney } from './dispute-money';
import { DisputeRepository } from './dispute-repository';

/** Lifts exactly what the opening of a dispute had stopped, whoever ends it. */
@Injectable()
export class DisputeEnd {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly disputes: DisputeRepository,
    private readonly money: DisputeMoney,
    private readonly dealMoney: DealMoney,
    private readonly journal: DealJournal,
  ) {}

  async lift(tx: Transaction, deal: Deal, dispute: Dispute, note: string | null, now: Date): Promise<void> {
    await this.money.unfreeze(tx, deal, dispute.items);
    // The deliverables are the sides' rows, whoever decides.
    await this.uow.asSystem(tx, () => this.disputes.freeDeliverables(tx, dispute.id));
    if (dispute.scope === 'deal') await this.resumeDeal(tx, deal, note, now);
  }

  /** Deliverables that wait for the brand go on as if no time had passed. */
  async prolongAnswers(tx: Transaction, deal: Deal, dispute: Dispute, now: Date): Promise<void> {
    const rested = deal.deliverables.filter(
      ({ disputeId }) => disputeId === dispute.id || (dispute.scope === 'deal' && disputeId === null),
    );
    await this.uow.asSystem(tx, async () => {
      for (const { id, progress } of rested) {
        if (progress.autoApproveAt === null) continue;
        await this.deals.saveDeliverable(tx, id, prolongAnswer(progress, dispute.openedAt, now));
      }
    });
  }

  private async resumeDeal(tx: Transaction, deal: Deal, note: string | null, now: Date): Promise<void> {
    const state = dealAfter(deal.state, 'resume');
    await this.dealMoney.unfreeze(tx, deal);
    await this.deals.saveDeal(tx, deal.id, { state });
    const change = { subjectId: deal.id, from: deal.state, to: state, note };
    await this.journal.record(tx, deal, [{ event: 'deal_resumed', ...change }], now);
  }
}
