import type { BankDetails } from '../domain/bank-details';

export interface BankDetailsInput {
  readonly holder: string;
  readonly iban: string | null;
  readonly bic: string | null;
  readonly accountNumber: string | null;
  readonly bankCode: string | null;
  /** ISO 3166-1 alpha-2; null: the IBAN's. */
  readonly country: string | null;
}

/** What banks' registries know of account formats. */
export abstract class BankDetailsCheck {
  /** The details in canonical form; throws `InvalidBankDetails`, `InvalidInput`. */
  abstract parse(input: BankDetailsInput): BankDetails;
}
