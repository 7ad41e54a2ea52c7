import { groupBy, type OutboxEvent } from '@evenhand/kernel';
import type { SaleReview } from './listings';
import type { PlannedRefund } from './plan-refunds';
import type { SaleRecord } from './sale-repository';

/** How many sales or refunds an event tells of at most: a burst on one deal makes few events, none of them large. */
const MOST = 200;

/** `sales.sales_recorded`: sales of one deal, recorded in one transaction. */
export function salesRecorded(brandId: string, sales: readonly SaleRecord[]): readonly OutboxEvent[] {
  return listsByDeal(sales, (sale) => sale).map(([deal, list]) =>
    eventOf('sales.sales_recorded', brandId, deal, { sales: list.map(toldOfSale) }),
  );
}

/** `sales.refunds_recorded`: refunds of sales of one deal, recorded in one transaction. */
export function refundsRecorded(brandId: string, refunds: readonly PlannedRefund[]): readonly OutboxEvent[] {
  return listsByDeal(refunds, ({ sale }) => sale).map(([deal, list]) =>
    eventOf('sales.refunds_recorded', brandId, deal, { refunds: list.map(toldOfRefund) }),
  );
}

/**
 * What became of reviews of sales of one deal: `sales.sales_held`, `sales.sales_cleared` or `sales.sales_confirmed`. Both
 * sides of the deal hear it, so neither customer nor rule nor note is in it.
 */
export function salesReviewed(
  review: SaleReview,
  brandId: string,
  sales: readonly SaleRecord[],
  at: Date,
): readonly OutboxEvent[] {
  return listsByDeal(sales, (sale) => sale).map(([deal, list]) => {
    const told = list.map(({ saleId, source, externalId, orderNumber }) => ({
      saleId,
      source,
      externalId,
      orderNumber,
    }));
    return eventOf(`sales.sales_${review}`, brandId, deal, { review, occurredAt: at.toISOString(), sales: told });
  });
}

type Deal = Pick<SaleRecord, 'dealId' | 'campaignId' | 'influencerId'>;

function listsByDeal<Item>(
  items: readonly Item[],
  dealOf: (item: Item) => Deal,
): readonly (readonly [Deal, readonly Item[]])[] {
  const lists = groupBy(items, (item) => dealOf(item).dealId);
  return [...lists.values()].flatMap((list) =>
    Array.from({ length: Math.ceil(list.length / MOST) }, (_, place) => {
      const part = list.slice(place * MOST, (place + 1) * MOST);
      return [dealOf(part[0] as Item), part] as const;
    }),
  );
}

function eventOf(type: string, brandId: string, deal: Deal, told: OutboxEvent['payload']): OutboxEvent {
  const { dealId, campaignId, influencerId } = deal;
  return { type, subjectId: dealId, payload: { brandId, dealId, campaignId, influencerId, ...told } };
}

function toldOfSale(sale: SaleRecord): OutboxEvent['payload'] {
  const { saleId, kind, source, externalId, orderNumber, attributedBy, attributedValue } = sale;
  const { orderCurrency, conversion, currency } = sale;
  return {
    saleId,
    kind,
    source,
    externalId,
    orderNumber,
    attributedBy,
    attributedValue,
    orderCurrency,
    orderBaseMinor: sale.orderBaseMinor.toString(),
    conversion,
    currency,
    baseMinor: sale.baseMinor.toString(),
    commissionMinor: sale.commissionMinor.toString(),
    occurredAt: sale.occurredAt.toISOString(),
    releaseAt: sale.releaseAt.toISOString(),
  };
}

function toldOfRefund({ refund }: PlannedRefund): OutboxEvent['payload'] {
  const { refundId, saleId, reason, source, externalId, orderCurrency, currency } = refund;
  return {
    refundId,
    saleId,
    reason,
    source,
    externalId,
    orderCurrency,
    orderBaseMinor: refund.orderBaseMinor.toString(),
    currency,
    baseMinor: refund.baseMinor.toString(),
    commissionReversedMinor: refund.commissionReversedMinor.toString(),
    occurredAt: refund.occurredAt.toISOString(),
  };
}
