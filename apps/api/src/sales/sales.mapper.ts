import type {
  ExplainedSale,
  RecordedSale,
  RefundResult,
  RefundSummary,
  SaleResult,
  SaleSummary,
  SaleTotals,
} from '@evenhand/sales';
import { toGlobalId, toMoney } from '../graphql';
import type {
  RecordedSaleType,
  RefundEventResultType,
  RefundType,
  SaleEventResultType,
  SaleTotalsType,
  SaleType,
} from './sales.types';
import type { SaleAttributionType } from './tracking.types';

type SaleAmounts = Pick<
  SaleSummary,
  'currency' | 'baseMinor' | 'refundedBaseMinor' | 'commissionMinor' | 'commissionReversedMinor'
>;

export function toSale(sale: ExplainedSale): SaleType {
  const { kind, source, externalId, orderNumber, attributedBy, attributedValue, decision, status, review } = sale;
  const { occurredAt, recordedAt, releaseAt } = sale;
  return {
    id: toGlobalId('sale', sale.saleId),
    brandId: toGlobalId('party', sale.brandId),
    ...dealIdsOf(sale),
    orderBase: toMoney(sale.orderBaseMinor, sale.orderCurrency),
    orderRefundedBase: toMoney(sale.orderRefundedBaseMinor, sale.orderCurrency),
    conversion: sale.conversion,
    ...amountsOf(sale),
    kind,
    source,
    externalId,
    orderNumber,
    attributedBy,
    attributedValue,
    attribution: toAttribution(sale.attribution),
    decision,
    status,
    review,
    occurredAt,
    recordedAt,
    releaseAt,
  };
}

function toAttribution({ rule, candidates, lineNumbers, unearned }: ExplainedSale['attribution']): SaleAttributionType {
  return {
    rule,
    candidates: candidates.map(({ dealId, lineNumbers: ofLines = null, ...candidate }) => ({
      ...candidate,
      dealId: dealId === null ? null : toGlobalId('deal', dealId),
      lineNumbers: toList(ofLines),
    })),
    lineNumbers: toList(lineNumbers ?? null),
    unearnedLines: (unearned ?? []).map((lines) => ({ ...lines, lineNumbers: [...lines.lineNumbers] })),
  };
}

function toList(numbers: readonly number[] | null): number[] | null {
  return numbers && [...numbers];
}

export function toSaleTotals(totals: SaleTotals): SaleTotalsType {
  return { currency: totals.currency, count: totals.count, ...amountsOf(totals) };
}

export function toRefund(refund: RefundSummary): RefundType {
  const { source, externalId, reason, orderCurrency, currency, occurredAt, recordedAt } = refund;
  return {
    id: toGlobalId('refund', refund.refundId),
    saleId: toGlobalId('sale', refund.saleId),
    dealId: toGlobalId('deal', refund.dealId),
    source,
    externalId,
    reason,
    occurredAt,
    recordedAt,
    orderBase: toMoney(refund.orderBaseMinor, orderCurrency),
    base: toMoney(refund.baseMinor, currency),
    commissionReversed: toMoney(refund.commissionReversedMinor, currency),
  };
}

export function toSaleEventResult({ source, externalId, status, ...rest }: SaleResult): SaleEventResultType {
  const { sales, reason, firstStatus } = rest;
  return { source, externalId, outcome: status, firstOutcome: firstStatus, sales: sales.map(toRecordedSale), reason };
}

function toRecordedSale(sale: RecordedSale): RecordedSaleType {
  return {
    id: toGlobalId('sale', sale.saleId),
    ...dealIdsOf(sale),
    kind: sale.kind,
    attributedBy: sale.attributedBy,
    orderBase: toMoney(sale.orderBaseMinor, sale.orderCurrency),
    conversion: sale.conversion,
    base: toMoney(sale.baseMinor, sale.currency),
    commission: toMoney(sale.commissionMinor, sale.currency),
    releaseAt: sale.releaseAt,
  };
}

export function toRefundEventResult({ source, externalId, status, ...rest }: RefundResult): RefundEventResultType {
  const { refunds, reason, firstStatus } = rest;
  const recorded = refunds.map((refund) => ({
    id: toGlobalId('refund', refund.refundId),
    saleId: toGlobalId('sale', refund.saleId),
    orderBase: toMoney(refund.orderBaseMinor, refund.orderCurrency),
    base: toMoney(refund.baseMinor, refund.currency),
    commissionReversed: toMoney(refund.commissionReversedMinor, refund.currency),
  }));
  return { source, externalId, outcome: status, firstOutcome: firstStatus, refunds: recorded, reason };
}

function dealIdsOf(sale: { readonly dealId: string; readonly campaignId: string; readonly influencerId: string }) {
  return {
    dealId: toGlobalId('deal', sale.dealId),
    campaignId: toGlobalId('campaign', sale.campaignId),
    influencerId: toGlobalId('party', sale.influencerId),
  };
}

function amountsOf({ currency, ...amounts }: SaleAmounts) {
  return {
    base: toMoney(amounts.baseMinor, currency),
    refundedBase: toMoney(amounts.refundedBaseMinor, currency),
    commission: toMoney(amounts.commissionMinor, currency),
    commissionReversed: toMoney(amounts.commissionReversedMinor, currency),
  };
}
