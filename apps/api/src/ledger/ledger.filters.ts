import { InvalidInput, NotFound } from '@evenhand/kernel';
import type { EarningFilter, PostingFilter } from '@evenhand/ledger';
import { fromGlobalId, fromLedgerId, type IdPrefix } from '../graphql';
import type { LedgerEarningFilterInput, PostingFilterInput } from './ledger.inputs';

/** Ids of one book, or `NotFound`: no row of one book is another book's. */
export function postingFilterFrom(input: PostingFilterInput): PostingFilter {
  const book = input.bookId && fromLedgerId('book', input.bookId);
  const transaction = input.transactionId ? fromLedgerId('txn', input.transactionId) : null;
  const account = input.accountId ? fromLedgerId('account', input.accountId) : null;
  const earning = input.earningId ? fromLedgerId('earning', input.earningId) : null;
  const share = input.shareId ? fromLedgerId('share', input.shareId) : null;
  const given = [book, transaction, account, earning, share].filter((key) => key !== null && key !== '');
  const [first] = given;
  if (!first) throw new InvalidInput('filter', 'Name a book, transaction, account, earning or share.');
  if (given.some((key) => key?.bookId !== first.bookId)) throw new NotFound('Book');
  return {
    bookId: first.bookId,
    transactionId: transaction?.id,
    accountId: account?.id,
    earningId: earning?.id,
    shareId: share?.id,
  };
}

export function earningFilterFrom(input: LedgerEarningFilterInput | null): EarningFilter {
  if (input === null) return {};
  const { saleId, deliverableId } = input;
  if (saleId && deliverableId) throw new InvalidInput('filter', 'Name a sale or a deliverable, not both.');
  return {
    brandId: idFrom('party', input.brandId),
    influencerId: idFrom('party', input.influencerId),
    dealId: idFrom('deal', input.dealId),
    campaignId: idFrom('campaign', input.campaignId),
    currency: input.currency ?? undefined,
    kind: input.kind ?? undefined,
    source: sourceFrom(saleId, deliverableId),
    earnedFrom: input.earnedFrom ?? undefined,
    earnedTo: input.earnedTo ?? undefined,
  };
}

function sourceFrom(saleId: string | null, deliverableId: string | null): EarningFilter['source'] {
  if (saleId) return { type: 'sale', id: fromGlobalId('sale', saleId) };
  if (deliverableId) return { type: 'deliverable', id: fromGlobalId('deliverable', deliverableId) };
  return undefined;
}

function idFrom(prefix: IdPrefix, id: string | null): string | undefined {
  return id ? fromGlobalId(prefix, id) : undefined;
}
