import { eachAlone, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { lockDeliverable } from './deal-access';
import { DealRepository } from './deal-repository';
import { DeliverableApproval } from './deliverable-approval';

export interface AutoApproveDeliverablesCommand {
  readonly now: Date;
  /** Most deliverables of one run. */
  readonly limit: number;
}

const ACTOR = systemActor('auto-approve-deliverables');

/**
 * Approves what the brand has left unanswered beyond the days of the terms. Each deliverable has a transaction of its
 * own, so that one that fails holds up no other; two runs at once approve each of them once.
 */
@Injectable()
export class AutoApproveDeliverables {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly approval: DeliverableApproval,
  ) {}

  /** Answers how many were approved; throws an `AggregateError` of what failed after all others were tried. */
  async execute({ now, limit }: AutoApproveDeliverablesCommand): Promise<{ readonly approved: number }> {
    const due = await this.uow.read(ACTOR, (tx) => this.deals.deliverablesToAutoApprove(tx, now, limit));
    const outcomes = await eachAlone(due, (deliverableId) => this.approveIfStillDue(deliverableId, now));
    return { approved: outcomes.filter(Boolean).length };
  }

  private approveIfStillDue(deliverableId: string, now: Date): Promise<boolean> {
    return this.uow.run(ACTOR, async (tx) => {
      const locked = await lockDeliverable(tx, this.deals, deliverableId);
      const { progress, disputeId } = locked.deliverable;
      const isDue = progress.autoApproveAt !== null && progress.autoApproveAt <= now;
      // Between the list and the lock the brand may have answered, or a dispute may have stopped it or its deal.
      if (!isDue || disputeId !== null || locked.deal.state !== 'active') return false;
      await this.approval.approve(tx, locked, 'silence', now);
      return true;
    });
  }
}
