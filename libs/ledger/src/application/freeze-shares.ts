import { Clock, type Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { Holds } from './holds';

export interface FreezeCommand {
  readonly dealId: string;
  /** Machine-readable, e.g. "dispute"; a deal may be frozen for several reasons at once. */
  readonly reason: string;
}

/** Stops the release of all shares of a deal, those to come included, until lifted: a freeze never expires. */
@Injectable()
export class FreezeShares {
  constructor(
    private readonly holds: Holds,
    private readonly clock: Clock,
  ) {}

  execute(tx: Transaction, { dealId, reason }: FreezeCommand): Promise<void> {
    return this.holds.freeze(tx, dealId, reason, this.clock.now());
  }
}
