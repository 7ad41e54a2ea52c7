import type { SettledDeal } from '@evenhand/deals';
import type { Transaction } from '@evenhand/kernel';
import type { PastResult } from '../domain/forecast';

/** What past deals sold. */
export abstract class PastResults {
  /** In the order of the deals, net of refunds; of every brand, which needs the system's rights. */
  abstract of(tx: Transaction, deals: readonly SettledDeal[]): Promise<readonly PastResult[]>;
}
