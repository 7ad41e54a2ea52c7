import type { AccountBalance } from '../application/ledger-queries';
import type { Account, AccountKind, EscrowPurpose } from '../domain/account';

export interface BalanceRow {
  readonly book_id: number;
  readonly account_id: string;
  readonly kind: AccountKind;
  readonly currency: string;
  readonly party_id: string | null;
  readonly deal_id: string | null;
  readonly purpose: EscrowPurpose | null;
  readonly balance_minor: string;
}

/** Accounts with their balances; the caller adds the condition. */
export const BALANCES_SQL = `
  select a.book_id, a.account_id, a.kind, a.currency, a.party_id, a.deal_id, a.purpose,
         (select sum(b.balance_minor) from ledger.balances b
          where b.book_id = a.book_id and b.account_id = a.account_id) as balance_minor
  from ledger.accounts a`;

const ACCOUNT = `a.book_id = $1 and a.account_key = ledger.account_key($2, $3, $4, $5, $6)`;

export const BALANCE_OF_SQL = `
  select sum(b.balance_minor) as balance_minor from ledger.accounts a
  join ledger.balances b on b.book_id = a.book_id and b.account_id = a.account_id where ${ACCOUNT}`;

/** The balance that the last posting on either side left, among those that `condition` allows. */
function lastBalance(condition: string): string {
  return `
  select l.balance_minor from ledger.accounts a
  cross join lateral (
    (select p.posting_id, p.debit_balance_minor as balance_minor from ledger.postings p
     where p.book_id = a.book_id and p.debit_account_id = a.account_id and ${condition}
     order by p.posting_id desc limit 1)
    union all
    (select p.posting_id, p.credit_balance_minor from ledger.postings p
     where p.book_id = a.book_id and p.credit_account_id = a.account_id and ${condition}
     order by p.posting_id desc limit 1)
  ) l where ${ACCOUNT} order by l.posting_id desc limit 1`;
}

export const BALANCE_AT_SQL = lastBalance('p.recorded_at <= $7');

export const BALANCE_LEFT_BY_SQL = lastBalance('p.posting_id between $7::bigint << 12 and ($7::bigint << 12) + 4095');

/** In the order of the placeholders $2 to $6 above. */
export function accountParameters(account: Account): readonly (string | null)[] {
  return [account.kind, account.currency, account.partyId, account.dealId, account.purpose];
}

export function toBalance(row: BalanceRow): AccountBalance {
  return {
    bookId: row.book_id,
    accountId: BigInt(row.account_id),
    kind: row.kind,
    currency: row.currency,
    partyId: row.party_id,
    dealId: row.deal_id,
    purpose: row.purpose,
    balanceMinor: BigInt(row.balance_minor),
  };
}
