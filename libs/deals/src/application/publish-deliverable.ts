import { type Actor, Clock, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { requireActiveOrCompleted } from '../domain/deal';
import { publishDeliverable } from '../domain/deliverable';
import { fulfilGift, owesPosts } from '../domain/gift';
import type { Deal, StateChange } from './deal';
import { everythingPublished, lockDeliverable, requireInfluencerSide } from './deal-access';
import { DealJournal } from './deal-journal';
import { DealRepository } from './deal-repository';

export interface PublishDeliverableCommand {
  readonly actor: Actor;
  readonly deliverableId: string;
  /** Public https address of the post. */
  readonly liveUrl: string;
}

/**
 * Records where an approved deliverable went live. The last one published fulfils the posting duty of a gift.
 * Throws NotFound, Forbidden, DealNotActive, InvalidTransition, InvalidLiveUrl.
 */
@Injectable()
export class PublishDeliverable {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly journal: DealJournal,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, deliverableId, liveUrl }: PublishDeliverableCommand): Promise<{ readonly dealId: string }> {
    return this.uow.run(actor, async (tx) => {
      const { deal, deliverable } = await lockDeliverable(tx, this.deals, deliverableId);
      requireInfluencerSide(actor, deal, 'publish this deliverable');
      requireActiveOrCompleted(deal.state);
      const now = this.clock.now();
      const progress = publishDeliverable(deliverable.progress, liveUrl, now);
      await this.deals.saveDeliverable(tx, deliverableId, progress);
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
