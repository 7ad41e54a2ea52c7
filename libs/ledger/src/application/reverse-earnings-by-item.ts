import { type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { Reversal } from '../domain/events/earning-reversed';
import { byItem, type Refused } from './by-item';
import { type ReversalResult, ReverseEarnings } from './reverse-earnings';

export type ReversalOutcomeByItem = ReversalResult | Refused;

/** As {@link ReverseEarnings}, but an item that breaks a rule is refused alone: one outcome per item, in their order. */
@Injectable()
export class ReverseEarningsByItem {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reverseEarnings: ReverseEarnings,
  ) {}

  execute(tx: Transaction, brandId: string, reversals: readonly Reversal[]): Promise<readonly ReversalOutcomeByItem[]> {
    return byItem(this.uow, tx, reversals, (some) => this.reverseEarnings.execute(tx, brandId, some));
  }
}
