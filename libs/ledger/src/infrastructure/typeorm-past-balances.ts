import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import type { AccountBalance, TrialBalance } from '../application/ledger-queries';
import { type BooksAsOf, PastBalances } from '../application/past-balances';
import type { Account } from '../domain/account';
import { accountParameters, type BalanceRow, toBalance } from './balance-sql';
import { type DifferenceRow, toTrialBalance, type TrialRow } from './trial-balance-sql';

/** Instants on the wire have milliseconds, those in the database microseconds: all of the last millisecond counts. */
const AS_OF = `ledger.balance_as_of(a.book_id, a.account_id, $1::timestamptz + interval '999 microseconds', $2)`;

const ACCOUNTS = `
  select a.book_id, a.account_id, a.kind, a.currency, a.party_id, a.deal_id, a.purpose, ${AS_OF} as balance_minor
  from ledger.accounts a`;

const TRIAL = `
  select a.book_id, a.currency, a.kind, k.class, k.normal_side, a.debit_sign, ${AS_OF} as balance_minor
  from ledger.accounts a join ledger.account_kinds k on k.kind = a.kind
  where $3::integer is null or a.book_id = $3`;

const TRIAL_LINES = `
  select b.book_id, b.currency, b.kind, b.class, b.normal_side, sum(b.balance_minor) as balance_minor from (${TRIAL}) b
  group by b.book_id, b.currency, b.kind, b.class, b.normal_side order by b.book_id, b.currency, b.kind`;

const TRIAL_DIFFERENCES = `
  select b.book_id, b.currency, sum(b.debit_sign * b.balance_minor) as difference_minor from (${TRIAL}) b
  group by b.book_id, b.currency order by b.book_id, b.currency`;

@Injectable()
export class TypeormPastBalances extends PastBalances {
  override async balanceOf(tx: Transaction, bookId: number, account: Account, asOf: BooksAsOf): Promise<bigint> {
    const sql = `${ACCOUNTS} where a.book_id = $3 and a.account_key = ledger.account_key($4, $5, $6, $7, $8)`;
    const [row] = await rowsOf<BalanceRow>(tx, asOf, sql, [bookId, ...accountParameters(account)]);
    return BigInt(row?.balance_minor ?? 0);
  }

  override async accountOf(
    tx: Transaction,
    bookId: number,
    accountId: bigint,
    asOf: BooksAsOf,
  ): Promise<AccountBalance | null> {
    const sql = `${ACCOUNTS} where a.book_id = $3 and a.account_id = $4`;
    const [row] = await rowsOf<BalanceRow>(tx, asOf, sql, [bookId, accountId]);
    return row ? toBalance(row) : null;
  }

  override async balancesOf(tx: Transaction, bookId: number, asOf: BooksAsOf): Promise<readonly AccountBalance[]> {
    const sql = `${ACCOUNTS} where a.book_id = $3 order by a.account_id`;
    return (await rowsOf<BalanceRow>(tx, asOf, sql, [bookId])).map(toBalance);
  }

  override async trialBalance(tx: Transaction, bookId: number | null, asOf: BooksAsOf): Promise<TrialBalance> {
    const lines = await rowsOf<TrialRow>(tx, asOf, TRIAL_LINES, [bookId]);
    const differences = await rowsOf<DifferenceRow>(tx, asOf, TRIAL_DIFFERENCES, [bookId]);
    return toTrialBalance(lines, differences);
  }
}

/** `$1` and `$2` are the two axes. */
function rowsOf<Row>(
  tx: Transaction,
  { recordedUpTo, effectiveBefore }: BooksAsOf,
  sql: string,
  parameters: readonly unknown[],
): Promise<readonly Row[]> {
  return managerOf(tx).query<readonly Row[]>(sql, [recordedUpTo, effectiveBefore, ...parameters]);
}
