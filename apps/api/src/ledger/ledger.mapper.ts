import type {
  AccountBalance,
  BookBalances,
  EarningPage,
  EarningView,
  PostingSide,
  PostingView,
  ShareView,
  TrialBalance,
} from '@evenhand/ledger';
import { toConnection, toGlobalId, toLedgerId, toMoney } from '../graphql';
import type { AccountBalanceType, BookType, TrialBalanceType } from './book.types';
import type { LedgerEarningConnection, LedgerEarningType, LedgerShareType } from './earning.types';
import type { PostingSideType, PostingType } from './posting.types';

/** A book has no number of its own within itself: its id is the number twice over. */
export function toBookId(bookId: number): string {
  return toLedgerId('book', { bookId, id: BigInt(bookId) });
}

export function toBook(brandId: string, { bookId, balances }: BookBalances): BookType {
  return { id: toBookId(bookId), brandId: toGlobalId('party', brandId), balances: balances.map(toAccountBalance) };
}

function toAccountBalance(account: AccountBalance): AccountBalanceType {
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

export function toEarningConnection(page: EarningPage): LedgerEarningConnection {
  const totals = page.totals.map(({ currency, grossMinor, grossReversedMinor }) => ({
    gross: toMoney(grossMinor, currency),
    grossReversed: toMoney(grossReversedMinor, currency),
  }));
  return { ...toConnection(page, toEarning), totals };
}

function toEarning(earning: EarningView): LedgerEarningType {
  const { bookId, currency, sourceType, sourceId } = earning;
  return {
    id: toLedgerId('earning', { bookId, id: earning.earningId }),
    transactionId: toLedgerId('txn', { bookId, id: earning.transactionId }),
    brandId: toGlobalId('party', earning.brandId),
    kind: earning.kind,
    sourceType,
    sourceId: toGlobalId(sourceType, sourceId),
    dealId: toGlobalId('deal', earning.dealId),
    campaignId: toGlobalId('campaign', earning.campaignId),
    influencerId: toGlobalId('party', earning.influencerId),
    base: toMoney(earning.baseMinor, currency),
    baseReversed: toMoney(earning.baseReversedMinor, currency),
    gross: toMoney(earning.grossMinor, currency),
    grossReversed: toMoney(earning.grossReversedMinor, currency),
    fromEscrow: toMoney(earning.fromEscrowMinor, currency),
    ruleVersion: earning.ruleVersion,
    earnedAt: earning.earnedAt,
    recordedAt: earning.recordedAt,
    shares: earning.shares.map(toShare),
  };
}

function toShare(share: ShareView): LedgerShareType {
  return {
    id: toLedgerId('share', { bookId: share.bookId, id: share.shareId }),
    partyId: toGlobalId('party', share.partyId),
    role: share.role,
    share: share.share,
    amount: toMoney(share.amountMinor, share.currency),
    reversed: toMoney(share.reversedMinor, share.currency),
    state: share.state,
    releaseAt: share.releaseAt,
    releasedAt: share.releasedAt,
    frozenReason: share.frozenReason,
  };
}
