import type { Account } from '../domain/account';

/** The distinct accounts of a batch in the order in which they were first named, numbered from 1. */
export class AccountList {
  private readonly numbers = new Map<string, number>();
  readonly accounts: Account[] = [];

  /** The place of the account, from 1; 0 for none. */
  numberOf(account: Account | null): number {
    if (account === null) return 0;
    const { kind, currency, partyId, dealId, purpose } = account;
    const key = `${kind}/${currency}/${partyId ?? ''}/${dealId ?? ''}/${purpose ?? ''}`;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.accounts.push(account);
    this.numbers.set(key, number);
    return number;
  }
}
