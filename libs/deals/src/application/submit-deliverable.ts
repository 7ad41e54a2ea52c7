import { type Actor, Clock, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { requireActive } from '../domain/deal';
import { submitDeliverable } from '../domain/deliverable';
import { influencersPartyOf, lockDeliverable, requireInfluencerSide, requireUndisputed } from './deal-access';
import { DealJournal } from './deal-journal';
import { DealRepository } from './deal-repository';
import { VersionFiles } from './files/version-files';
import { refuseOffPlatformLinks } from './publication/post-check';

export interface SubmitDeliverableCommand {
  readonly actor: Actor;
  readonly deliverableId: string;
  /** The text of the post, or the outline of the livestream. */
  readonly caption: string;
  /** Where the draft can be looked at. */
  readonly mediaUrls: readonly string[];
  /** Files that the actor has uploaded for this deal and not submitted before, up to 10; their order is kept. */
  readonly fileIds?: readonly string[];
}

/**
 * Hands a draft, or its next revision, to the brand as a version, which then has the terms' days to answer.
 * Throws NotFound, Forbidden, InvalidInput, DealNotActive, DeliverableDisputed, InvalidTransition, OffPlatformLink, FileAlreadyAttached.
 */
@Injectable()
export class SubmitDeliverable {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly files: VersionFiles,
    private readonly journal: DealJournal,
    private readonly clock: Clock,
  ) {}

  async execute(command: SubmitDeliverableCommand): Promise<{ readonly dealId: string }> {
    const { actor, deliverableId, caption, mediaUrls, fileIds = [] } = command;
    return this.uow.run(actor, async (tx) => {
      const { deal, deliverable } = await lockDeliverable(tx, this.deals, deliverableId);
      requireInfluencerSide(actor, deal, 'submit this deliverable');
      requireActive(deal.state);
      requireUndisputed(deliverable);
      const now = this.clock.now();
      const progress = submitDeliverable(deliverable.progress, deal.terms.autoApprovalDays, now);
      refuseOffPlatformLinks(deal, caption);
      await this.deals.saveDeliverable(tx, deliverableId, progress);
      const number = deliverable.versions.length + 1;
      await this.deals.appendVersion(tx, deal, deliverableId, {
        number,
        caption,
        mediaUrls,
        submittedBy: actor.kind === 'person' ? actor.userId : null,
        partyId: influencersPartyOf(actor, deal),
        submittedAt: now,
        outcome: null,
        decidedAt: null,
        feedback: null,
      });
      await this.files.attach(tx, actor, { dealId: deal.id, deliverableId, number }, fileIds, now);
      const change = { subjectId: deliverableId, from: deliverable.progress.state, to: progress.state, note: null };
      await this.journal.record(tx, deal, [{ event: 'deliverable_submitted', ...change }], now);
      return { dealId: deal.id };
    });
  }
}
