import {
  type Actor,
  authorize,
  Clock,
  hasStaffRole,
  IdempotencyConflict,
  requirePerson,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import type { Rational } from '@evenhand/money';
import { Injectable } from '@nestjs/common';
import { settleDeliverable } from '../../domain/deliverable';
import { decideDispute, type DisputeOutcome, sharesOfDecision, type StatedShare } from '../../domain/dispute';
import { OperatorIsParty } from '../../domain/dispute-errors';
import type { Deal } from '../deal';
import { DealJournal } from '../deal-journal';
import { DealRepository } from '../deal-repository';
import type { Dispute, DisputeItem } from './dispute';
import { belongsToASide, lockDispute } from './dispute-access';
import { DisputeEnd } from './dispute-end';
import { DisputeJournal } from './dispute-journal';
import { DisputeMoney } from './dispute-money';
import { DisputeRepository } from './dispute-repository';

export interface DecideDisputeCommand {
  readonly actor: Actor;
  readonly disputeId: string;
  readonly outcome: DisputeOutcome;
  /** For a split: of each deliverable in question. */
  readonly shares?: readonly StatedShare[];
  /** Shown to both sides. */
  readonly reason: string;
  readonly idempotencyKey: string;
}

/**
 * An operator who belongs to no side decides, once and for all, and the postings that carry it out are made in the same
 * transaction; exactly what the dispute had frozen is free. What is still in escrow is split by the plan or goes back to the
 * brand, and its deliverable is settled; what was earned stays, or is taken back from its recorded parts.
 * Throws NotFound, Forbidden, OperatorIsParty, InvalidTransition, AnswerStillOpen, DecisionIncomplete, InvalidInput,
 * InvalidRational, IdempotencyConflict, PeriodClosed.
 */
@Injectable()
export class DecideDispute {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly disputes: DisputeRepository,
    private readonly money: DisputeMoney,
    private readonly end: DisputeEnd,
    private readonly dealJournal: DealJournal,
    private readonly journal: DisputeJournal,
    private readonly clock: Clock,
  ) {}

  async execute(command: DecideDisputeCommand): Promise<{ readonly disputeId: string }> {
    const { disputeId, outcome, reason, idempotencyKey, shares: stated = [] } = command;
    const person = requirePerson(command.actor);
    return this.uow.run(person, async (tx) => {
      const { deal, dispute } = await lockDispute(tx, this.deals, this.disputes, disputeId);
      authorize(hasStaffRole(person, 'operator'), true, 'Dispute', 'decide a dispute');
      if (belongsToASide(person, deal)) throw new OperatorIsParty();
      const ids = dispute.items.map(({ deliverableId }) => deliverableId);
      const shares = sharesOfDecision(outcome, stated, ids);
      if ((await this.disputes.decisionKey(tx, disputeId)) === idempotencyKey) {
        if (!isAsDecided(dispute, command, shares)) throw new IdempotencyConflict(idempotencyKey);
        return { disputeId };
      }
      const now = this.clock.now();
      decideDispute(dispute, now);
      const decision = { outcome, reason, decidedBy: person.userId, decidedAt: now };
      await this.disputes.saveDecision(tx, disputeId, decision, idempotencyKey);
      if (shares) await this.carryOut(tx, deal, dispute, shares, now);
      else await this.end.prolongAnswers(tx, deal, dispute, now);
      await this.end.lift(tx, deal, dispute, reason, now);
      await this.journal.record(tx, deal, dispute, { event: 'dispute_decided', by: null, outcome, at: now });
      return { disputeId };
    });
  }

  private async carryOut(
    tx: Transaction,
    deal: Deal,
    dispute: Dispute,
    shares: ReadonlyMap<string, Rational>,
    now: Date,
  ): Promise<void> {
    const decided: DisputeItem[] = [];
    for (const item of dispute.items) {
      const influencerShare = shares.get(item.deliverableId);
      if (!influencerShare) throw new RangeError(`Nothing is decided about deliverable ${item.deliverableId}.`);
      decided.push(await this.money.carryOut(tx, deal, { disputeId: dispute.id, item, influencerShare }, now));
      if (item.place === 'escrow') await this.settle(tx, deal, item, now);
    }
    await this.uow.asSystem(tx, () => this.disputes.saveItems(tx, dispute.id, decided));
  }

  private async settle(tx: Transaction, deal: Deal, item: DisputeItem, now: Date): Promise<void> {
    const deliverable = deal.deliverables.find(({ id }) => id === item.deliverableId);
    if (!deliverable) throw new RangeError(`Deliverable ${item.deliverableId} is of another deal.`);
    const progress = settleDeliverable(deliverable.progress);
    await this.uow.asSystem(tx, () => this.deals.saveDeliverable(tx, deliverable.id, progress));
    const change = { subjectId: deliverable.id, from: deliverable.progress.state, to: progress.state, note: null };
    await this.dealJournal.record(tx, deal, [{ event: 'deliverable_settled', ...change }], now);
  }
}

function isAsDecided(
  { decision, items }: Dispute,
  { outcome, reason }: DecideDisputeCommand,
  shares: ReadonlyMap<string, Rational> | null,
): boolean {
  return (
    decision?.outcome === outcome &&
    decision.reason === reason &&
    items.every(
      ({ deliverableId, decided }) =>
        (decided?.influencerShare ?? null) === (shares?.get(deliverableId)?.toString() ?? null),
    )
  );
}
