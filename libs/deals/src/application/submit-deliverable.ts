import { lintOffPlatformLinks, OffPlatformLink } from '@evenhand/campaigns';
import { type Actor, Clock, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { requireActive } from '../domain/deal';
import { submitDeliverable } from '../domain/deliverable';
import type { Deal } from './deal';
import { lockDeliverable, requireInfluencerSide } from './deal-access';
import { DealJournal } from './deal-journal';
import { DealRepository } from './deal-repository';

export interface SubmitDeliverableCommand {
  readonly actor: Actor;
  readonly deliverableId: string;
  /** The text of the post, or the outline of the livestream. */
  readonly caption: string;
  /** Where the draft can be looked at. */
  readonly mediaUrls: readonly string[];
}

/**
 * Hands a draft, or its next revision, to the brand, which then has the terms' days to answer.
 * Throws NotFound, Forbidden, DealNotActive, InvalidTransition, OffPlatformLink.
 */
@Injectable()
export class SubmitDeliverable {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly journal: DealJournal,
    private readonly clock: Clock,
  ) {}

  async execute(command: SubmitDeliverableCommand): Promise<{ readonly dealId: string }> {
    const { actor, deliverableId, caption, mediaUrls } = command;
    return this.uow.run(actor, async (tx) => {
      const { deal, deliverable } = await lockDeliverable(tx, this.deals, deliverableId);
      requireInfluencerSide(actor, deal, 'submit this deliverable');
      requireActive(deal.state);
      const now = this.clock.now();
      const progress = submitDeliverable(deliverable.progress, deal.terms.autoApprovalDays, now);
      refuseOffPlatformLinks(deal, caption);
      await this.deals.saveDeliverable(tx, deliverableId, progress);
      await this.deals.appendSubmission(tx, deal, deliverableId, {
        number: deliverable.submissions.length + 1,
        caption,
        mediaUrls,
        submittedBy: actor.kind === 'person' ? actor.userId : null,
        submittedAt: now,
        feedback: null,
      });
      const change = { subjectId: deliverableId, from: deliverable.progress.state, to: progress.state, note: null };
      await this.journal.record(tx, deal, [{ event: 'deliverable_submitted', ...change }], now);
      return { dealId: deal.id };
    });
  }
}

/** Platforms bury posts that lead elsewhere, so such a text is refused before anybody spends time on it. */
function refuseOffPlatformLinks(deal: Deal, caption: string): void {
  if (deal.terms.brief.linksPolicy !== 'platform_only') return;
  const findings = lintOffPlatformLinks(caption).map((finding) => ({ field: 'caption', ...finding }));
  if (findings.length > 0) throw new OffPlatformLink(findings);
}
