import type { Transaction } from '@evenhand/kernel';
import type { ShareRole } from '../domain/split-plan';
import type { SourceType } from '../domain/transaction-draft';

export interface DealShare {
  readonly partyId: string;
  readonly role: ShareRole;
  readonly amountMinor: bigint;
  readonly reversedMinor: bigint;
}

/** What the ledger holds of an earning of a deal, refunds included; minor units of its currency. */
export interface DealEarning {
  readonly earningId: bigint;
  readonly sourceType: SourceType;
  readonly sourceId: string;
  readonly currency: string;
  readonly baseMinor: bigint;
  readonly baseReversedMinor: bigint;
  readonly netSalesBeforeMinor: bigint | null;
  readonly grossMinor: bigint;
  readonly grossReversedMinor: bigint;
  /** In the order in which they were recorded. */
  readonly shares: readonly DealShare[];
}

/** Earnings of one deal, for whoever can tell what they should be; with the rights of the transaction's actor. */
export abstract class DealEarnings {
  /** At most `limit` earnings after the id, in the order in which they were recorded; empty at the end. */
  abstract pageAfter(
    tx: Transaction,
    dealId: string,
    after: bigint | null,
    limit: number,
  ): Promise<readonly DealEarning[]>;
}
