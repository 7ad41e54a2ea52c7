import { type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';

export abstract class BidTextEraser {
  /** Bids that may still become deals, and campaigns that still run. */
  abstract countOpenBids(tx: Transaction, partyIds: readonly string[]): Promise<number>;
  abstract erase(tx: Transaction, userId: string, influencerId: string | null): Promise<void>;
}

/** What somebody wrote with offers gives way to a note that says so; the offers stay. With the system's rights in the transaction of whoever decided on the erasure. */
@Injectable()
export class EraseBidTexts {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly eraser: BidTextEraser,
  ) {}

  /** Bids that may still become deals, and campaigns that still run. */
  countOpenBids(tx: Transaction, partyIds: readonly string[]): Promise<number> {
    return this.uow.asSystem(tx, () => this.eraser.countOpenBids(tx, partyIds));
  }

  async execute(tx: Transaction, userId: string, influencerId: string | null): Promise<void> {
    await this.uow.asSystem(tx, () => this.eraser.erase(tx, userId, influencerId));
  }
}
