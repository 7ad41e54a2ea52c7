import { ReadDealReviews, type ReviewView } from '@evenhand/deals';
import type { Actor } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';

type Loader = DataLoader<string, readonly ReviewView[]>;

/** Reviews of a deal; all that are asked for at the same moment are read at once. */
@Injectable()
export class ReviewsOfDeal {
  // The actor is an object of its own in every request.
  private readonly loaders = new WeakMap<Actor, Loader>();

  constructor(private readonly readReviews: ReadDealReviews) {}

  of(actor: Actor, dealId: string): Promise<readonly ReviewView[]> {
    const loader =
      this.loaders.get(actor) ??
      new DataLoader((dealIds) => this.readReviews.execute({ actor, dealIds }), { cache: false });
    this.loaders.set(actor, loader);
    return loader.load(dealId);
  }
}
