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
  readonly posted_minor: string;
  readonly is_part: boolean;
  readonly share_id: string | null;
  readonly effective_at: Date;
  readonly recorded_at: Date;
}

/** The share a row is about, where a posting has a row for each share it moves. */
const SHARE = 'coalesce(p.share_id, m.share_id)';

/** The first parameter is the book. */
export function postingCondition(filter: PostingFilter): readonly Condition[] {
  return [
    ['p.book_id = ?', filter.bookId],
    ['t.transaction_id = ?', filter.transactionId],
    ['(p.debit_account_id = ? or p.credit_account_id = ?)', filter.accountId],
    [`${ofEarning('?::bigint')} and ${SHARE} >> 6 = ?`, filter.earningId],
    [`${ofEarning('?::bigint >> 6')} and ${SHARE} = ?`, filter.shareId],
  ];
}

function ofEarning(earningId: string): string {
  return `t.book_id = $1 and t.transaction_id = any ((select ledger.transactions_of($1, ${earningId}))::bigint[])`;
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

const OF_ITS_TRANSACTION = `p.book_id = t.book_id and p.recorded_at = t.recorded_at
  and p.posting_id between t.transaction_id << 12 and (t.transaction_id << 12) + 4095`;

const NO_SHARES = 'cross join (select null::bigint as share_id, null::bigint as amount_minor) m';

/** Each share a posting moves; an offset of 0 keeps the planner from reading a whole book for the few that are wanted. */
const SHARES_MOVED = `
  left join lateral (
    select w.share_id, w.amount_minor from ledger.posting_shares g
    cross join unnest(g.share_ids, g.amounts_minor) w (share_id, amount_minor)
    where g.book_id = p.book_id and g.posting_id = p.posting_id offset 0) m on true`;

/**
 * Postings with their transactions, for conditions on either: found by their transactions where those are known. Where
 * postings of a share or an earning are asked for, a row for each share that a posting moves.
 */
export function postingsFrom({ transactionId, earningId, shareId }: PostingFilter): string {
  const isOfShares = earningId !== undefined || shareId !== undefined;
  const found =
    isOfShares || transactionId !== undefined
      ? `ledger.transactions t cross join lateral (select * from ledger.postings p where ${OF_ITS_TRANSACTION} offset 0) p`
      : `ledger.postings p join ledger.transactions t on t.transaction_id = p.posting_id >> 12 and ${OF_ITS_TRANSACTION}`;
  return `${found} ${isOfShares ? SHARES_MOVED : NO_SHARES}`;
}

/** The columns of a row that come from the posting, its transaction and the share it is about. */
const POSTED = `
  p.book_id, p.posting_id, t.transaction_id, t.kind, t.reference, p.debit_account_id, p.credit_account_id, p.currency,
  coalesce(m.amount_minor, p.amount_minor) as amount_minor, p.amount_minor as posted_minor, ${SHARE} as share_id,
  m.share_id is not null as is_part, t.effective_at, p.recorded_at`;

/** With the accounts and the balances left, which are computed for these rows alone. */
const withSides = (rows: string): string => `
  select p.*, ${accountOf('debit')}, ${accountOf('credit')}, ${balanceLeft('debit')} as debit_balance_minor,
         ${balanceLeft('credit')} as credit_balance_minor
  from (${rows}) p order by p.recorded_at, p.posting_id`;

/**
 * Postings after an id that may be null, in the order in which they count; two more parameters than the condition has,
 * whose first is the book.
 */
export const postingsSql = (filter: PostingFilter, condition: string, parameters: number): string =>
  withSides(`
    select ${POSTED} from ${postingsFrom(filter)}
    where ${condition} and ($${parameters + 1}::bigint is null or (p.recorded_at, p.posting_id) > (
      (select f.recorded_at from ledger.transactions f
       where f.book_id = $1 and f.transaction_id = $${parameters + 1}::bigint >> 12), $${parameters + 1}::bigint))
    order by p.recorded_at, p.posting_id limit $${parameters + 2}`);

/** Parameters: books and shares, in pairs. */
export const POSTINGS_OF_SHARES_SQL = withSides(`
  select ${POSTED}
  from unnest($1::integer[], $2::bigint[]) w (book_id, share_id)
  cross join lateral unnest(ledger.transactions_of(w.book_id, w.share_id >> 6)) o (transaction_id)
  cross join lateral (
    select * from ledger.transactions t
    where t.book_id = w.book_id and t.transaction_id = o.transaction_id offset 0) t
  cross join lateral (select * from ledger.postings p where ${OF_ITS_TRANSACTION} offset 0) p
  ${SHARES_MOVED}
  where ${SHARE} = w.share_id`);

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
    partOfMinor: row.is_part ? BigInt(row.posted_minor) : null,
    shareId,
    earningId: shareId === null ? null : shareId >> 6n,
    effectiveAt: row.effective_at,
    recordedAt: row.recorded_at,
  };
}
