import { type Actor, Clock, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { requireActive } from '../domain/deal';
import { requestChanges } from '../domain/deliverable';
import { lockDeliverable, requireBrandManager, requireUndisputed } from './deal-access';
import { DealJournal } from './deal-journal';
import { DealRepository } from './deal-repository';

export interface RequestChangesCommand {
  readonly actor: Actor;
  readonly deliverableId: string;
  readonly feedback: string;
}

/**
 * Sends a submitted deliverable back, as often as the terms allow.
 * Throws NotFound, Forbidden, DealNotActive, DeliverableDisputed, InvalidTransition, RevisionsExhausted.
 */
@Injectable()
export class RequestChanges {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly journal: DealJournal,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, deliverableId, feedback }: RequestChangesCommand): Promise<{ readonly dealId: string }> {
    return this.uow.run(actor, async (tx) => {
      const { deal, deliverable } = await lockDeliverable(tx, this.deals, deliverableId);
      requireBrandManager(actor, deal, 'ask for changes');
      requireActive(deal.state);
      requireUndisputed(deliverable);
      const now = this.clock.now();
      const progress = requestChanges(deliverable.progress, deliverable.revisionsAllowed);
      await this.deals.saveDeliverable(tx, deliverableId, progress);
      const decision = { outcome: 'changes_requested', decidedAt: now, feedback } as const;
      await this.deals.decideVersion(tx, deliverableId, deliverable.versions.length, decision);
      const change = { subjectId: deliverableId, from: deliverable.progress.state, to: progress.state, note: feedback };
      await this.journal.record(tx, deal, [{ event: 'deliverable_changes_requested', ...change }], now);
      return { dealId: deal.id };
    });
  }
}
