import type { EarningKind, Page } from '@evenhand/kernel';
import type { ShareRole, SourceType } from '@evenhand/ledger';
import type { NotPaidPart } from '../domain/not-paid-because';

/** What rows of the report can be grouped by; the currency is always one of the keys. */
export const REPORT_KEYS = ['payee', 'currency', 'month', 'day', 'brand', 'campaign', 'agency'] as const;
export type ReportKey = (typeof REPORT_KEYS)[number];

/** All given fields must hold. Days are local to `timeZone`, half-open [from, to), by the day of earning. */
export interface ReportFilter {
  readonly timeZone: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly currency?: string | null;
  readonly payeeId?: string | null;
  readonly influencerId?: string | null;
  readonly brandId?: string | null;
  readonly campaignId?: string | null;
  /** An agency anywhere in the chain of cuts. */
  readonly agencyId?: string | null;
  readonly dealId?: string | null;
  readonly kind?: EarningKind | null;
  /** In which role the payee got its share; influencers and agencies where not given. */
  readonly roles?: readonly ShareRole[] | null;
}

/**
 * Sums in one currency, minor units. Gross and cuts stand with the influencer who earned them, so that no row counts
 * them twice; the share is what the row's payees get in whatever role.
 * `shareMinor − shareReversedMinor = heldMinor + availableMinor + inPayoutMinor + paidMinor`.
 */
export interface ReportMeasures {
  readonly currency: string;
  readonly grossMinor: bigint;
  readonly grossReversedMinor: bigint;
  readonly platformCutMinor: bigint;
  readonly platformCutReversedMinor: bigint;
  readonly agencyCutMinor: bigint;
  readonly agencyCutReversedMinor: bigint;
  readonly shareMinor: bigint;
  readonly shareReversedMinor: bigint;
  /** Share less what refunds took back. */
  readonly netMinor: bigint;
  readonly heldMinor: bigint;
  /** Released and in no payout; below zero where refunds came after the payout. */
  readonly availableMinor: bigint;
  /** In a payout that is planned or at the bank. */
  readonly inPayoutMinor: bigint;
  /** The part of `inPayoutMinor` that is at the bank. */
  readonly inTransitMinor: bigint;
  readonly paidMinor: bigint;
  readonly shares: number;
}

/** What one party took of the row's gross. */
export interface ReportCut {
  readonly role: Exclude<ShareRole, 'influencer'>;
  readonly partyId: string;
  readonly partyName: string;
  readonly amountMinor: bigint;
  readonly reversedMinor: bigint;
}

export interface ReportRow extends ReportMeasures {
  /** Values of the keys asked for; `month` is YYYY-MM, `day` YYYY-MM-DD, `agency` party ids of the chain in order. */
  readonly payeeId: string | null;
  readonly payeeName: string | null;
  readonly period: string | null;
  readonly brandId: string | null;
  readonly brandName: string | null;
  readonly campaignId: string | null;
  readonly agencies: readonly { readonly partyId: string; readonly name: string }[] | null;
  readonly cuts: readonly ReportCut[];
}

export interface ReportPage extends Page<ReportRow> {
  /** Per currency over all filtered rows. */
  readonly totals: readonly ReportMeasures[];
}

/** One share behind a figure of the report. */
export interface ReportShare {
  readonly bookId: number;
  readonly shareId: bigint;
  readonly earningId: bigint;
  readonly brandId: string;
  readonly campaignId: string;
  readonly dealId: string;
  readonly influencerId: string;
  readonly partyId: string;
  readonly partyName: string;
  readonly role: ShareRole;
  /** Exact rational of the gross. */
  readonly share: string;
  readonly kind: EarningKind;
  readonly sourceType: SourceType;
  readonly sourceId: string;
  readonly earnedAt: Date;
  readonly currency: string;
  readonly grossMinor: bigint;
  readonly grossReversedMinor: bigint;
  readonly amountMinor: bigint;
  readonly reversedMinor: bigint;
  readonly payout: SharePayout | null;
}

/** What became of a share's money; only for those whose money it is, and finance. */
export interface SharePayout {
  readonly heldMinor: bigint;
  readonly availableMinor: bigint;
  readonly inPayoutMinor: bigint;
  readonly paidMinor: bigint;
  readonly notPaidBecause: readonly NotPaidPart[];
}

export interface ReportSharePage extends Page<ReportShare> {
  readonly totals: readonly { readonly currency: string; readonly amountMinor: bigint; readonly netMinor: bigint }[];
}
