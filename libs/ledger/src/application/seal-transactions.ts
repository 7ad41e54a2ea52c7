import { systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type Sealed, Seals } from './seals';

export interface SealTransactionsCommand {
  readonly now: Date;
  /** About how many transactions this run seals at most; what is left is sealed by the next. */
  readonly limit: number;
}

const ACTOR = systemActor('seal transactions');

/** Sealed in one database transaction, which takes about 30 µs for each. */
const CHUNK = 5_000;

/**
 * Seals what is settled, a seal per book; a periodic job. It takes no lock that a writer waits for. Of several runs at
 * once one seals and the others do nothing; a run that dies leaves whole seals, and the next goes on from there.
 */
@Injectable()
export class SealTransactions {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly seals: Seals,
  ) {}

  async execute({ now, limit }: SealTransactionsCommand): Promise<Sealed> {
    const sealed = { seals: 0, transactions: 0 };
    while (sealed.transactions < limit) {
      const chunk = Math.min(CHUNK, limit - sealed.transactions);
      const made = await this.uow.run(ACTOR, (tx) => this.seals.seal(tx, now, chunk));
      sealed.seals += made.seals;
      sealed.transactions += made.transactions;
      if (made.transactions < chunk) break;
    }
    return sealed;
  }
}
