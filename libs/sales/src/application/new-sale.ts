import type { Attribution } from '../domain/attribution';
import { type CommissionDecision, earnsLivestreamRate, needsRunningSales } from '../domain/commission';
import { lineBaseMinor, numberedLinesOf } from '../domain/commission-base';
import { type CommissionBaseRule, daysAfter, type TrackedDeal } from '../domain/commission-terms';
import type { UnearnedLine } from '../domain/refund';
import type { SaleEvent, SaleLine } from '../domain/sale-event';
import type { RecordedSale } from './results';
import { conversionText, type SaleBase } from './sale-base';
import type { NewSale, SaleLineRecord, SaleRecord } from './sale-repository';

export interface SaleParts {
  readonly saleId: string;
  readonly eventId: string;
  readonly event: SaleEvent;
  /** The lines that the sale is of; null: the whole order. */
  readonly lineNumbers: readonly number[] | null;
  readonly attribution: Pick<
    Extract<Attribution<TrackedDeal>, { attributed: true }>,
    'deal' | 'basis' | 'value' | 'decision'
  >;
  readonly base: SaleBase;
  readonly commission: CommissionDecision;
  readonly recordedAt: Date;
}

/** Whose the other lines are is nobody's to know but the brand's. */
const PART_OF_ORDER = ' It counts for its lines of the order alone.';

/** The sale as it is recorded; its commission is held until `holdDays` after the order. */
export function newSaleOf(parts: SaleParts): Omit<NewSale, 'attribution'> {
  const { event, lineNumbers, attribution, commission, base } = parts;
  const { deal } = attribution;
  const isPart = lineNumbers !== null;
  return {
    saleId: parts.saleId,
    eventId: parts.eventId,
    source: event.source,
    externalId: event.externalId,
    orderNumber: event.orderNumber,
    dealId: deal.dealId,
    campaignId: deal.campaignId,
    influencerId: deal.influencerId,
    kind: deal.kind,
    attributedBy: attribution.basis,
    attributedValue: attribution.basis === 'code' ? attribution.value.toUpperCase() : attribution.value,
    decision: `${attribution.decision}${isPart ? PART_OF_ORDER : ''} ${commission.explanation}${conversionText(base)}`,
    isPart,
    countsAsLivestream: earnsLivestreamRate(deal),
    countsRunningSales: needsRunningSales(deal),
    ...base,
    orderRefundedBaseMinor: 0n,
    orderTakenBackMinor: 0n,
    refundedBaseMinor: 0n,
    commissionMinor: commission.commissionMinor,
    commissionReversedMinor: 0n,
    occurredAt: event.occurredAt,
    releaseAt: daysAfter(event.occurredAt, deal.commission.holdDays),
    recordedAt: parts.recordedAt,
    lines: numberedLinesOf(event, lineNumbers).map(({ line, lineNumber }) =>
      lineRecordOf(line, lineNumber, deal.commission.base),
    ),
  };
}

export function recordedSaleOf(sale: SaleRecord): RecordedSale {
  const { saleId, dealId, campaignId, influencerId, kind, attributedBy } = sale;
  const { orderCurrency, orderBaseMinor, conversion, currency, baseMinor, commissionMinor } = sale;
  return {
    saleId,
    dealId,
    campaignId,
    influencerId,
    kind,
    attributedBy,
    orderCurrency,
    orderBaseMinor,
    conversion,
    currency,
    baseMinor,
    commissionMinor,
    releaseAt: sale.releaseAt,
  };
}

/** Lines of an order that no deal earned, with the price that they have after discounts, tax and shipping. */
export function unearnedLinesOf(event: SaleEvent, lineNumbers: readonly number[]): readonly UnearnedLine[] {
  const { source, externalId, currency: orderCurrency } = event;
  return numberedLinesOf(event, lineNumbers).map(({ line, lineNumber }) => {
    const record = lineRecordOf(line, lineNumber, 'net_of_discounts_tax_shipping');
    const taken = { orderRefundedBaseMinor: 0n, orderTakenBackMinor: 0n };
    return { source, externalId, orderCurrency, orderBaseMinor: record.baseMinor, ...taken, lines: [record] };
  });
}

export function lineRecordOf(line: SaleLine, lineNumber: number, rule: CommissionBaseRule): SaleLineRecord {
  return {
    lineNumber,
    lineId: line.lineId ?? null,
    sku: line.sku ?? null,
    quantity: line.quantity,
    refundedQuantity: 0,
    unitPriceMinor: line.unitPriceMinor,
    discountMinor: line.discountMinor ?? 0n,
    taxMinor: line.taxMinor ?? 0n,
    shippingMinor: line.shippingMinor ?? 0n,
    baseMinor: lineBaseMinor(line, rule),
  };
}
