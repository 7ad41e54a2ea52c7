import type { PostingFilter, PostingView } from '../application/ledger-queries';
import type { AccountKind, EscrowPurpose } from '../domain/account';
import type { TransactionKind } from '../domain/transaction-draft';
import type { Condition } from './where-of';

interface PostingAccount {
  readonly kind: AccountKind;
  readonly partyId: string | null;
  readonly dealId: string | null;
  readonly purpose: EscrowPurpose | null;
}

export interface PostingRow {
  readonly book_id: number;
  readonly posting_id: string;
  readonly transaction_id: string;
  readonly kind: TransactionKind;
  readonly reference: string | null;
  readonly debit_account_id: string;
  readonly credit_account_id: string;
  readonly debit_balance_minor: string | null;
  readonly credit_balance_minor: string | null;
  readonly debit: PostingAccount | null;
  readonly credit: PostingAccount | null;
  readonly currency: string;
  readonly amount_minor: string;
  readonly share_id: string | null;
  readonly effective_at: Date;
  readonly recorded_at: Date;
}

export function postingCondition(filter: PostingFilter): readonly Condition[] {
  return [
    ['p.book_id = ?', filter.bookId],
    ['t.transaction_id = ?', filter.transactionId],
    ['(p.debit_account_id = ? or p.credit_account_id = ?)', filter.accountId],
    ['t.transaction_id = any (ledger.transactions_of(p.book_id, ?)) and p.share_id >> 6 = ?', filter.earningId],
    ['t.transaction_id = any (ledger.transactions_of(p.book_id, ? >> 6)) and p.share_id = ?', filter.shareId],
  ];
}

/** Parameters: book, account, transaction, earning, share. A whole book is seen by its brand and those who oversee all. */
export const FIRST_UNSEEN_SQL = `
  select case
    when $2::bigint is not null
      and not exists (select 1 from ledger.accounts where book_id = $1 and account_id = $2) then 'Account'
    when $3::bigint is not null
      and not exists (select 1 from ledger.transactions where book_id = $1 and transaction_id = $3) then 'Transaction'
    when $4::bigint is not null
      and not exists (select 1 from ledger.earnings where book_id = $1 and earning_id = $4) then 'Earning'
    when $5::bigint is not null
      and not exists (select 1 from ledger.shares where book_id = $1 and share_id = $5) then 'Share'
    when num_nonnulls($2, $3, $4, $5) = 0 and not exists (
      select 1 from ledger.books where book_id = $1 and (ledger.oversees() or book_id = any (ledger.own_books())))
      then 'Book'
  end as unseen`;

function accountOf(alias: string): string {
  return `(select jsonb_build_object('kind', a.kind, 'partyId', a.party_id, 'dealId', a.deal_id, 'purpose', a.purpose)
           from ledger.accounts a where a.book_id = p.book_id and a.account_id = p.${alias}_account_id) as ${alias}`;
}

/** What the posting left on one side, null where the account is not the reader's to see. */
function balanceLeft(alias: string): string {
  return `(select ledger.balance_at(a.book_id, a.account_id, p.recorded_at, p.posting_id)
           from ledger.accounts a where a.book_id = p.book_id and a.account_id = p.${alias}_account_id)`;
}

/** Postings with their transactions, for conditions on either. */
export const POSTINGS_FROM = `
  ledger.postings p
  join ledger.transactions t on t.book_id = p.book_id and t.recorded_at = p.recorded_at
    and t.transaction_id = p.posting_id >> 12
    and p.posting_id between t.transaction_id << 12 and (t.transaction_id << 12) + 4095`;

/**
 * Postings after an id that may be null, in the order in which they count; two more parameters than the condition has,
 * whose first is the book. Balances are computed for the rows of the page alone.
 */
export const POSTINGS_SQL = (condition: string, parameters: number): string => `
  select p.*, ${accountOf('debit')}, ${accountOf('credit')}, ${balanceLeft('debit')} as debit_balance_minor,
         ${balanceLeft('credit')} as credit_balance_minor
  from (
    select p.book_id, p.posting_id, t.transaction_id, t.kind, t.reference, p.debit_account_id, p.credit_account_id,
           p.currency, p.amount_minor, p.share_id, t.effective_at, p.recorded_at
    from ${POSTINGS_FROM}
    where ${condition} and ($${parameters + 1}::bigint is null or (p.recorded_at, p.posting_id) > (
      (select f.recorded_at from ledger.transactions f
       where f.book_id = $1 and f.transaction_id = $${parameters + 1}::bigint >> 12), $${parameters + 1}::bigint))
    order by p.recorded_at, p.posting_id limit $${parameters + 2}
  ) p order by p.recorded_at, p.posting_id`;

export function toPosting(row: PostingRow): PostingView {
  const side = (id: string, balance: string | null, account: PostingAccount | null): PostingView['debit'] => ({
    accountId: BigInt(id),
    account,
    balanceMinor: balance === null ? null : BigInt(balance),
  });
  const shareId = row.share_id === null ? null : BigInt(row.share_id);
  return {
    bookId: row.book_id,
    postingId: BigInt(row.posting_id),
    transactionId: BigInt(row.transaction_id),
    kind: row.kind,
    reference: row.reference,
    debit: side(row.debit_account_id, row.debit_balance_minor, row.debit),
    credit: side(row.credit_account_id, row.credit_balance_minor, row.credit),
    currency: row.currency,
    amountMinor: BigInt(row.amount_minor),
    shareId,
    earningId: shareId === null ? null : shareId >> 6n,
    effectiveAt: row.effective_at,
    recordedAt: row.recorded_at,
  };
}
