import type { Transaction } from '@evenhand/kernel';

export type PayoutAccountKey = `${string}:${string}`;

/** Where to send money, in clear. It leaves the process only in a bank file. */
export interface PayoutDestination {
  readonly accountId: string;
  readonly holder: string;
  readonly iban?: string;
  readonly bic?: string;
  readonly accountNumber?: string;
  readonly bankCode?: string;
  /** ISO 3166-1 alpha-2 of the bank. */
  readonly country: string;
  /** Last characters only, for showing. */
  readonly hint: string;
  /** Since when this account is the one in force: a change just before a payout can be noticed. */
  readonly setAt: Date;
  /** When finance confirmed the account; null where it has not. */
  readonly verifiedAt: Date | null;
}

/** Which account money would be sent to, without its details: enough to see that it exists and whether it changed. */
export interface PayoutAccountVersion {
  readonly accountId: string;
  /** Last characters only, for showing. */
  readonly hint: string;
  /** Since when this account is the one in force. */
  readonly setAt: Date;
}

/** Bank details for paying; finance and the system only: anyone else gets an empty answer for others' accounts. */
export abstract class PayoutAccountDirectory {
  /** Keyed `partyId:currency`; pairs without an account are missing. */
  abstract forPayout(
    tx: Transaction,
    pairs: readonly { readonly partyId: string; readonly currency: string }[],
  ): Promise<ReadonlyMap<PayoutAccountKey, PayoutDestination>>;

  /** The same accounts without opening their details; same keys, same rights. */
  abstract versionsOf(
    tx: Transaction,
    pairs: readonly { readonly partyId: string; readonly currency: string }[],
  ): Promise<ReadonlyMap<PayoutAccountKey, PayoutAccountVersion>>;
}
