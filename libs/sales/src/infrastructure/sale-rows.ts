import type { FxRate } from '@evenhand/ledger';
import type {
  ExplainedSale,
  RefundReason,
  RefundSummary,
  SaleReview,
  SaleStatus,
  SaleSummary,
} from '../application/listings';
import type { AttributionCandidate, SaleAttribution } from '../domain/attribution';
import type { AttributionBasis } from '../domain/attribution-candidates';
import type { RefundRecord, SaleRecord } from '../application/sale-repository';
import type { RefundableLine, UnearnedLine } from '../domain/refund';

/** A row of sales.sales as `pg` gives it: bigint as text. */
export interface SaleRow {
  readonly brand_id: string;
  readonly sale_id: string;
  readonly event_id: string;
  readonly source: string;
  readonly external_id: string;
  readonly order_number: string;
  readonly deal_id: string;
  readonly campaign_id: string;
  readonly influencer_id: string;
  readonly kind: 'note_commission' | 'livestream_commission';
  readonly attributed_by: AttributionBasis;
  readonly attributed_value: string;
  readonly attribution: StoredAttribution;
  readonly decision: string;
  readonly is_part: boolean;
  readonly counts_as_livestream: boolean;
  readonly counts_running_sales: boolean;
  readonly order_currency: string;
  readonly order_base_minor: string;
  readonly order_refunded_base_minor: string;
  readonly order_taken_back_minor: string;
  readonly conversion: FxRate | null;
  readonly currency: string;
  readonly base_minor: string;
  readonly refunded_base_minor: string;
  readonly commission_minor: string;
  readonly commission_reversed_minor: string;
  readonly status: SaleStatus;
  readonly review: SaleReview | null;
  readonly occurred_at: Date;
  readonly release_at: Date;
  readonly recorded_at: Date;
}

/** JSON: instants are texts. */
interface StoredAttribution extends Omit<SaleAttribution, 'candidates'> {
  readonly candidates: readonly (Omit<AttributionCandidate, 'clickedAt'> & { readonly clickedAt: string | null })[];
}

export interface SaleLineRow {
  readonly sale_id: string;
  readonly line_number: number;
  readonly line_id: string | null;
  readonly sku: string | null;
  readonly quantity: number;
  readonly refunded_quantity: number;
  readonly base_minor: string;
}

export interface UnearnedLineRow extends Omit<SaleLineRow, 'sale_id'> {
  readonly source: string;
  readonly external_id: string;
  readonly order_currency: string;
  readonly refunded_base_minor: string;
}

export interface RefundRow {
  readonly brand_id: string;
  readonly refund_id: string;
  readonly reason: RefundReason;
  readonly event_id: string;
  readonly sale_id: string;
  readonly deal_id: string;
  readonly source: string;
  readonly external_id: string;
  readonly order_currency: string;
  readonly order_base_minor: string;
  readonly currency: string;
  readonly base_minor: string;
  readonly commission_reversed_minor: string;
  readonly occurred_at: Date;
  readonly recorded_at: Date;
}

function attributionOf(row: SaleRow) {
  return {
    saleId: row.sale_id,
    source: row.source,
    externalId: row.external_id,
    orderNumber: row.order_number,
    dealId: row.deal_id,
    campaignId: row.campaign_id,
    influencerId: row.influencer_id,
    kind: row.kind,
    attributedBy: row.attributed_by,
    attributedValue: row.attributed_value,
    decision: row.decision,
  };
}

function amountsOf(row: SaleRow) {
  return {
    orderCurrency: row.order_currency,
    orderBaseMinor: BigInt(row.order_base_minor),
    orderRefundedBaseMinor: BigInt(row.order_refunded_base_minor),
    conversion: row.conversion,
    currency: row.currency,
    baseMinor: BigInt(row.base_minor),
    refundedBaseMinor: BigInt(row.refunded_base_minor),
    commissionMinor: BigInt(row.commission_minor),
    commissionReversedMinor: BigInt(row.commission_reversed_minor),
    occurredAt: row.occurred_at,
    releaseAt: row.release_at,
    recordedAt: row.recorded_at,
  };
}

export function saleRecordOf(row: SaleRow, lines: readonly SaleLineRow[]): SaleRecord {
  return {
    ...attributionOf(row),
    ...amountsOf(row),
    eventId: row.event_id,
    orderTakenBackMinor: BigInt(row.order_taken_back_minor),
    isPart: row.is_part,
    countsAsLivestream: row.counts_as_livestream,
    countsRunningSales: row.counts_running_sales,
    lines: lines.map(lineOf),
  };
}

export function saleSummaryOf(row: SaleRow): SaleSummary {
  return { ...attributionOf(row), ...amountsOf(row), brandId: row.brand_id, status: row.status, review: row.review };
}

export function explainedSaleOf(row: SaleRow): ExplainedSale {
  return { ...saleSummaryOf(row), attribution: explanationOf(row.attribution) };
}

function explanationOf({ candidates, ...rest }: StoredAttribution): SaleAttribution {
  return {
    ...rest,
    candidates: candidates.map((candidate) => ({
      ...candidate,
      clickedAt: candidate.clickedAt === null ? null : new Date(candidate.clickedAt),
    })),
  };
}

export function refundRecordOf(row: Omit<RefundRow, 'deal_id'>): RefundRecord {
  return {
    refundId: row.refund_id,
    reason: row.reason,
    eventId: row.event_id,
    saleId: row.sale_id,
    source: row.source,
    externalId: row.external_id,
    orderCurrency: row.order_currency,
    orderBaseMinor: BigInt(row.order_base_minor),
    currency: row.currency,
    baseMinor: BigInt(row.base_minor),
    commissionReversedMinor: BigInt(row.commission_reversed_minor),
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
  };
}

export function refundSummaryOf(row: RefundRow): RefundSummary {
  return { ...refundRecordOf(row), brandId: row.brand_id, dealId: row.deal_id };
}

export function unearnedLineOf(row: UnearnedLineRow): UnearnedLine {
  return {
    source: row.source,
    externalId: row.external_id,
    orderCurrency: row.order_currency,
    orderBaseMinor: BigInt(row.base_minor),
    orderRefundedBaseMinor: BigInt(row.refunded_base_minor),
    // Nobody earned anything by it that could be taken back.
    orderTakenBackMinor: 0n,
    lines: [lineOf(row)],
  };
}

function lineOf(row: Omit<SaleLineRow, 'sale_id'>): RefundableLine {
  return {
    lineNumber: row.line_number,
    lineId: row.line_id,
    sku: row.sku,
    quantity: row.quantity,
    refundedQuantity: row.refunded_quantity,
    baseMinor: BigInt(row.base_minor),
  };
}
