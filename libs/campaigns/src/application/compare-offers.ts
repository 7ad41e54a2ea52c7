import { Injectable } from '@nestjs/common';
import { type Actor, NotFound, UnitOfWork } from '@evenhand/kernel';
import type { Offer } from '../domain/bid';
import { differenceOf, type OfferDifference } from '../domain/offer-difference';
import { requireSignedIn } from './access';
import { BidRepository } from './repositories';

export interface CompareOffersQuery {
  readonly actor: Actor;
  readonly bidId: string;
  /** Numbers of two offers of the bid, in either order. */
  readonly from: number;
  readonly to: number;
}

export interface OfferComparison {
  readonly from: Offer;
  readonly to: Offer;
  readonly differences: readonly OfferDifference[];
}

/** Two offers of one bid side by side, for whoever may see the bid. Throws NotFound. */
@Injectable()
export class CompareOffers {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly bids: BidRepository,
  ) {}

  async execute({ actor, bidId, from, to }: CompareOffersQuery): Promise<OfferComparison> {
    requireSignedIn(actor);
    const bid = await this.uow.read(actor, (tx) => this.bids.find(tx, bidId));
    if (!bid) throw new NotFound('Bid');
    const numbered = (number: number): Offer => {
      const offer = bid.offers.find((each) => each.number === number);
      if (!offer) throw new NotFound('Offer');
      return offer;
    };
    const [earlier, later] = [numbered(from), numbered(to)];
    return { from: earlier, to: later, differences: differenceOf(earlier.compensation, later.compensation) };
  }
}
