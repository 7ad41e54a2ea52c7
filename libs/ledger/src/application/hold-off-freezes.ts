import type { Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { Holds } from './holds';

/** Whoever pays by what is not frozen calls this first: no freeze begins in these books until the transaction ends. */
@Injectable()
export class HoldOffFreezes {
  constructor(private readonly holds: Holds) {}

  execute(tx: Transaction, bookIds: readonly number[]): Promise<void> {
    return this.holds.holdOffFreezes(tx, bookIds);
  }
}
