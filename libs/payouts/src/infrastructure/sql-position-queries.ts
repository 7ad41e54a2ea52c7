import type { Transaction } from '@evenhand/kernel';
import type { ShareKey } from '@evenhand/ledger';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { type BookPosition, type PayeeInBook, PositionQueries } from '../application/position-queries';
import type { ShareInItem } from '../domain/not-paid-because';

type ItemRow = Omit<ShareInItem, 'batchNumber' | 'amountMinor'> &
  Readonly<Record<'batchNumber' | 'amountMinor' | 'shareId', string>> & { readonly bookId: number };

type PositionRow = PayeeInBook &
  Readonly<Record<'openInBookMinor' | 'openInAllMinor' | 'minimumMinor' | 'cashMinor', string>>;

/** `open` is what the ledger owes a payee in a book and no item plans to pay. */
const POSITIONS = `
  with wanted as (
    select * from unnest($1::integer[], $2::uuid[], $3::text[]) w (book_id, party_id, currency)
  ),
  planned as materialized (
    select l.book_id, i.party_id, i.currency::text as currency, sum(l.amount_minor) as planned_minor
    from payouts.items i join payouts.lines l on l.item_id = i.id
    where i.state = 'planned' group by l.book_id, i.party_id, i.currency
  ),
  open as (
    select b.book_id, b.party_id, b.currency, b.payable_minor - coalesce(p.planned_minor, 0) as open_minor
    from (select distinct party_id, currency from wanted) w
    join payouts.payable_balances b on b.party_id = w.party_id and b.currency = w.currency
    left join planned p on p.book_id = b.book_id and p.party_id = b.party_id and p.currency = b.currency
  ),
  planned_in_book as (
    select book_id, currency, sum(planned_minor) as planned_minor from planned group by book_id, currency
  )
  select w.book_id as "bookId", w.party_id as "partyId", w.currency,
         coalesce(o.open_minor, 0) as "openInBookMinor",
         (select coalesce(sum(a.open_minor), 0) from open a
          where a.party_id = w.party_id and a.currency = w.currency and a.open_minor > 0) as "openInAllMinor",
         coalesce((select m.minimum_minor from payouts.minimums m join payouts.batches b on b.id = m.batch_id
                   where m.currency = w.currency::char(3) order by b.number desc limit 1), 0) as "minimumMinor",
         coalesce(c.cash_minor, 0) - coalesce(p.planned_minor, 0) as "cashMinor"
  from wanted w
  left join open o on o.book_id = w.book_id and o.party_id = w.party_id and o.currency = w.currency
  left join payouts.book_cash c on c.book_id = w.book_id and c.currency = w.currency
  left join planned_in_book p on p.book_id = w.book_id and p.currency = w.currency`;

@Injectable()
export class SqlPositionQueries extends PositionQueries {
  override async itemsOf(tx: Transaction, shares: readonly ShareKey[]): Promise<readonly (ShareKey & ShareInItem)[]> {
    const rows = await managerOf(tx).query<ItemRow[]>(
      `select l.book_id as "bookId", l.share_id as "shareId", i.id as "itemId", i.state as "itemState",
              b.id as "batchId", b.number as "batchNumber", b.state as "batchState",
              sum(l.amount_minor) as "amountMinor"
       from unnest($1::integer[], $2::bigint[]) w (book_id, share_id)
       join payouts.lines l on l.book_id = w.book_id and l.share_id = w.share_id and l.live
       join payouts.items i on i.id = l.item_id
       join payouts.batches b on b.id = i.batch_id
       group by l.book_id, l.share_id, i.id, b.id
       order by b.number`,
      [shares.map((share) => share.bookId), shares.map((share) => share.shareId.toString())],
    );
    return rows.map((row) => ({
      ...row,
      shareId: BigInt(row.shareId),
      batchNumber: BigInt(row.batchNumber),
      amountMinor: BigInt(row.amountMinor),
    }));
  }

  override async positionsOf(tx: Transaction, payees: readonly PayeeInBook[]): Promise<readonly BookPosition[]> {
    const rows = await managerOf(tx).query<PositionRow[]>(POSITIONS, [
      payees.map((payee) => payee.bookId),
      payees.map((payee) => payee.partyId),
      payees.map((payee) => payee.currency),
    ]);
    return rows.map((row) => ({
      ...row,
      openInBookMinor: BigInt(row.openInBookMinor),
      openInAllMinor: BigInt(row.openInAllMinor),
      minimumMinor: BigInt(row.minimumMinor),
      cashMinor: BigInt(row.cashMinor),
    }));
  }
}
