import type { Account } from '../domain/account';
import type { PostingDraft } from '../domain/transaction-draft';

/** The distinct accounts of a batch in the order in which they were first named, numbered from 1. */
export class AccountList {
  private readonly numbers = new Map<string, number>();
  private readonly numbersOfObjects = new Map<Account, number>();
  readonly accounts: Account[] = [];
  /** Per account: only debited so far, and by postings that have an overflow. */
  readonly drawn: boolean[] = [];

  /** The places of debit, overflow (0 for none) and credit. */
  placesOf({ debit, overflow, credit }: PostingDraft): readonly [number, number, number] {
    const places = [this.numberOf(debit), overflow ? this.numberOf(overflow) : 0, this.numberOf(credit)] as const;
    this.drawn[places[2] - 1] = false;
    this.drawn[(places[1] || places[0]) - 1] = false;
    return places;
  }

  private numberOf(account: Account): number {
    const met = this.numbersOfObjects.get(account);
    if (met !== undefined) return met;
    const { kind, currency, partyId, dealId, purpose } = account;
    const key = `${kind}/${currency}/${partyId ?? ''}/${dealId ?? ''}/${purpose ?? ''}`;
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.accounts.push(account);
      this.numbers.set(key, number);
      this.drawn.push(true);
    }
    this.numbersOfObjects.set(account, number);
    return number;
  }
}
