import { FieldCipher } from '@evenhand/platform';
import type { BankDetails } from '../domain/bank-details';

interface AccountIdentity {
  readonly id: string;
  readonly partyId: string;
  readonly currency: string;
}

/** Bound to its row: details copied to another party's account do not open. */
function contextOf({ id, partyId, currency }: AccountIdentity): string {
  return `parties.payout_accounts/${id}/${partyId}/${currency}`;
}

export function sealDetails(cipher: FieldCipher, account: AccountIdentity, details: BankDetails): string {
  return cipher.seal(JSON.stringify(details), contextOf(account));
}

export function openDetails(cipher: FieldCipher, account: AccountIdentity, sealed: string): BankDetails {
  return JSON.parse(cipher.open(sealed, contextOf(account))) as BankDetails;
}
