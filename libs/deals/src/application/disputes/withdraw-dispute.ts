import { type Actor, authorize, Clock, requirePerson, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { disputeAfter } from '../../domain/dispute';
import { requireEitherSide } from '../deal-access';
import { DealRepository } from '../deal-repository';
import { lockDispute, sideOf } from './dispute-access';
import { DisputeEnd } from './dispute-end';
import { DisputeJournal } from './dispute-journal';
import { DisputeRepository } from './dispute-repository';

export interface WithdrawDisputeCommand {
  readonly actor: Actor;
  readonly disputeId: string;
}

/**
 * The side that opened a dispute takes it back: what was frozen is free, and the work goes on.
 * Throws NotFound, Forbidden, InvalidTransition.
 */
@Injectable()
export class WithdrawDispute {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly disputes: DisputeRepository,
    private readonly end: DisputeEnd,
    private readonly journal: DisputeJournal,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, disputeId }: WithdrawDisputeCommand): Promise<{ readonly disputeId: string }> {
    const person = requirePerson(actor);
    return this.uow.run(person, async (tx) => {
      const { deal, dispute } = await lockDispute(tx, this.deals, this.disputes, disputeId);
      requireEitherSide(person, deal, 'take this dispute back');
      authorize(sideOf(person, deal) === dispute.side, true, 'Dispute', 'take back what the other side opened');
      disputeAfter(dispute.state, 'withdraw');
      const now = this.clock.now();
      await this.disputes.saveWithdrawal(tx, disputeId, now);
      await this.end.prolongAnswers(tx, deal, dispute, now);
      await this.end.lift(tx, deal, dispute, null, now);
      await this.journal.record(tx, deal, dispute, { event: 'dispute_withdrawn', by: dispute.side, at: now });
      return { disputeId };
    });
  }
}
