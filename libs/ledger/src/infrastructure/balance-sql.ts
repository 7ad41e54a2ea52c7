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

/** Accounts with their balances now; the caller adds the condition. */
export const BALANCES_SQL = `
  select a.book_id, a.account_id, a.kind, a.currency, a.party_id, a.deal_id, a.purpose, a.balance_minor
  from ledger.account_balances a`;

const ACCOUNT = `a.book_id = $1 and a.account_key = ledger.account_key($2, $3, $4, $5, $6)`;

export const BALANCE_OF_SQL = `
  select a.balance_minor from ledger.account_balances a where ${ACCOUNT}`;

export const BALANCE_AT_SQL = `
  select ledger.balance_at(a.book_id, a.account_id, $7) as balance_minor from ledger.accounts a where ${ACCOUNT}`;

export const BALANCE_LEFT_BY_SQL = `
  select ledger.balance_at(a.book_id, a.account_id, t.recorded_at, (t.transaction_id << 12) + 4095) as balance_minor
  from ledger.accounts a
  join ledger.transactions t on t.book_id = a.book_id and t.transaction_id = $7 where ${ACCOUNT}`;

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
