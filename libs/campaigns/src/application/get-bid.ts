import { Injectable } from '@nestjs/common';
import { type Actor, NotFound, UnitOfWork } from '@evenhand/kernel';
import { requireSignedIn } from './access';
import { type BidView, BidViews } from './bid-views';
import { BidRepository } from './repositories';

/** One bid the actor may see, with every offer. Throws NotFound. */
@Injectable()
export class GetBid {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly bids: BidRepository,
    private readonly views: BidViews,
  ) {}

  async execute({ actor, bidId }: { readonly actor: Actor; readonly bidId: string }): Promise<BidView> {
    requireSignedIn(actor);
    return this.uow.read(actor, async (tx) => {
      const bid = await this.bids.find(tx, bidId);
      if (!bid) throw new NotFound('Bid');
      return this.views.one(tx, bid);
    });
  }
}
