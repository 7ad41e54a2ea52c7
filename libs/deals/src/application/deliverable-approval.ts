import type { Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { requireActive } from '../domain/deal';
import { type ApprovedBy, approveDeliverable } from '../domain/deliverable';
import { outcomeOfApproval } from '../domain/version';
import type { Deal, Deliverable } from './deal';
import { requireUndisputed } from './deal-access';
import { DealJournal } from './deal-journal';
import { DealMoney } from './deal-money';
import { DealRepository } from './deal-repository';

/** The approval of a locked deliverable, by whomever: its milestones are released in the same transaction. */
@Injectable()
export class DeliverableApproval {
  constructor(
    private readonly deals: DealRepository,
    private readonly money: DealMoney,
    private readonly journal: DealJournal,
  ) {}

  /** Throws DealNotActive, DeliverableDisputed, InvalidTransition. */
  async approve(
    tx: Transaction,
    { deal, deliverable }: { readonly deal: Deal; readonly deliverable: Deliverable },
    approvedBy: ApprovedBy,
    now: Date,
  ): Promise<void> {
    requireActive(deal.state);
    requireUndisputed(deliverable);
    const progress = approveDeliverable(deliverable.progress, approvedBy, now);
    await this.deals.saveDeliverable(tx, deliverable.id, progress);
    const decision = { outcome: outcomeOfApproval(approvedBy), decidedAt: now, feedback: null };
    await this.deals.decideVersion(tx, deliverable.id, deliverable.versions.length, decision);
    await this.release(tx, deal, deliverable, now);
    const change = {
      subjectId: deliverable.id,
      from: deliverable.progress.state,
      to: progress.state,
      note: approvedBy,
    };
    await this.journal.record(tx, deal, [{ event: 'deliverable_approved', ...change }], now);
  }

  private async release(tx: Transaction, deal: Deal, deliverable: Deliverable, now: Date): Promise<void> {
    const { milestones } = deliverable;
    if (milestones.length === 0) return;
    const amountMinor = milestones.reduce((sum, milestone) => sum + milestone.amountMinor, 0n);
    await this.money.releaseCash(tx, deal, deliverable, amountMinor, now);
    const ids = milestones.map((milestone) => milestone.id);
    await this.deals.releaseMilestones(tx, ids, now);
  }
}
