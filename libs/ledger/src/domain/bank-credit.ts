import { InvalidInput } from '@evenhand/kernel';
import { currencyOf } from '@evenhand/money';

/** Money of a brand that arrived at the bank. */
export interface BankCredit {
  readonly idempotencyKey: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly bankReference: string;
  readonly receivedAt: Date;
}

const MAX_KEY = 200;
const MAX_REFERENCE = 140;
/** A bank's clock and time zone may be ahead of ours, by hours at most. */
const MAX_AHEAD_MS = 24 * 3_600_000;

/** Throws `InvalidInput` or `UnknownCurrency` for what no bank's statement says; money to come is not there yet. */
export function checkBankCredit(credit: BankCredit, now: Date): void {
  currencyOf(credit.currency);
  checkText('idempotencyKey', credit.idempotencyKey, MAX_KEY);
  checkText('bankReference', credit.bankReference, MAX_REFERENCE);
  if (!(credit.receivedAt.getTime() <= now.getTime() + MAX_AHEAD_MS)) {
    throw new InvalidInput('receivedAt', 'Money is recorded when it has arrived, not before.');
  }
}

function checkText(field: string, text: string, maxLength: number): void {
  if (text.trim() === '' || text.length > maxLength || /[\p{Cc}\p{Cs}]/u.test(text)) {
    throw new InvalidInput(field, `Give 1 to ${maxLength} characters, without control characters.`);
  }
}
