import { type Actor, Clock, InvalidTransition, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { requireActiveOrCompleted } from '../../domain/deal';
import { checkAcceptedMinutes, requireLivestream } from '../../domain/publication/livestream';
import { lockDeliverable, requireBrandManager } from '../deal-access';
import { DealJournal } from '../deal-journal';
import { DealRepository } from '../deal-repository';
import { minimumMinutesOf } from './post-check';
import { PublicationRepository } from './publication-repository';

export interface AcceptShortLivestreamCommand {
  readonly actor: Actor;
  readonly deliverableId: string;
  /** How long it has to have lasted at least; below what the brief asks for. */
  readonly minutes: number;
}

/**
 * The brand takes a livestream that is shorter than the brief asks for; who said so, and when, is kept.
 * Throws NotFound, Forbidden, DealNotActive, NotALivestream, InvalidTransition, InvalidInput.
 */
@Injectable()
export class AcceptShortLivestream {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly publications: PublicationRepository,
    private readonly journal: DealJournal,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, deliverableId, minutes }: AcceptShortLivestreamCommand): Promise<{ readonly dealId: string }> {
    return this.uow.run(actor, async (tx) => {
      const { deal, deliverable } = await lockDeliverable(tx, this.deals, deliverableId);
      requireBrandManager(actor, deal, 'accept a shorter livestream');
      requireActiveOrCompleted(deal.state);
      requireLivestream(deliverable.kind);
      const { state } = deliverable.progress;
      if (state === 'published') throw new InvalidTransition('The deliverable', state, 'accept_short');
      checkAcceptedMinutes(minutes, minimumMinutesOf(deal, deliverable));
      const now = this.clock.now();
      await this.publications.acceptMinutes(tx, deal, deliverableId, minutes, now);
      const change = { subjectId: deliverableId, from: state, to: state, note: String(minutes) };
      await this.journal.record(tx, deal, [{ event: 'short_livestream_accepted', ...change }], now);
      return { dealId: deal.id };
    });
  }
}
