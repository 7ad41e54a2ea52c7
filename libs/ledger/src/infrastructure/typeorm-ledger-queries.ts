import { decodeCursor, type Page, pageOf, type PageRequest, type Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import {
  type AccountBalance,
  type EarningFilter,
  type EarningPage,
  LedgerQueries,
  type PostingFilter,
  type PostingView,
  shareKey,
  type ShareKey,
  type TrialBalance,
} from '../application/ledger-queries';
import type { Account } from '../domain/account';
import {
  accountParameters,
  type BalanceRow,
  BALANCES_SQL,
  BALANCE_AT_SQL,
  BALANCE_LEFT_BY_SQL,
  BALANCE_OF_SQL,
  toBalance,
} from './balance-sql';
import { EARNING_SHARES_SQL, type EarningRow, EARNINGS, type ShareRow, toEarning, type TotalRow } from './earning-sql';
import {
  FIRST_UNSEEN_SQL,
  postingCondition,
  POSTINGS_OF_SHARES_SQL,
  type PostingRow,
  postingsFrom,
  postingsSql,
  toPosting,
} from './posting-sql';
import { type DifferenceRow, toTrialBalance, TRIAL_BALANCE_SQL, type TrialRow } from './trial-balance-sql';
import { whereOf } from './where-of';

/** Reads by plain SQL under row-level security. */
@Injectable()
export class TypeormLedgerQueries extends LedgerQueries {
  override async bookIdOf(tx: Transaction, brandId: string): Promise<number | null> {
    const sql = `select book_id from ledger.books
                 where brand_id = $1 and (ledger.oversees() or book_id = any (ledger.own_books()))`;
    const [row] = await rowsOf<{ book_id: number }>(tx, sql, [brandId]);
    return row?.book_id ?? null;
  }

  override async brandIdOf(tx: Transaction, bookId: number): Promise<string | null> {
    const sql = 'select brand_id from ledger.books where book_id = $1';
    const [row] = await rowsOf<{ brand_id: string }>(tx, sql, [bookId]);
    return row?.brand_id ?? null;
  }

  override balanceOf(tx: Transaction, bookId: number, account: Account): Promise<bigint> {
    return oneBalance(tx, BALANCE_OF_SQL, [bookId, ...accountParameters(account)]);
  }

  override balanceAt(tx: Transaction, bookId: number, account: Account, at: Date): Promise<bigint> {
    return oneBalance(tx, BALANCE_AT_SQL, [bookId, ...accountParameters(account), at]);
  }

  override balanceLeftBy(tx: Transaction, bookId: number, transactionId: bigint, account: Account): Promise<bigint> {
    return oneBalance(tx, BALANCE_LEFT_BY_SQL, [bookId, ...accountParameters(account), transactionId]);
  }

  override async balancesOf(tx: Transaction, bookId: number): Promise<readonly AccountBalance[]> {
    const rows = await rowsOf<BalanceRow>(tx, `${BALANCES_SQL} where a.book_id = $1 order by a.account_id`, [bookId]);
    return rows.map(toBalance);
  }

  override async escrowOf(tx: Transaction, brandId: string, dealId: string): Promise<readonly AccountBalance[]> {
    const sql = `${BALANCES_SQL} join ledger.books k on k.book_id = a.book_id
                 where k.brand_id = $1 and a.deal_id = $2 order by a.currency, a.purpose`;
    return (await rowsOf<BalanceRow>(tx, sql, [brandId, dealId])).map(toBalance);
  }

  override async firstUnseen(tx: Transaction, filter: PostingFilter): Promise<string | null> {
    const { bookId, accountId, transactionId, earningId, shareId } = filter;
    const [row] = await rowsOf<{ unseen: string | null }>(tx, FIRST_UNSEEN_SQL, [
      bookId,
      accountId ?? null,
      transactionId ?? null,
      earningId ?? null,
      shareId ?? null,
    ]);
    return row?.unseen ?? null;
  }

  override async postings(tx: Transaction, filter: PostingFilter, page: PageRequest): Promise<Page<PostingView>> {
    const where = whereOf(postingCondition(filter));
    const counted = `select count(*) as count from ${postingsFrom(filter)} where ${where.sql}`;
    const [count] = await rowsOf<{ count: string }>(tx, counted, where.parameters);
    const after = page.after === null ? null : (decodeCursor(page.after, 1)[0] ?? null);
    const sql = postingsSql(filter, where.sql, where.parameters.length);
    const rows = await rowsOf<PostingRow>(tx, sql, [...where.parameters, after, page.first + 1]);
    return pageOf(rows.map(toPosting), page, Number(count?.count ?? 0), (row) => [`${row.postingId}`]);
  }

  override async postingsOfShares(
    tx: Transaction,
    shares: readonly ShareKey[],
  ): Promise<ReadonlyMap<string, readonly PostingView[]>> {
    const found = new Map<string, PostingView[]>(shares.map((share) => [shareKey(share), []]));
    const distinct = [...new Map(shares.map((share) => [shareKey(share), share])).values()];
    const rows = await rowsOf<PostingRow>(tx, POSTINGS_OF_SHARES_SQL, [
      distinct.map(({ bookId }) => bookId),
      distinct.map(({ shareId }) => shareId),
    ]);
    for (const posting of rows.map(toPosting)) {
      const { bookId, shareId } = posting;
      if (shareId !== null) found.get(shareKey({ bookId, shareId }))?.push(posting);
    }
    return found;
  }

  override async earnings(tx: Transaction, filter: EarningFilter, page: PageRequest): Promise<EarningPage> {
    const where = whereOf(EARNINGS.condition(filter));
    const totals = await rowsOf<TotalRow>(tx, EARNINGS.totalsSql(where.sql), where.parameters);
    const cursor = page.after === null ? [null, null] : decodeCursor(page.after, 2);
    const sql = EARNINGS.pageSql(where.sql, where.parameters.length);
    const rows = await rowsOf<EarningRow>(tx, sql, [...where.parameters, ...cursor, page.first + 1]);
    const shares = await rowsOf<ShareRow>(tx, EARNING_SHARES_SQL, [
      rows.map((row) => row.book_id),
      rows.map((row) => row.earning_id),
    ]);
    const count = totals.reduce((sum, total) => sum + Number(total.count), 0);
    const earnings = rows.map((row) => toEarning(row, shares));
    return {
      ...pageOf(earnings, page, count, (row) => [row.earnedAt.toISOString(), `${row.earningId}`]),
      totals: totals.map((total) => ({
        currency: total.currency,
        grossMinor: BigInt(total.gross_minor),
        grossReversedMinor: BigInt(total.gross_reversed_minor),
      })),
    };
  }

  override async trialBalance(tx: Transaction, bookId: number | null): Promise<TrialBalance> {
    const lines = await rowsOf<TrialRow>(tx, TRIAL_BALANCE_SQL.lines, [bookId]);
    const differences = await rowsOf<DifferenceRow>(tx, TRIAL_BALANCE_SQL.differences, [bookId]);
    return toTrialBalance(lines, differences);
  }
}

function rowsOf<Row>(tx: Transaction, sql: string, parameters: readonly unknown[]): Promise<readonly Row[]> {
  return managerOf(tx).query<readonly Row[]>(sql, [...parameters]);
}

async function oneBalance(tx: Transaction, sql: string, parameters: readonly unknown[]): Promise<bigint> {
  const [row] = await rowsOf<{ balance_minor: string }>(tx, sql, parameters);
  return BigInt(row?.balance_minor ?? 0);
}
