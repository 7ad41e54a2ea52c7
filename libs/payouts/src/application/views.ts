import type { Page } from '@evenhand/kernel';
import type { SourceType } from '@evenhand/ledger';
import type { BatchState } from '../domain/batch-state';
import type { ItemState } from '../domain/item-state';
import type { ExclusionReason, ReasonRule } from '../domain/not-paid-reason';

export interface CurrencyAmount {
  readonly currency: string;
  readonly amountMinor: bigint;
}

/** What a batch holds in one currency, by what became of it; minor units. */
export interface BatchTotal {
  readonly currency: string;
  /** Items that pay or have paid: planned, sent, unknown, paid. */
  readonly items: number;
  readonly amountMinor: bigint;
  readonly paidMinor: bigint;
  /** Excluded, cancelled, held back or rejected. */
  readonly droppedMinor: bigint;
}

export interface BatchView {
  readonly batchId: string;
  /** Counts up over all batches, for people. */
  readonly number: bigint;
  readonly state: BatchState;
  readonly cutOff: Date;
  readonly timeZone: string;
  /** Null where the batch covers every currency. */
  readonly currencies: readonly string[] | null;
  readonly minimums: readonly CurrencyAmount[];
  readonly preparedBy: string | null;
  readonly preparedAt: Date;
  readonly submittedAt: Date | null;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly approvalExpiresAt: Date | null;
  readonly exportedAt: Date | null;
  readonly settledAt: Date | null;
  readonly closedBy: string | null;
  readonly closeReason: string | null;
  readonly totals: readonly BatchTotal[];
}

/** A batch with the hash of what it would pay now: what an approver sends back. */
export interface BatchDetail extends BatchView {
  readonly contentHash: string;
}

export interface ItemView {
  readonly itemId: string;
  readonly batchId: string;
  readonly batchNumber: bigint | null;
  readonly ordinal: number;
  readonly partyId: string;
  readonly partyName: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly endToEndId: string;
  readonly state: ItemState;
  readonly stateReason: string | null;
  readonly stateSince: Date;
  readonly paidAt: Date | null;
  readonly bankReference: string | null;
  readonly lines: number;
}

export interface ItemPage extends Page<ItemView> {
  /** Over all filtered items. */
  readonly totals: readonly CurrencyAmount[];
}

/** One posting that an item pays, with the earning and the source behind it. */
export interface LineView {
  readonly itemId: string;
  readonly bookId: number;
  readonly postingId: bigint;
  readonly earningId: bigint;
  readonly shareId: bigint;
  readonly currency: string;
  /** Below zero where the posting took money back. */
  readonly amountMinor: bigint;
  readonly brandId: string;
  readonly campaignId: string;
  readonly dealId: string;
  readonly sourceType: SourceType;
  readonly sourceId: string;
  readonly earnedAt: Date;
  readonly recordedAt: Date;
}

export interface LinePage extends Page<LineView> {
  readonly totals: readonly CurrencyAmount[];
}

/** Money that a batch does not pay, and why. */
export interface ExclusionView extends ReasonRule {
  readonly partyId: string;
  readonly partyName: string;
  readonly currency: string;
  readonly bookId: number;
  readonly brandId: string | null;
  readonly reason: ExclusionReason;
  readonly amountMinor: bigint;
  /** Shares or postings behind the amount. */
  readonly entries: number;
  /** First and last instant at which parts of it are expected to move on; null where that depends on somebody. */
  readonly expectedFrom: Date | null;
  readonly expectedUntil: Date | null;
}

export interface ExclusionPage extends Page<ExclusionView> {
  readonly totals: readonly CurrencyAmount[];
}
