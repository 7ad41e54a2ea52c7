import type { Transaction } from '@evenhand/kernel';
import type { SaleSummary } from './listings';

/** What other contexts and the API's drill-down may read of sales, with the rights of `tx`. */
export abstract class SaleDirectory {
  /** Keyed by sale id; unknown or foreign ids are left out. */
  abstract summariesOf(tx: Transaction, saleIds: readonly string[]): Promise<ReadonlyMap<string, SaleSummary>>;
}
