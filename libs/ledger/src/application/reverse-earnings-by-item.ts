import type { Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { Reversal } from '../domain/events/earning-reversed';
import { ByItem, type Refused } from './by-item';
import { type ReversalResult, ReverseEarnings } from './reverse-earnings';

export type ReversalOutcomeByItem = ReversalResult | Refused;

/** As {@link ReverseEarnings}, but an item that breaks a rule is refused alone: one outcome per item, in their order. */
@Injectable()
export class ReverseEarningsByItem {
  constructor(
    private readonly byItem: ByItem,
    private readonly reverseEarnings: ReverseEarnings,
  ) {}

  execute(tx: Transaction, brandId: string, reversals: readonly Reversal[]): Promise<readonly ReversalOutcomeByItem[]> {
    return this.byItem.execute(tx, brandId, reversals, (some) => this.reverseEarnings.execute(tx, brandId, some));
  }
}
