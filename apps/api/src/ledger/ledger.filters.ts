import { InvalidInput, NotFound } from '@evenhand/kernel';
import type { PostingFilter } from '@evenhand/ledger';
import { fromLedgerId } from '../graphql';
import type { PostingFilterInput } from './ledger.inputs';

/** Ids of one book, or `NotFound`: no row of one book is another book's. */
export function postingFilterFrom(input: PostingFilterInput): PostingFilter {
  const book = input.bookId ? fromLedgerId('book', input.bookId) : null;
  const transaction = input.transactionId ? fromLedgerId('txn', input.transactionId) : null;
  const account = input.accountId ? fromLedgerId('account', input.accountId) : null;
  const earning = input.earningId ? fromLedgerId('earning', input.earningId) : null;
  const share = input.shareId ? fromLedgerId('share', input.shareId) : null;
  const given = [book, transaction, account, earning, share].filter((key) => key !== null);
  const [first] = given;
  if (first === undefined) throw new InvalidInput('filter', 'Name a book, transaction, account, earning or share.');
  if (given.some((key) => key.bookId !== first.bookId)) throw new NotFound('Book');
  return {
    bookId: first.bookId,
    transactionId: transaction?.id,
    accountId: account?.id,
    earningId: earning?.id,
    shareId: share?.id,
  };
}
