import type { TrialBalance } from '../application/ledger-queries';
import type { AccountClass, AccountKind, NormalSide } from '../domain/account';

export interface TrialRow {
  readonly book_id: number;
  readonly currency: string;
  readonly kind: AccountKind;
  readonly class: AccountClass;
  readonly normal_side: NormalSide;
  readonly balance_minor: string;
}

export interface DifferenceRow {
  readonly book_id: number;
  readonly currency: string;
  readonly difference_minor: string;
}

const BALANCES = `
  from ledger.account_balances a
  join ledger.account_kinds k on k.kind = a.kind
  where $1::integer is null or a.book_id = $1`;

/** One parameter: the book, null for all that the actor sees. */
export const TRIAL_BALANCE_SQL = {
  lines: `
    select a.book_id, a.currency, a.kind, k.class, k.normal_side, sum(a.balance_minor) as balance_minor ${BALANCES}
    group by a.book_id, a.currency, a.kind, k.class, k.normal_side order by a.book_id, a.currency, a.kind`,
  differences: `
    select a.book_id, a.currency, sum(a.debit_sign * a.balance_minor) as difference_minor ${BALANCES}
    group by a.book_id, a.currency order by a.book_id, a.currency`,
};

export function toTrialBalance(lines: readonly TrialRow[], differences: readonly DifferenceRow[]): TrialBalance {
  return {
    lines: lines.map((row) => ({
      bookId: row.book_id,
      currency: row.currency,
      kind: row.kind,
      class: row.class,
      normalSide: row.normal_side,
      balanceMinor: BigInt(row.balance_minor),
    })),
    differences: differences.map((row) => ({
      bookId: row.book_id,
      currency: row.currency,
      differenceMinor: BigInt(row.difference_minor),
    })),
  };
}
