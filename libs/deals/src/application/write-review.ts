import {
  type Actor,
  actsForOrganisation,
  Clock,
  IdGenerator,
  Outbox,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { PartyDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import { reviewContent, writeReview } from '../domain/review';
import type { Deal } from './deal';
import { lockDeal, requireEitherSide } from './deal-access';
import { doerOf } from './deal-journal';
import { DealRepository } from './deal-repository';
import type { Review, ReviewView } from './review';
import { ReviewRepository } from './review-repository';
import { reviewViewsOf } from './review-view';

export interface WriteReviewCommand {
  readonly actor: Actor;
  readonly dealId: string;
  /** 1 to 5. */
  readonly stars: number;
  /** Up to 2,000 characters; may be empty. */
  readonly text: string;
}

/**
 * One side of a completed deal reviews the other, or replaces its review while nobody has seen it. Whoever acts for
 * both sides writes the brand's. Throws NotFound, Forbidden, DealNotCompleted, ReviewTooLate, ReviewAlreadyVisible,
 * InvalidStars, InvalidReviewText.
 */
@Injectable()
export class WriteReview {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly reviews: ReviewRepository,
    private readonly parties: PartyDirectory,
    private readonly outbox: Outbox,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, dealId, stars, text }: WriteReviewCommand): Promise<ReviewView> {
    return this.uow.run(actor, async (tx) => {
      const deal = await lockDeal(tx, this.deals, dealId);
      requireEitherSide(actor, deal, 'review this deal');
      const side = actsForOrganisation(actor, deal.brandId, 'manager') ? 'brand' : 'influencer';
      const content = reviewContent(stars, text);
      const now = this.clock.now();
      // The author must not see the other side's review, and yet it decides.
      const standing = await this.uow.asSystem(tx, () => this.reviews.ofDeals(tx, [dealId], now));
      const { visibleFrom, replaces, othersVisibleFrom } = writeReview(deal, standing, side, now);
      const { brandId, influencerId } = deal;
      const id = standing.find((review) => review.side === side)?.id ?? this.ids.next();
      const review = { id, dealId, brandId, influencerId, side, ...content, writtenAt: now, visibleFrom } as const;
      await (replaces ? this.reviews.replace(tx, review) : this.reviews.insert(tx, review));
      if (othersVisibleFrom !== null) await this.show(tx, review, othersVisibleFrom);
      await this.tell(tx, deal, review);
      const [view] = await reviewViewsOf(tx, this.parties, [review]);
      return view as ReviewView;
    });
  }

  private async show(tx: Transaction, { dealId, side }: Review, visibleFrom: Date): Promise<void> {
    const other = side === 'brand' ? 'influencer' : 'brand';
    await this.uow.asSystem(tx, () => this.reviews.saveVisibleFrom(tx, dealId, other, visibleFrom));
  }

  /** Without stars or text: whoever hears of it may be the other side. */
  private async tell(tx: Transaction, deal: Deal, { id, side, visibleFrom, writtenAt }: Review): Promise<void> {
    const { id: dealId, campaignId, brandId, influencerId, agencyId } = deal;
    const instants = { visibleFrom: visibleFrom.toISOString(), occurredAt: writtenAt.toISOString() };
    const ids = { dealId, campaignId, reviewId: id, brandId, influencerId, agencyId };
    const payload = { ...ids, side, by: doerOf(tx.actor), ...instants };
    await this.outbox.append(tx, [{ type: 'deals.review_written', subjectId: dealId, payload }]);
  }
}
