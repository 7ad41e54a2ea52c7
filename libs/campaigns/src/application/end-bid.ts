import { Injectable } from '@nestjs/common';
import { type Actor, Clock, InvalidInput, NotFound, Outbox, UnitOfWork } from '@evenhand/kernel';
import type { OfferSide } from '../domain/bid';
import { Checks } from '../domain/checks';
import { endBid } from '../domain/negotiation';
import { authorizeSide } from './access';
import { type BidView, BidViews } from './bid-views';
import { bidEvent } from './events';
import { BidRepository } from './repositories';

export interface EndBidCommand {
  readonly actor: Actor;
  readonly bidId: string;
  /** Told to the other side; null for none. */
  readonly reason: string | null;
}

const BY_SIDE = {
  brand: { command: 'decline', event: 'declined' },
  influencer: { command: 'withdraw', event: 'withdrawn' },
} as const;

/** What declining (by the brand) and withdrawing (by the influencer's side) have in common. */
@Injectable()
export class BidEnding {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly bids: BidRepository,
    private readonly views: BidViews,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Throws NotFound, Forbidden, InvalidInput, InvalidTransition. */
  async run({ actor, bidId, reason }: EndBidCommand, side: OfferSide): Promise<BidView> {
    const { command, event } = BY_SIDE[side];
    assertReason(reason);
    return this.uow.run(actor, async (tx) => {
      const visible = await this.bids.find(tx, bidId);
      if (!visible) throw new NotFound('Bid');
      authorizeSide(actor, visible, side, `${command} it`);
      const locked = (await this.bids.lock(tx, bidId)) ?? visible;
      const bid = endBid(locked, command, reason, this.clock.now());
      await this.bids.save(tx, bid);
      await this.outbox.append(tx, [bidEvent(event, actor, bid, locked.state)]);
      return this.views.one(tx, bid);
    });
  }
}

function assertReason(reason: string | null): void {
  if (reason === null) return;
  const checks = new Checks();
  checks.text('reason', reason, { max: 1000, as: 'text' });
  const [problem] = checks.problems;
  if (problem) throw new InvalidInput(problem.field, problem.message);
}
