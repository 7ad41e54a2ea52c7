import { Numbering } from '@evenhand/platform';
import type { Account } from '../domain/account';
import type { PostingDraft } from '../domain/transaction-draft';

const BOOK_WIDE = '';

/** The distinct accounts of a batch in the order in which they were first named, numbered from 1. */
export class AccountList {
  private readonly numbering = new Numbering<Account>();
  /** Per account: only debited so far, and by postings that have an overflow. */
  readonly drawn: boolean[] = [];

  get accounts(): readonly Account[] {
    return this.numbering.values;
  }

  /** The places of debit, overflow (0 for none) and credit. */
  placesOf({ debit, overflow, credit }: PostingDraft): readonly [number, number, number] {
    const places = [this.numberOf(debit), overflow ? this.numberOf(overflow) : 0, this.numberOf(credit)] as const;
    this.drawn[places[2] - 1] = false;
    this.drawn[(places[1] || places[0]) - 1] = false;
    return places;
  }

  private numberOf(account: Account): number {
    const number = this.numbering.numberOf(account.partyId ?? account.dealId ?? BOOK_WIDE, account, isSame);
    if (number > this.drawn.length) this.drawn.push(true);
    return number;
  }
}

function isSame(one: Account, other: Account): boolean {
  return (
    one === other ||
    (one.kind === other.kind &&
      one.currency === other.currency &&
      one.partyId === other.partyId &&
      one.dealId === other.dealId &&
      one.purpose === other.purpose)
  );
}
