import { Injectable } from '@nestjs/common';
import type { BidView } from './bid-views';
import { BidEnding, type EndBidCommand } from './end-bid';

/** The influencer's side takes its open bid back. Throws NotFound, Forbidden, InvalidInput, InvalidTransition. */
@Injectable()
export class WithdrawBid {
  constructor(private readonly ending: BidEnding) {}

  execute(command: EndBidCommand): Promise<BidView> {
    return this.ending.run(command, 'influencer');
  }
}
