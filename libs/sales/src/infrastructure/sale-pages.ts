import { decodeCursor, groupBy, type Page, pageOf, type PageRequest } from '@evenhand/kernel';
import type { EntityManager } from 'typeorm';
import type { RefundFilter, RefundSummary, SaleFilter, SalePage, SaleTotals } from '../application/listings';
import { explainedSaleOf, type RefundRow, refundSummaryOf, type SaleRow } from './sale-rows';

interface TotalsRow {
  readonly currency: string;
  readonly count: number;
  readonly base: string;
  readonly refunded: string;
  readonly commission: string;
  readonly reversed: string;
}

const SUMS = `count(*)::integer as count, sum(sale.base_minor)::text as base,
  sum(sale.refunded_base_minor)::text as refunded, sum(sale.commission_minor)::text as commission,
  sum(sale.commission_reversed_minor)::text as reversed`;

const FILTERED_SALES = `from sales.sales sale
  where ($1::uuid is null or sale.brand_id = $1) and ($2::uuid is null or sale.deal_id = $2)
    and ($3::uuid is null or sale.campaign_id = $3) and ($4::uuid is null or sale.influencer_id = $4)
    and ($5::text is null or (sale.attributed_by = 'code' and sale.attributed_value = upper(btrim($5))))
    and ($6::text is null or sale.status = $6)
    and ($7::timestamptz is null or sale.occurred_at >= $7) and ($8::timestamptz is null or sale.occurred_at < $8)
    and ($9::text is null or sale.review = $9)`;

/** Newest order first; totals over all filtered rows. */
export async function salePage(manager: EntityManager, filter: SaleFilter, page: PageRequest): Promise<SalePage> {
  const parameters = [
    filter.brandId ?? null,
    filter.dealId ?? null,
    filter.campaignId ?? null,
    filter.influencerId ?? null,
    filter.code ?? null,
    filter.status ?? null,
    filter.from ?? null,
    filter.to ?? null,
    filter.review ?? null,
  ];
  const [occurredAt = null, saleId = null] = page.after === null ? [] : decodeCursor(page.after, 2);
  const rows = await manager.query<SaleRow[]>(
    `select sale.* ${FILTERED_SALES}
       and ($10::timestamptz is null or (sale.occurred_at, sale.sale_id) < ($10, $11::uuid))
     order by sale.occurred_at desc, sale.sale_id desc limit $12`,
    [...parameters, occurredAt, saleId, page.first + 1],
  );
  const totals = await manager.query<TotalsRow[]>(
    `select sale.currency, ${SUMS} ${FILTERED_SALES} group by sale.currency order by sale.currency`,
    parameters,
  );
  const totalCount = totals.reduce((sum, row) => sum + row.count, 0);
  const keyed = pageOf(rows.map(explainedSaleOf), page, totalCount, (sale) => [
    sale.occurredAt.toISOString(),
    sale.saleId,
  ]);
  return { ...keyed, totals: totals.map(totalsOf) };
}

const FILTERED_REFUNDS = `from sales.refunds refund
  join sales.sales sale on sale.brand_id = refund.brand_id and sale.sale_id = refund.sale_id
  where ($1::uuid is null or refund.brand_id = $1) and ($2::uuid is null or refund.sale_id = $2)
    and ($3::uuid is null or sale.deal_id = $3)`;

/** Newest refund first. */
export async function refundPage(
  manager: EntityManager,
  filter: RefundFilter,
  page: PageRequest,
): Promise<Page<RefundSummary>> {
  const parameters = [filter.brandId ?? null, filter.saleId ?? null, filter.dealId ?? null];
  const [occurredAt = null, refundId = null] = page.after === null ? [] : decodeCursor(page.after, 2);
  const rows = await manager.query<RefundRow[]>(
    `select refund.*, sale.deal_id ${FILTERED_REFUNDS}
       and ($4::timestamptz is null or (refund.occurred_at, refund.refund_id) < ($4, $5::uuid))
     order by refund.occurred_at desc, refund.refund_id desc limit $6`,
    [...parameters, occurredAt, refundId, page.first + 1],
  );
  const [count] = await manager.query<{ count: number }[]>(
    `select count(*)::integer as count ${FILTERED_REFUNDS}`,
    parameters,
  );
  return pageOf(rows.map(refundSummaryOf), page, count?.count ?? 0, (refund) => [
    refund.occurredAt.toISOString(),
    refund.refundId,
  ]);
}

/** Of each deal, by currency. */
export async function totalsByDeal(
  manager: EntityManager,
  deals: readonly { readonly dealId: string; readonly brandId: string }[],
): Promise<ReadonlyMap<string, readonly SaleTotals[]>> {
  const rows = await manager.query<(TotalsRow & { readonly deal_id: string })[]>(
    `select sale.deal_id, sale.currency, ${SUMS} from sales.sales sale
     where sale.brand_id = any ($1::uuid[]) and sale.deal_id = any ($2::uuid[]) group by sale.deal_id, sale.currency order by sale.currency`,
    [[...new Set(deals.map(({ brandId }) => brandId))], deals.map(({ dealId }) => dealId)],
  );
  return new Map([...groupBy(rows, (row) => row.deal_id)].map(([dealId, found]) => [dealId, found.map(totalsOf)]));
}

function totalsOf(row: TotalsRow): SaleTotals {
  return {
    currency: row.currency,
    count: row.count,
    baseMinor: BigInt(row.base),
    refundedBaseMinor: BigInt(row.refunded),
    commissionMinor: BigInt(row.commission),
    commissionReversedMinor: BigInt(row.reversed),
  };
}
