import { type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';

export abstract class DealTextEraser {
  /** Deals that are neither completed nor cancelled. */
  abstract countOpenDeals(tx: Transaction, partyIds: readonly string[]): Promise<number>;
  abstract erase(tx: Transaction, userId: string, influencerId: string | null): Promise<void>;
}

/** Comments, reviews and reasons that somebody wrote give way to a note that says so, names of files to nothing; versions stay, for they are what was delivered. With the system's rights in the transaction of whoever decided on the erasure. */
@Injectable()
export class EraseDealTexts {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly eraser: DealTextEraser,
  ) {}

  /** Deals that are neither completed nor cancelled. */
  countOpenDeals(tx: Transaction, partyIds: readonly string[]): Promise<number> {
    return this.uow.asSystem(tx, () => this.eraser.countOpenDeals(tx, partyIds));
  }

  async execute(tx: Transaction, userId: string, influencerId: string | null): Promise<void> {
    await this.uow.asSystem(tx, () => this.eraser.erase(tx, userId, influencerId));
  }
}
