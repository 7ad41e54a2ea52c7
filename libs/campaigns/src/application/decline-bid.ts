import { Injectable } from '@nestjs/common';
import type { BidView } from './bid-views';
import { BidEnding, type EndBidCommand } from './end-bid';

/** The brand's no to an open bid. Throws NotFound, Forbidden, InvalidInput, InvalidTransition. */
@Injectable()
export class DeclineBid {
  constructor(private readonly ending: BidEnding) {}

  execute(command: EndBidCommand): Promise<BidView> {
    return this.ending.run(command, 'brand');
  }
}
