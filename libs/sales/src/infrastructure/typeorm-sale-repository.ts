import { groupBy, type Page, type PageRequest, type Transaction } from '@evenhand/kernel';
import { managerOf, queryPrepared } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import type { RefundFilter, RefundSummary, SaleFilter, SalePage, SaleTotals } from '../application/listings';
import { type NewSale, type RefundRecord, type SaleRecord, SaleRepository } from '../application/sale-repository';
import type { RunningSales } from '../domain/commission';
import { lineColumns, saleColumns } from './sale-columns';
import { refundPage, salePage, totalsByDeal } from './sale-pages';
import type { UnearnedLine } from '../domain/refund';
import {
  type RefundRow,
  refundRecordOf,
  type SaleLineRow,
  saleRecordOf,
  type SaleRow,
  unearnedLineOf,
  type UnearnedLineRow,
} from './sale-rows';
import {
  ADD_LINES,
  ADD_REFUNDS,
  ADD_SALES,
  ADD_UNEARNED_LINES,
  SAVE_REFUNDED,
  SAVE_REFUNDED_LINES,
  SAVE_REFUNDED_UNEARNED,
} from './sale-statements';

/** Whole orders and parts of others have an index each. */
const FIND_BY_NAMES = ['not is_part', 'is_part']
  .map(
    (which) => `select * from sales.sales
    where brand_id = $1 and ${which} and (source, external_id) in (select * from unnest($2::text[], $3::text[]))`,
  )
  .join(' union all ');

interface Named {
  readonly source: string;
  readonly externalId: string;
}

@Injectable()
export class TypeormSaleRepository extends SaleRepository {
  override async findByExternalIds(
    tx: Transaction,
    brandId: string,
    keys: readonly Named[],
  ): Promise<readonly SaleRecord[]> {
    if (keys.length === 0) return [];
    const rows = await managerOf(tx).query<SaleRow[]>(FIND_BY_NAMES, [brandId, ...namesOf(keys)]);
    const lines = await this.linesOf(
      tx,
      brandId,
      rows.map((row) => row.sale_id),
    );
    return rows.map((row) => saleRecordOf(row, lines.get(row.sale_id) ?? []));
  }

  override async findRefunds(
    tx: Transaction,
    brandId: string,
    keys: readonly Named[],
  ): Promise<readonly RefundRecord[]> {
    if (keys.length === 0) return [];
    const rows = await managerOf(tx).query<RefundRow[]>(
      `select * from sales.refunds
       where brand_id = $1 and (source, external_id) in (select * from unnest($2::text[], $3::text[]))
       order by recorded_seq`,
      [brandId, ...namesOf(keys)],
    );
    return rows.map(refundRecordOf);
  }

  override async findUnearnedLines(
    tx: Transaction,
    brandId: string,
    orders: readonly Named[],
  ): Promise<readonly UnearnedLine[]> {
    if (orders.length === 0) return [];
    const rows = await managerOf(tx).query<UnearnedLineRow[]>(
      `select * from sales.unearned_lines
       where brand_id = $1 and (source, external_id) in (select * from unnest($2::text[], $3::text[]))
       order by source, external_id, line_number`,
      [brandId, ...namesOf(orders)],
    );
    return rows.map(unearnedLineOf);
  }

  override async lockRunningSales(
    tx: Transaction,
    brandId: string,
    dealIds: readonly string[],
  ): Promise<ReadonlyMap<string, RunningSales>> {
    if (dealIds.length === 0) return new Map();
    await managerOf(tx).query(
      `insert into sales.running_sales (brand_id, deal_id)
       select $1, deal_id from unnest($2::uuid[]) as deal (deal_id) order by deal_id on conflict do nothing`,
      [brandId, dealIds],
    );
    const rows = await managerOf(tx).query<
      {
        deal_id: string;
        note_net_minor: string;
        livestream_net_minor: string;
        commission_minor: string;
        sales_count: string;
      }[]
    >(
      `select deal_id, note_net_minor, livestream_net_minor, commission_minor, sales_count from sales.running_sales
       where brand_id = $1 and deal_id = any ($2::uuid[]) order by deal_id for update`,
      [brandId, dealIds],
    );
    return new Map(
      rows.map((row) => [
        row.deal_id,
        {
          noteNetMinor: BigInt(row.note_net_minor),
          livestreamNetMinor: BigInt(row.livestream_net_minor),
          commissionMinor: BigInt(row.commission_minor),
          salesCount: BigInt(row.sales_count),
        },
      ]),
    );
  }

