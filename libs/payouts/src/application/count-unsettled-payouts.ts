import { type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { PayoutQueries } from './payout-queries';

/**
 * How many payouts to the parties are planned or with the bank. With the system's rights: the caller has decided that its
 * actor may know.
 */
@Injectable()
export class CountUnsettledPayouts {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: PayoutQueries,
  ) {}

  execute(tx: Transaction, partyIds: readonly string[]): Promise<number> {
    return this.uow.asSystem(tx, () => this.queries.countUnsettled(tx, partyIds));
  }
}
