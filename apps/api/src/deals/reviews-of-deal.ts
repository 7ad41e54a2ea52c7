import { ReadDealReviews, type ReviewView } from '@evenhand/deals';
import type { Actor } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { LoaderPerActor } from '../graphql';

/** Reviews of a deal; all that are asked for at the same moment are read at once. */
@Injectable()
export class ReviewsOfDeal {
  private readonly loader = new LoaderPerActor<string, readonly ReviewView[]>((actor, dealIds) =>
    this.readReviews.execute({ actor, dealIds }),
  );

  constructor(private readonly readReviews: ReadDealReviews) {}

  of(actor: Actor, dealId: string): Promise<readonly ReviewView[]> {
    return this.loader.load(actor, dealId);
  }
}
