import { InvalidInput } from '@evenhand/kernel';
import { InvalidBankDetails } from './errors';

/** Where a bank sends money: an IBAN, or an account number with a bank code in countries without IBAN. */
export interface BankDetails {
  readonly holder: string;
  readonly iban?: string;
  readonly bic?: string;
  readonly accountNumber?: string;
  readonly bankCode?: string;
  /** ISO 3166-1 alpha-2 of the bank. */
  readonly country: string;
}

const MAX_HOLDER = 70;
const SHOWN_CHARACTERS = 4;

/** As banks take it: one line of 1–70 characters; throws `InvalidInput`. */
export function parseHolder(text: string): string {
  const holder = text.normalize('NFC').trim();
  const characters = [...holder].length;
  if (
    characters < 1 ||
    characters > MAX_HOLDER ||
    /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069]/u.test(holder)
  ) {
    throw new InvalidInput('holder', `Write the account holder’s name, up to ${MAX_HOLDER} characters.`);
  }
  return holder;
}

/** Account number and bank code without the spaces and hyphens people write; throws {@link InvalidBankDetails}. */
export function parsePlainAccount(accountNumber: string, bankCode: string) {
  const parsed = { accountNumber: compact(accountNumber), bankCode: compact(bankCode) };
  if (!/^[A-Z0-9]{4,34}$/.test(parsed.accountNumber)) throw new InvalidBankDetails('account_number_invalid');
  if (!/^[A-Z0-9]{3,14}$/.test(parsed.bankCode)) throw new InvalidBankDetails('bank_code_invalid');
  return parsed;
}

/** Enough to tell one's own accounts apart, useless to anybody else: "FR ···· 0189". */
export function maskedHint(details: BankDetails): string {
  const number = details.iban ?? details.accountNumber ?? '';
  // Never more than a third of a short number.
  const shown = Math.min(SHOWN_CHARACTERS, Math.floor(number.length / 3));
  return `${details.country} ···· ${number.slice(number.length - shown)}`;
}

export function compact(text: string): string {
  return text.replace(/[\s-]/g, '').toUpperCase();
}
