import type {
  AccountBalance,
  BookBalances,
  ClosedPeriod,
  PostingSide,
  PostingView,
  TrialBalance,
} from '@evenhand/ledger';
import { toGlobalId, toLedgerId, toMoney } from '../graphql';
import type { AccountBalanceType, BookType, ClosedPeriodType, TrialBalanceType } from './book.types';
import type { PostingSideType, PostingType } from './posting.types';

/** A book has no number of its own within itself: its id is the number twice over. */
export function toBookId(bookId: number): string {
  return toLedgerId('book', { bookId, id: BigInt(bookId) });
}

export function toBook(brandId: string, { bookId, balances, closedPeriods }: BookBalances): BookType {
  return {
    id: toBookId(bookId),
    brandId: toGlobalId('party', brandId),
    balances: balances.map(toAccountBalance),
    closedPeriods: closedPeriods.map(toClosedPeriod),
  };
}

export function toClosedPeriod(closed: ClosedPeriod): ClosedPeriodType {
  const { period, timeZone, closedBefore, closedAt, closedBy } = closed;
  return { period, timeZone, closedBefore, closedAt, closedById: closedBy && toGlobalId('user', closedBy) };
}

export function toAccountBalance(account: AccountBalance): AccountBalanceType {
  return {
    id: toLedgerId('account', { bookId: account.bookId, id: account.accountId }),
    kind: account.kind,
    balance: toMoney(account.balanceMinor, account.currency),
    partyId: account.partyId && toGlobalId('party', account.partyId),
    dealId: account.dealId && toGlobalId('deal', account.dealId),
    purpose: account.purpose,
  };
}

export function toTrialBalance({ lines, differences }: TrialBalance): TrialBalanceType {
  return {
    lines: lines.map((line) => ({
      bookId: toBookId(line.bookId),
      kind: line.kind,
      class: line.class,
      normalSide: line.normalSide,
      balance: toMoney(line.balanceMinor, line.currency),
    })),
    differences: differences.map(({ bookId, currency, differenceMinor }) => ({
      bookId: toBookId(bookId),
      difference: toMoney(differenceMinor, currency),
    })),
  };
}

export function toPosting(posting: PostingView): PostingType {
  const { bookId, currency, shareId, earningId } = posting;
  return {
    id: toLedgerId('posting', { bookId, id: posting.postingId }),
    transactionId: toLedgerId('txn', { bookId, id: posting.transactionId }),
    kind: posting.kind,
    reference: posting.reference,
    debit: toSide(posting, posting.debit),
    credit: toSide(posting, posting.credit),
    amount: toMoney(posting.amountMinor, currency),
    partOf: posting.partOfMinor === null ? null : toMoney(posting.partOfMinor, currency),
    shareId: shareId === null ? null : toLedgerId('share', { bookId, id: shareId }),
    earningId: earningId === null ? null : toLedgerId('earning', { bookId, id: earningId }),
    effectiveAt: posting.effectiveAt,
    recordedAt: posting.recordedAt,
  };
}

function toSide({ bookId, currency }: PostingView, { accountId, account, balanceMinor }: PostingSide): PostingSideType {
  return {
    accountId: toLedgerId('account', { bookId, id: accountId }),
    kind: account?.kind ?? null,
    partyId: account?.partyId ? toGlobalId('party', account.partyId) : null,
    dealId: account?.dealId ? toGlobalId('deal', account.dealId) : null,
    purpose: account?.purpose ?? null,
    balance: balanceMinor === null ? null : toMoney(balanceMinor, currency),
  };
}
