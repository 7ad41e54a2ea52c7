import {
  cursorOf,
  isBigint,
  isInteger,
  isUuid,
  isWord,
  pageOf,
  type PageRequest,
  type Transaction,
} from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import {
  type ExclusionFilter,
  type ItemFilter,
  type NamelessExclusion,
  type NamelessItem,
  PayoutQueries,
  type WithTotals,
} from '../application/payout-queries';
import type { BatchView, CurrencyAmount, LinePage } from '../application/views';
import type { BatchState } from '../domain/batch-state';
import {
  BATCH_VIEW_SQL,
  type BatchViewRow,
  batchViewOf,
  EXCLUSION_SQL,
  type ExclusionRow,
  exclusionOf,
  ITEM_SQL,
  type ItemRow,
  itemOf,
  LINE_SQL,
  type LineRow,
  lineOf,
} from './payout-views.sql';

type TotalRow = { readonly currency: string; readonly count: string; readonly amountMinor: string };

@Injectable()
export class SqlPayoutQueries extends PayoutQueries {
  override async batch(tx: Transaction, batchId: string): Promise<BatchView | null> {
    const [row] = await managerOf(tx).query<BatchViewRow[]>(`${BATCH_VIEW_SQL} where b.id = $1`, [batchId]);
    return row ? batchViewOf(row) : null;
  }

  override async batches(
    tx: Transaction,
    states: readonly BatchState[] | null,
    page: PageRequest,
  ): Promise<WithTotals<BatchView>> {
    const after = cursorOf(page, [isBigint]);
    const rows = await managerOf(tx).query<BatchViewRow[]>(
      `${BATCH_VIEW_SQL}
       where ($1::text[] is null or b.state = any ($1::text[])) and ($2::bigint is null or b.number < $2::bigint)
       order by b.number desc limit $3`,
      [states, after?.[0] ?? null, page.first + 1],
    );
    const [counted] = await managerOf(tx).query<{ count: string }[]>(
      'select count(*) from payouts.batches b where $1::text[] is null or b.state = any ($1::text[])',
      [states],
    );
    const totals = await managerOf(tx).query<TotalRow[]>(
      `select i.currency, sum(i.amount_minor) as "amountMinor" from payouts.batches b
       join payouts.items i on i.batch_id = b.id and i.live
       where $1::text[] is null or b.state = any ($1::text[])
       group by i.currency order by i.currency`,
      [states],
    );
    const found = pageOf(rows.map(batchViewOf), page, Number(counted?.count ?? 0), (batch) => [`${batch.number}`]);
    return { ...found, totals: totals.map(amountOf) };
  }

  override async item(tx: Transaction, itemId: string): Promise<NamelessItem | null> {
    const [row] = await managerOf(tx).query<ItemRow[]>(`${ITEM_SQL} where i.id = $1`, [itemId]);
    return row ? itemOf(row) : null;
  }

  override async items(tx: Transaction, filter: ItemFilter, page: PageRequest): Promise<WithTotals<NamelessItem>> {
    const conditions = `($1::uuid is null or i.batch_id = $1) and ($2::uuid is null or i.party_id = $2)
      and ($3::text[] is null or i.state = any ($3::text[]))`;
    const values = [filter.batchId ?? null, filter.payeeId ?? null, filter.states ?? null];
    const after = cursorOf(page, [isUuid, isInteger]);
    const rows = await managerOf(tx).query<ItemRow[]>(
      `${ITEM_SQL} where ${conditions}
       and ($4::uuid is null or i.batch_id < $4 or (i.batch_id = $4 and i.ordinal > $5::integer))
       order by i.batch_id desc, i.ordinal limit $6`,
      [...values, after?.[0] ?? null, after?.[1] ?? null, page.first + 1],
    );
    const totals = await managerOf(tx).query<TotalRow[]>(
      `select i.currency, count(*), sum(i.amount_minor) as "amountMinor" from payouts.items i
       where ${conditions} group by i.currency order by i.currency`,
      values,
    );
    const found = pageOf(rows.map(itemOf), page, countOf(totals), (item) => [item.batchId, `${item.ordinal}`]);
    return { ...found, totals: totals.map(amountOf) };
  }

  override async lines(tx: Transaction, itemId: string, page: PageRequest): Promise<LinePage> {
    const after = cursorOf(page, [isInteger, isBigint, isBigint]);
    const rows = await managerOf(tx).query<LineRow[]>(
      `${LINE_SQL}
       where l.item_id = $1
         and ($2::integer is null or (l.book_id, l.posting_id, l.share_id) > ($2::integer, $3::bigint, $4::bigint))
       order by l.book_id, l.posting_id, l.share_id limit $5`,
      [itemId, after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null, page.first + 1],
    );
    const totals = await managerOf(tx).query<TotalRow[]>(
      `select i.currency, count(*), sum(l.amount_minor) as "amountMinor"
       from payouts.lines l join payouts.items i on i.id = l.item_id where l.item_id = $1 group by i.currency`,
      [itemId],
    );
    const found = pageOf(rows.map(lineOf), page, countOf(totals), (line) => [
      `${line.bookId}`,
      `${line.postingId}`,
      `${line.shareId}`,
    ]);
    return { ...found, totals: totals.map(amountOf) };
  }

  override async exclusions(
    tx: Transaction,
    filter: ExclusionFilter,
    page: PageRequest,
  ): Promise<WithTotals<NamelessExclusion>> {
    const conditions = `x.batch_id = $1 and ($2::uuid is null or x.party_id = $2) and ($3::text is null or x.reason = $3)`;
    const values = [filter.batchId, filter.payeeId ?? null, filter.reason ?? null];
    const after = cursorOf(page, [isUuid, isWord, isInteger, isWord]);
    const rows = await managerOf(tx).query<ExclusionRow[]>(
      `${EXCLUSION_SQL} where ${conditions}
       and ($4::uuid is null
            or (x.party_id, x.currency, x.book_id, x.reason) > ($4::uuid, $5::char(3), $6::integer, $7::text))
       order by x.party_id, x.currency, x.book_id, x.reason limit $8`,
      [...values, after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null, after?.[3] ?? null, page.first + 1],
    );
    const totals = await managerOf(tx).query<TotalRow[]>(
      `select x.currency, count(*), sum(x.amount_minor) as "amountMinor" from payouts.exclusions x
       where ${conditions} group by x.currency order by x.currency`,
      values,
    );
    const found = pageOf(rows.map(exclusionOf), page, countOf(totals), (row) => [
      row.partyId,
      row.currency,
      `${row.bookId}`,
      row.reason,
    ]);
    return { ...found, totals: totals.map(amountOf) };
  }

  override async countUnsettled(tx: Transaction, partyIds: readonly string[]): Promise<number> {
    const [row] = await managerOf(tx).query<{ count: number }[]>(
      `select count(*)::integer as count from payouts.items
       where party_id = any ($1::uuid[]) and state in ('planned', 'sent', 'unknown')`,
      [partyIds],
    );
    return row?.count ?? 0;
  }
}

function countOf(totals: readonly TotalRow[]): number {
  return totals.reduce((sum, total) => sum + Number(total.count), 0);
}

function amountOf({ currency, amountMinor }: TotalRow): CurrencyAmount {
  return { currency, amountMinor: BigInt(amountMinor) };
}
