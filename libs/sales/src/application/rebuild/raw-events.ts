import type { Transaction } from '@evenhand/kernel';
import type { RecordedRaw } from './deal-replay';

export interface DealOfRaw {
  readonly brandId: string;
  readonly dealId: string;
}

/** A sale of an order that is more than one deal's, or whose lines are not all some deal's. */
export interface RawSaleOfOrder {
  readonly source: string;
  readonly externalId: string;
  readonly dealId: string;
  readonly lineNumbers: readonly number[];
}

/** What is stored of a recorded sale beside its raw event; minor units. */
export interface RecordedSaleFigures {
  readonly orderBaseMinor: bigint;
  readonly orderRefundedBaseMinor: bigint;
  readonly orderTakenBackMinor: bigint;
  readonly baseMinor: bigint;
  readonly refundedBaseMinor: bigint;
  readonly commissionMinor: bigint;
  readonly commissionReversedMinor: bigint;
}

/** The raw events that became sales and refunds of deals. Needs the system's rights. */
export abstract class RawEvents {
  /** Deals that sold something: of a campaign, one of them, or all. */
  abstract dealsOf(tx: Transaction, campaignId: string | null, dealId: string | null): Promise<readonly DealOfRaw[]>;

  /** At most `limit` after the sequence number, as they were recorded; empty at the end. */
  abstract pageAfter(
    tx: Transaction,
    deal: DealOfRaw,
    after: bigint | null,
    limit: number,
  ): Promise<readonly RecordedRaw[]>;

  /** Every sale of the orders that the deal shares with other deals, or with none. */
  abstract sharedOrdersOf(tx: Transaction, deal: DealOfRaw): Promise<readonly RawSaleOfOrder[]>;

  /** By sale id. */
  abstract figuresOf(tx: Transaction, deal: DealOfRaw): Promise<ReadonlyMap<string, RecordedSaleFigures>>;
}
