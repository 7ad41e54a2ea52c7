import type { CompensationKind, Page } from '@evenhand/kernel';
import type { FxRate } from '@evenhand/ledger';
import type { AttributionBasis } from '../domain/attribution-candidates';
import type { SaleAttribution } from '../domain/attribution';

export type SaleStatus = 'recorded' | 'partially_refunded' | 'refunded';
/** Whether a sale is or was held for a person to look at. */
export type SaleReview = 'held' | 'cleared' | 'confirmed';
/** `returned`: as the shop told; `risk`: the sale was on risk hold, and confirmed to be none. */
export type RefundReason = 'returned' | 'risk';

/** A sale as lists show it. What says `order` in minor units of `orderCurrency`, the rest of `currency`, the deal's. */
export interface SaleSummary {
  readonly saleId: string;
  readonly brandId: string;
  readonly dealId: string;
  readonly campaignId: string;
  readonly influencerId: string;
  readonly kind: CompensationKind;
  readonly source: string;
  readonly externalId: string;
  readonly orderNumber: string;
  readonly attributedBy: AttributionBasis;
  /** The code or link slug that decided. */
  readonly attributedValue: string;
  /** The decision in a sentence, which tells nothing of other deals. */
  readonly decision: string;
  readonly status: SaleStatus;
  readonly orderCurrency: string;
  readonly orderBaseMinor: bigint;
  readonly orderRefundedBaseMinor: bigint;
  /** How the base came into the deal's currency; null where the order is in it. */
  readonly conversion: FxRate | null;
  /** Null where it was never held for review. */
  readonly review: SaleReview | null;
  readonly currency: string;
  readonly baseMinor: bigint;
  readonly refundedBaseMinor: bigint;
  /** Gross commission as recorded, before refunds. */
  readonly commissionMinor: bigint;
  /** What refunds took back of the commission. */
  readonly commissionReversedMinor: bigint;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly releaseAt: Date;
}

/** A sale with what could have decided whose it is, as far as its reader may know. */
export interface ExplainedSale extends SaleSummary {
  readonly attribution: SaleAttribution;
}

/** Half-open period [from, to) over `occurredAt`. */
export interface SaleFilter {
  readonly brandId?: string | null;
  readonly dealId?: string | null;
  readonly campaignId?: string | null;
  readonly influencerId?: string | null;
  readonly code?: string | null;
  readonly status?: SaleStatus | null;
  readonly review?: SaleReview | null;
  readonly from?: Date | null;
  readonly to?: Date | null;
}

/** Of sales whose deals are in one currency, whatever their orders are in. */
export interface SaleTotals {
  readonly currency: string;
  readonly count: number;
  readonly baseMinor: bigint;
  readonly refundedBaseMinor: bigint;
  readonly commissionMinor: bigint;
  readonly commissionReversedMinor: bigint;
}

export interface SalePage extends Page<ExplainedSale> {
  readonly totals: readonly SaleTotals[];
}

export interface RefundSummary {
  readonly refundId: string;
  readonly reason: RefundReason;
  readonly saleId: string;
  readonly brandId: string;
  readonly dealId: string;
  readonly source: string;
  readonly externalId: string;
  readonly orderCurrency: string;
  readonly orderBaseMinor: bigint;
  /** The deal's. */
  readonly currency: string;
  readonly baseMinor: bigint;
  /** What it took back of the sale's gross commission. */
  readonly commissionReversedMinor: bigint;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
}

export interface RefundFilter {
  readonly brandId?: string | null;
  readonly saleId?: string | null;
  readonly dealId?: string | null;
}
