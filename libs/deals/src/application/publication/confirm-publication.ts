import { type Actor, Clock, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { requireActiveOrCompleted } from '../../domain/deal';
import { DeliverableNotPublished } from '../../domain/publication/errors';
import { confirmPublication } from '../../domain/publication/publication';
import { lockDeliverable, requireBrandManager } from '../deal-access';
import { DealJournal } from '../deal-journal';
import { DealRepository } from '../deal-repository';
import { PublicationRepository } from './publication-repository';

export interface ConfirmPublicationCommand {
  readonly actor: Actor;
  readonly deliverableId: string;
}

/**
 * A person of the brand has looked at a post whose address does not prove whose it is, and says that it is the influencer's.
 * Throws NotFound, Forbidden, DealNotActive, DeliverableNotPublished, InvalidTransition.
 */
@Injectable()
export class ConfirmPublication {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly publications: PublicationRepository,
    private readonly journal: DealJournal,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, deliverableId }: ConfirmPublicationCommand): Promise<{ readonly dealId: string }> {
    return this.uow.run(actor, async (tx) => {
      const { deal, deliverable } = await lockDeliverable(tx, this.deals, deliverableId);
      requireBrandManager(actor, deal, 'confirm this post');
      requireActiveOrCompleted(deal.state);
      const { publication } = deliverable;
      if (!publication) throw new DeliverableNotPublished();
      const now = this.clock.now();
      const { check } = confirmPublication(publication, now);
      await this.publications.saveConfirmation(tx, deliverableId, now);
      const change = { subjectId: deliverableId, from: publication.check, to: check, note: publication.doubt };
      await this.journal.record(tx, deal, [{ event: 'publication_confirmed', ...change }], now);
      return { dealId: deal.id };
    });
  }
}
