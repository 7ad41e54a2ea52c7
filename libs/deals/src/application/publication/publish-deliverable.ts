import { type Actor, Clock, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { requireActiveOrCompleted } from '../../domain/deal';
import { publishDeliverable } from '../../domain/deliverable';
import { fulfilGift, owesPosts } from '../../domain/gift';
import type { Airing } from '../../domain/publication/livestream';
import type { Deal, StateChange } from '../deal';
import { everythingPublished, lockDeliverable, requireInfluencerSide } from '../deal-access';
import { DealJournal } from '../deal-journal';
import { DealRepository } from '../deal-repository';
import { PostCheck } from './post-check';
import { PublicationRepository } from './publication-repository';

export interface PublishDeliverableCommand {
  readonly actor: Actor;
  readonly deliverableId: string;
  /** Public https address of the post. */
  readonly liveUrl: string;
  /** As published; left out or null where it is as approved. */
  readonly caption?: string | null;
  /** When a livestream began and ended; left out or null for anything else. */
  readonly airing?: Airing | null;
}

/**
 * Records where an approved deliverable went live, once the post is what was agreed on: its address is one of a post on a
 * platform of the brief and names no other channel than the influencer's, its caption discloses and keeps the links policy,
 * a livestream was long enough. The last one published fulfils the posting duty of a gift.
 * Throws NotFound, Forbidden, InvalidInput, DealNotActive, InvalidTransition, what `PostCheck` states, LiveUrlAlreadyUsed,
 * LivestreamsOverlap.
 */
@Injectable()
export class PublishDeliverable {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly publications: PublicationRepository,
    private readonly check: PostCheck,
    private readonly journal: DealJournal,
    private readonly clock: Clock,
  ) {}

  async execute(command: PublishDeliverableCommand): Promise<{ readonly dealId: string }> {
    const { actor, deliverableId, liveUrl, caption = null, airing = null } = command;
    return this.uow.run(actor, async (tx) => {
      const { deal, deliverable } = await lockDeliverable(tx, this.deals, deliverableId);
      requireInfluencerSide(actor, deal, 'publish this deliverable');
      requireActiveOrCompleted(deal.state);
      const now = this.clock.now();
      const progress = publishDeliverable(deliverable.progress, liveUrl, now);
      const publication = await this.check.pass(tx, deal, deliverable, { liveUrl, caption, airing }, now);
      await this.deals.saveDeliverable(tx, deliverableId, progress);
      await this.publications.add(tx, deal, deliverableId, publication);
      const change = { subjectId: deliverableId, from: deliverable.progress.state, to: progress.state };
      const published: StateChange = { event: 'deliverable_published', ...change, note: progress.liveUrl };
      const others = deal.deliverables.filter((other) => other.id !== deliverableId);
      const gift = everythingPublished(others) ? giftFulfilled(deal, now) : null;
      if (gift) await this.deals.saveGift(tx, gift.change.subjectId, gift.progress);
      await this.journal.record(tx, deal, gift ? [published, gift.change] : [published], now);
      return { dealId: deal.id };
    });
  }
}

function giftFulfilled({ gift }: Deal, now: Date) {
  if (!gift || !owesPosts(gift.progress)) return null;
  const progress = fulfilGift(gift.progress, now);
  const change = { subjectId: gift.id, from: gift.progress.state, to: progress.state, note: null };
  return { progress, change: { event: 'gift_fulfilled', ...change } as const };
}
