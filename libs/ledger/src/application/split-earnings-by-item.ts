import type { Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { EarningDraft } from '../domain/events/earning-split';
import { ByItem, type Refused } from './by-item';
import { type EarningResult, SplitEarnings } from './split-earnings';

export type EarningOutcome = EarningResult | Refused;

/** As {@link SplitEarnings}, but an item that breaks a rule is refused alone: one outcome per item, in their order. */
@Injectable()
export class SplitEarningsByItem {
  constructor(
    private readonly byItem: ByItem,
    private readonly splitEarnings: SplitEarnings,
  ) {}

  execute(tx: Transaction, brandId: string, earnings: readonly EarningDraft[]): Promise<readonly EarningOutcome[]> {
    return this.byItem.execute(tx, brandId, earnings, (some) => this.splitEarnings.execute(tx, brandId, some));
  }
}
