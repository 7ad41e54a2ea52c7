import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import type { RecordedRaw } from '../application/rebuild/deal-replay';
import { type DealOfRaw, RawEvents, type RecordedSaleFigures } from '../application/rebuild/raw-events';
import type { SaleRow } from './sale-rows';

interface RawRow extends Pick<
  SaleRow,
  'event_id' | 'sale_id' | 'counts_running_sales' | 'kind' | 'attributed_by' | 'attributed_value' | 'conversion'
> {
  readonly what: 'sale' | 'refund';
  readonly sequence: string;
  readonly content: string;
  readonly refund_id: string | null;
}

const PAGE = `
  select told.*, coalesce(event.mended_content, event.content) as content
  from (
    select 'sale' as what, recorded_seq as sequence, brand_id, event_id, sale_id, null::uuid as refund_id,
      counts_running_sales, kind, attributed_by, attributed_value, conversion
    from sales.sales where brand_id = $1 and deal_id = $2
    union all
    select 'refund', refund.recorded_seq, refund.brand_id, refund.event_id, refund.sale_id, refund.refund_id,
      sale.counts_running_sales, sale.kind, sale.attributed_by, sale.attributed_value, sale.conversion
    from sales.sales sale
    join sales.refunds refund on refund.brand_id = sale.brand_id and refund.sale_id = sale.sale_id
    where sale.brand_id = $1 and sale.deal_id = $2) told
  join sales.intake_events event on event.brand_id = told.brand_id and event.event_id = told.event_id
  where $3::bigint is null or told.sequence > $3
  order by told.sequence limit $4`;

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
    return rows.map((row) => ({
      kind: row.what,
      sequence: BigInt(row.sequence),
      content: row.content,
      eventId: row.event_id,
      saleId: row.sale_id,
      refundId: row.refund_id,
      countsRunningSales: row.counts_running_sales,
      commissionKind: row.kind,
      attributedBy: row.attributed_by,
      attributedValue: row.attributed_value,
      conversion: row.conversion,
    }));
  }

  override async figuresOf(
    tx: Transaction,
    { brandId, dealId }: DealOfRaw,
  ): Promise<ReadonlyMap<string, RecordedSaleFigures>> {
    const rows = await managerOf(tx).query<SaleRow[]>(
      `select sale_id, order_base_minor, order_refunded_base_minor, base_minor, refunded_base_minor, commission_minor,
         commission_reversed_minor
       from sales.sales where brand_id = $1 and deal_id = $2`,
      [brandId, dealId],
    );
    return new Map(
      rows.map((row) => [
        row.sale_id,
        {
          orderBaseMinor: BigInt(row.order_base_minor),
          orderRefundedBaseMinor: BigInt(row.order_refunded_base_minor),
          baseMinor: BigInt(row.base_minor),
          refundedBaseMinor: BigInt(row.refunded_base_minor),
          commissionMinor: BigInt(row.commission_minor),
          commissionReversedMinor: BigInt(row.commission_reversed_minor),
        },
      ]),
    );
  }
}
