import { type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';

export abstract class OpenBalances {
  abstract count(tx: Transaction, partyIds: readonly string[]): Promise<number>;
}

/**
 * How many accounts of the parties are not at zero, in whichever direction: what they are owed, and of brands what lies in
 * their books. With the system's rights: the caller has decided that its actor may know.
 */
@Injectable()
export class CountOpenBalances {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly balances: OpenBalances,
  ) {}

  execute(tx: Transaction, partyIds: readonly string[]): Promise<number> {
    return this.uow.asSystem(tx, () => this.balances.count(tx, partyIds));
  }
}
