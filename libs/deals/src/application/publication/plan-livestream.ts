import { type Actor, Clock, InvalidTransition, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { requireActive } from '../../domain/deal';
import { checkPlannedStart, requireLivestream } from '../../domain/publication/livestream';
import { lockDeliverable, requireInfluencerSide } from '../deal-access';
import { DealJournal } from '../deal-journal';
import { DealRepository } from '../deal-repository';
import { PublicationRepository } from './publication-repository';

export interface PlanLivestreamCommand {
  readonly actor: Actor;
  readonly deliverableId: string;
  readonly plannedStart: Date;
}

/**
 * The influencer's side says when a livestream is to begin, or says it anew; after it is published no more.
 * Throws NotFound, Forbidden, DealNotActive, NotALivestream, InvalidTransition, InvalidInput.
 */
@Injectable()
export class PlanLivestream {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly publications: PublicationRepository,
    private readonly journal: DealJournal,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, deliverableId, plannedStart }: PlanLivestreamCommand): Promise<{ readonly dealId: string }> {
    return this.uow.run(actor, async (tx) => {
      const { deal, deliverable } = await lockDeliverable(tx, this.deals, deliverableId);
      requireInfluencerSide(actor, deal, 'plan this livestream');
      requireActive(deal.state);
      requireLivestream(deliverable.kind);
      const { state } = deliverable.progress;
      if (state === 'published') throw new InvalidTransition('The deliverable', state, 'plan');
      const now = this.clock.now();
      checkPlannedStart(plannedStart, now);
      await this.publications.savePlannedStart(tx, deliverableId, plannedStart);
      const change = { subjectId: deliverableId, from: state, to: state, note: plannedStart.toISOString() };
      await this.journal.record(tx, deal, [{ event: 'livestream_planned', ...change }], now);
      return { dealId: deal.id };
    });
  }
}
