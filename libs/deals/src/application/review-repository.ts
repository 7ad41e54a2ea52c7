import type { PageRequest, Transaction } from '@evenhand/kernel';
import type { ReviewSide } from '../domain/review';
import type { Rating, Review } from './review';

/** Reviews under the rights that apply in the transaction; `now` decides which of them are visible. */
export abstract class ReviewRepository {
  abstract insert(tx: Transaction, review: Review): Promise<void>;
  /** Stars, text and instants of a review that nobody has seen. */
  abstract replace(tx: Transaction, review: Review): Promise<void>;
  /** Lets the other side's review be seen; needs the system's rights, since its reader-to-be may not see it yet. */
  abstract saveVisibleFrom(tx: Transaction, dealId: string, side: ReviewSide, visibleFrom: Date): Promise<void>;

  abstract ofDeals(tx: Transaction, dealIds: readonly string[], now: Date): Promise<readonly Review[]>;

  /** The visible reviews of a party; one fetched row more than `page.first` tells that there is a next page. */
  abstract visibleAbout(tx: Transaction, partyId: string, page: PageRequest, now: Date): Promise<readonly Review[]>;
  /** By party; parties that nobody has reviewed are missing. */
  abstract ratingsOf(tx: Transaction, partyIds: readonly string[], now: Date): Promise<ReadonlyMap<string, Rating>>;
}
