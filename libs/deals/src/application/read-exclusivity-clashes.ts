import { BidOffers } from '@evenhand/campaigns';
import { type Actor, actsForInfluencer, Clock, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { ExclusivityClash } from '../domain/exclusivity';
import { ExclusivityWatch, withoutDeals } from './exclusivity-watch';

/** What bids clash with at this moment; nothing for bids that have ended or that the actor may not see. */
@Injectable()
export class ReadExclusivityClashes {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly bids: BidOffers,
    private readonly watch: ExclusivityWatch,
    private readonly clock: Clock,
  ) {}

  /** In the order of `bidIds`. */
  async execute(query: {
    readonly actor: Actor;
    readonly bidIds: readonly string[];
  }): Promise<readonly (readonly ExclusivityClash[])[]> {
    const { actor, bidIds } = query;
    return this.uow.read(actor, async (tx) => {
      const open = await this.bids.open(tx, bidIds);
      const found = await this.watch.clashesOf(tx, open, this.clock.now());
      const byBid = new Map(
        open.map(({ bidId, influencerId }, index) => {
          const clashes = found[index] ?? [];
          return [bidId, actsForInfluencer(actor, influencerId, 'viewer') ? clashes : withoutDeals(clashes)] as const;
        }),
      );
      return bidIds.map((bidId) => byBid.get(bidId) ?? []);
    });
  }
}