  override async saveRunningSales(
    tx: Transaction,
    brandId: string,
    running: ReadonlyMap<string, RunningSales>,
  ): Promise<void> {
    if (running.size === 0) return;
    const totals = [...running.values()];
    await managerOf(tx).query(
      `update sales.running_sales running
       set note_net_minor = deal.note, livestream_net_minor = deal.livestream, commission_minor = deal.commission,
         sales_count = deal.sales
       from unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
         as deal (deal_id, note, livestream, commission, sales)
       where running.brand_id = $1 and running.deal_id = deal.deal_id`,
      [
        brandId,
        [...running.keys()],
        totals.map((total) => total.noteNetMinor.toString()),
        totals.map((total) => total.livestreamNetMinor.toString()),
        totals.map((total) => total.commissionMinor.toString()),
        totals.map((total) => total.salesCount.toString()),
      ],
    );
  }

  override async addSales(tx: Transaction, brandId: string, sales: readonly NewSale[]): Promise<void> {
    if (sales.length === 0) return;
    await queryPrepared(tx, 'sales.add_sales', ADD_SALES, [brandId, ...saleColumns(sales)]);
    if (sales.every(({ lines }) => lines.length === 0)) return;
    await queryPrepared(tx, 'sales.add_lines', ADD_LINES, [brandId, ...lineColumns(sales)]);
  }

  override async addUnearnedLines(tx: Transaction, brandId: string, lines: readonly UnearnedLine[]): Promise<void> {
    if (lines.length > 0) await managerOf(tx).query(ADD_UNEARNED_LINES, [brandId, jsonOf(lines.map(asOneRow))]);
  }

  override async addRefunds(tx: Transaction, brandId: string, refunds: readonly RefundRecord[]): Promise<void> {
    if (refunds.length > 0) await managerOf(tx).query(ADD_REFUNDS, [brandId, jsonOf(refunds)]);
  }

  override async saveRefunded(tx: Transaction, brandId: string, sales: readonly SaleRecord[]): Promise<void> {
    if (sales.length === 0) return;
    const lines = sales.flatMap(({ saleId, lines: own }) => own.map((line) => ({ saleId, ...line })));
    await managerOf(tx).query(SAVE_REFUNDED, [brandId, jsonOf(sales.map(withoutLines))]);
    if (lines.length > 0) await managerOf(tx).query(SAVE_REFUNDED_LINES, [brandId, jsonOf(lines)]);
  }

  override async saveRefundedUnearned(tx: Transaction, brandId: string, lines: readonly UnearnedLine[]): Promise<void> {
    if (lines.length > 0) await managerOf(tx).query(SAVE_REFUNDED_UNEARNED, [brandId, jsonOf(lines.map(asOneRow))]);
  }

  override totalsOfDeals(
    tx: Transaction,
    deals: readonly { readonly dealId: string; readonly brandId: string }[],
  ): Promise<ReadonlyMap<string, readonly SaleTotals[]>> {
    return totalsByDeal(managerOf(tx), deals);
  }

  override salePage(tx: Transaction, filter: SaleFilter, page: PageRequest): Promise<SalePage> {
    return salePage(managerOf(tx), filter, page);
  }

  override refundPage(tx: Transaction, filter: RefundFilter, page: PageRequest): Promise<Page<RefundSummary>> {
    return refundPage(managerOf(tx), filter, page);
  }

  private async linesOf(
    tx: Transaction,
    brandId: string,
    saleIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly SaleLineRow[]>> {
    if (saleIds.length === 0) return new Map();
    const rows = await managerOf(tx).query<SaleLineRow[]>(
      `select sale_id, line_number, line_id, sku, quantity, refunded_quantity, base_minor from sales.sale_lines
       where brand_id = $1 and sale_id = any ($2::uuid[]) order by sale_id, line_number`,
      [brandId, saleIds],
    );
    return groupBy(rows, ({ sale_id: saleId }) => saleId);
  }
}

function namesOf(keys: readonly Named[]): readonly (readonly string[])[] {
  return [keys.map((key) => key.source), keys.map((key) => key.externalId)];
}

function asOneRow({ lines: [line], ...rest }: UnearnedLine): object {
  return { ...line, ...rest };
}

/** JSON leaves out what is undefined. */
function withoutLines(sale: SaleRecord): object {
  return { ...sale, lines: undefined };
}

/** JSON in which amounts are decimal strings, which `jsonb_to_recordset` reads as bigint exactly. */
function jsonOf(rows: readonly object[]): string {
  return JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}
