import { Clock, type Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { FreezeCommand } from './freeze-shares';
import { Holds } from './holds';

/** Lifts the freeze of a deal for one reason; its due shares are released by the next run, unless another holds them. */
@Injectable()
export class UnfreezeShares {
  constructor(
    private readonly holds: Holds,
    private readonly clock: Clock,
  ) {}

  execute(tx: Transaction, { dealId, reason }: FreezeCommand): Promise<void> {
    return this.holds.unfreeze(tx, dealId, reason, this.clock.now());
  }
}
