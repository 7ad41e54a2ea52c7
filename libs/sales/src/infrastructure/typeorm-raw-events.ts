import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import type { RecordedRaw, RecordedRawRefund } from '../application/rebuild/deal-replay';
import {
  type DealOfRaw,
  RawEvents,
  type RawSaleOfOrder,
  type RecordedSaleFigures,
} from '../application/rebuild/raw-events';
import type { SaleRow } from './sale-rows';

interface RawSaleRow extends Pick<
  SaleRow,
  'sale_id' | 'counts_running_sales' | 'kind' | 'attributed_by' | 'attributed_value' | 'conversion'
> {
  readonly what: 'sale';
  readonly line_numbers: readonly number[] | null;
}

interface RawRefundRow {
  readonly what: 'refund';
  readonly refunds: RecordedRawRefund['refunds'];
}

type RawRow = (RawSaleRow | RawRefundRow) & {
  readonly event_id: string;
  readonly sequence: string;
  readonly content: string;
};

const LINE_NUMBERS = `array(
  select line_number from sales.sale_lines line
  where line.brand_id = sale.brand_id and line.sale_id = sale.sale_id order by line_number)`;

/** Orders that the deal shares: what happens to another part of one may decide what is left of the deal's. */
const SHARED = `(select distinct source, external_id from sales.sales where brand_id = $1 and deal_id = $2 and is_part)`;

const PAGE = `
  select told.*, coalesce(event.mended_content, event.content) as content
  from (
    select 'sale' as what, recorded_seq as sequence, event_id, sale_id, counts_running_sales, kind, attributed_by,
      attributed_value, conversion, case when is_part then ${LINE_NUMBERS} end as line_numbers, null::jsonb as refunds
    from sales.sales sale where brand_id = $1 and deal_id = $2
    union all
    select 'refund', refund.recorded_seq, refund.event_id, null, null, null, null, null, null, null,
      jsonb_build_array(jsonb_build_object('saleId', refund.sale_id, 'refundId', refund.refund_id))
    from sales.sales sale
    join sales.refunds refund on refund.brand_id = sale.brand_id and refund.sale_id = sale.sale_id
    where sale.brand_id = $1 and sale.deal_id = $2 and not sale.is_part
    union all
    select 'refund', min(refund.recorded_seq), refund.event_id, null, null, null, null, null, null, null,
      coalesce(jsonb_agg(jsonb_build_object('saleId', refund.sale_id, 'refundId', refund.refund_id))
        filter (where sale.deal_id = $2), '[]')
    from ${SHARED} shared
    join sales.sales sale on sale.brand_id = $1 and sale.source = shared.source
      and sale.external_id = shared.external_id and sale.is_part
    join sales.refunds refund on refund.brand_id = sale.brand_id and refund.sale_id = sale.sale_id
    group by refund.event_id) told
  join sales.intake_events event on event.brand_id = $1 and event.event_id = told.event_id
  where $3::bigint is null or told.sequence > $3
  order by told.sequence limit $4`;

const SHARED_ORDERS = `
  select sale.source, sale.external_id as "externalId", sale.deal_id as "dealId", ${LINE_NUMBERS} as "lineNumbers"
  from ${SHARED} shared
  join sales.sales sale on sale.brand_id = $1 and sale.source = shared.source
      and sale.external_id = shared.external_id and sale.is_part`;

@Injectable()
export class TypeormRawEvents extends RawEvents {
  override async dealsOf(
    tx: Transaction,
    campaignId: string | null,
    dealId: string | null,
  ): Promise<readonly DealOfRaw[]> {
    return managerOf(tx).query<DealOfRaw[]>(
      `select distinct brand_id as "brandId", deal_id as "dealId" from sales.sales
       where ($1::uuid is null or campaign_id = $1) and ($2::uuid is null or deal_id = $2) order by 1, 2`,
      [campaignId, dealId],
    );
  }

  override async pageAfter(
    tx: Transaction,
    { brandId, dealId }: DealOfRaw,
    after: bigint | null,
    limit: number,
  ): Promise<readonly RecordedRaw[]> {
    const rows = await managerOf(tx).query<RawRow[]>(PAGE, [brandId, dealId, after, limit]);
    return rows.map(rawOf);
  }

  override async sharedOrdersOf(tx: Transaction, { brandId, dealId }: DealOfRaw): Promise<readonly RawSaleOfOrder[]> {
    return managerOf(tx).query<RawSaleOfOrder[]>(SHARED_ORDERS, [brandId, dealId]);
  }

  override async figuresOf(
    tx: Transaction,
    { brandId, dealId }: DealOfRaw,
  ): Promise<ReadonlyMap<string, RecordedSaleFigures>> {
    const rows = await managerOf(tx).query<SaleRow[]>(
      `select sale_id, order_base_minor, order_refunded_base_minor, order_taken_back_minor, base_minor, refunded_base_minor,
         commission_minor, commission_reversed_minor
       from sales.sales where brand_id = $1 and deal_id = $2`,
      [brandId, dealId],
    );
    return new Map(
      rows.map((row) => [
        row.sale_id,
        {
          orderBaseMinor: BigInt(row.order_base_minor),
          orderRefundedBaseMinor: BigInt(row.order_refunded_base_minor),
          orderTakenBackMinor: BigInt(row.order_taken_back_minor),
          baseMinor: BigInt(row.base_minor),
          refundedBaseMinor: BigInt(row.refunded_base_minor),
          commissionMinor: BigInt(row.commission_minor),
          commissionReversedMinor: BigInt(row.commission_reversed_minor),
        },
      ]),
    );
  }
}

function rawOf(row: RawRow): RecordedRaw {
  const { event_id: eventId, content } = row;
  const sequence = BigInt(row.sequence);
  if (row.what === 'refund') return { kind: 'refund', sequence, content, eventId, refunds: row.refunds };
  return {
    kind: 'sale',
    sequence,
    content,
    eventId,
    saleId: row.sale_id,
    lineNumbers: row.line_numbers,
    countsRunningSales: row.counts_running_sales,
    commissionKind: row.kind,
    attributedBy: row.attributed_by,
    attributedValue: row.attributed_value,
    conversion: row.conversion,
  };
}
