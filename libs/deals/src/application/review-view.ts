import { type Actor, actsForInfluencer, actsForOrganisation, hasStaffRole, type Transaction } from '@evenhand/kernel';
import type { PartyDirectory } from '@evenhand/parties';
import { isVisible } from '../domain/review';
import { nameOf } from './deal-view';
import { authorIdOf, type Review, type ReviewView, subjectIdOf } from './review';

/** Until a review is visible it is there for its author's side and for operators alone. */
export function mayRead(actor: Actor, review: Review, now: Date): boolean {
  if (isVisible(review, now) || hasStaffRole(actor, 'operator')) return true;
  return review.side === 'brand'
    ? actsForOrganisation(actor, review.brandId, 'viewer')
    : actsForInfluencer(actor, review.influencerId, 'viewer');
}

/** Names for all reviews in one query. */
export async function reviewViewsOf(
  tx: Transaction,
  parties: PartyDirectory,
  reviews: readonly Review[],
): Promise<readonly ReviewView[]> {
  const names = await parties.namesOf(
    tx,
    reviews.flatMap(({ brandId, influencerId }) => [brandId, influencerId]),
  );
  return reviews.map((review) => ({
    ...review,
    author: nameOf(names, authorIdOf(review)),
    subject: nameOf(names, subjectIdOf(review)),
  }));
}
