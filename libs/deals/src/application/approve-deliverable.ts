import { type Actor, Clock, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { lockDeliverable, requireBrandManager } from './deal-access';
import { DealRepository } from './deal-repository';
import { DeliverableApproval } from './deliverable-approval';

export interface ApproveDeliverableCommand {
  readonly actor: Actor;
  readonly deliverableId: string;
}

/**
 * The brand accepts the work; the deliverable's milestones are split and released in the same transaction, once only.
 * Throws NotFound, Forbidden, DealNotActive, DeliverableDisputed, InvalidTransition.
 */
@Injectable()
export class ApproveDeliverable {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly approval: DeliverableApproval,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, deliverableId }: ApproveDeliverableCommand): Promise<{ readonly dealId: string }> {
    return this.uow.run(actor, async (tx) => {
      const locked = await lockDeliverable(tx, this.deals, deliverableId);
      requireBrandManager(actor, locked.deal, 'approve this deliverable');
      await this.approval.approve(tx, locked, 'brand', this.clock.now());
      return { dealId: locked.deal.id };
    });
  }
}
