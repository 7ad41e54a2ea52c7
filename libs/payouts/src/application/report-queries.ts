import type { PageRequest, Transaction } from '@evenhand/kernel';
import type { ShareRole } from '@evenhand/ledger';
import type { ReportFilter, ReportKey, ReportMeasures, ReportShare } from './report';

/** A filter with the payees the actor may report on; null for all. */
export interface ScopedFilter extends ReportFilter {
  readonly payeeIds: readonly string[] | null;
}

export interface GroupedRow extends ReportMeasures {
  /** Values of the keys, in their order. */
  readonly keys: readonly string[];
}

export interface GroupedCut {
  readonly keys: readonly string[];
  readonly role: Exclude<ShareRole, 'influencer'>;
  readonly partyId: string;
  readonly amountMinor: bigint;
  readonly reversedMinor: bigint;
}

export interface GroupedReport {
  /** One more than asked for where there are more. */
  readonly rows: readonly GroupedRow[];
  readonly totals: readonly ReportMeasures[];
  readonly totalCount: number;
}

export type FoundShare = Omit<ReportShare, 'partyName' | 'payout'> & {
  readonly state: 'held' | 'released';
  readonly releaseAt: Date | null;
  readonly frozenReason: string | null;
};

export interface FoundShares {
  readonly rows: readonly FoundShare[];
  readonly totalCount: number;
  readonly totals: readonly { readonly currency: string; readonly amountMinor: bigint; readonly netMinor: bigint }[];
}

/** Reports computed by the database over sets, with the rights of the transaction's actor. */
export abstract class ReportQueries {
  abstract report(
    tx: Transaction,
    filter: ScopedFilter,
    keys: readonly ReportKey[],
    page: PageRequest,
  ): Promise<GroupedReport>;
  /** Cuts by party of the rows between two keys, both included. */
  abstract cuts(
    tx: Transaction,
    filter: ScopedFilter,
    keys: readonly ReportKey[],
    from: readonly string[],
    to: readonly string[],
  ): Promise<readonly GroupedCut[]>;
  /** The shares behind a filter, by instant of earning. */
  abstract shares(tx: Transaction, filter: ScopedFilter, page: PageRequest): Promise<FoundShares>;
  /** The instant at which a day begins in a zone. */
  abstract startOfDay(tx: Transaction, day: string, timeZone: string): Promise<Date>;
}
