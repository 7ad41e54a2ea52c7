import { Injectable } from '@nestjs/common';
import { electronicFormatIBAN, getCountrySpecifications, isValidBIC, isValidIBAN } from 'ibantools';
import { BankDetailsCheck, type BankDetailsInput } from '../application/bank-details-check';
import { type BankDetails, compact, parseHolder, parsePlainAccount } from '../domain/bank-details';
import { parseCountry } from '../domain/checks';
import { InvalidBankDetails } from '../domain/errors';

const SPECIFICATIONS = getCountrySpecifications();

/** Formats and check digits by ibantools, which follows the SWIFT registry. */
@Injectable()
export class IbantoolsBankDetailsCheck extends BankDetailsCheck {
  override parse(input: BankDetailsInput): BankDetails {
    const holder = parseHolder(input.holder);
    const bic = input.bic === null ? {} : { bic: parseBic(input.bic) };
    const country = input.country === null ? null : parseCountry('country', input.country);
    if (input.iban !== null) return { holder, ...bic, ...parseIban(input.iban, country) };
    if (country === null || SPECIFICATIONS[country]?.IBANRegistry === true) throw new InvalidBankDetails('iban_needed');
    return { holder, ...bic, country, ...parsePlainAccount(input.accountNumber ?? '', input.bankCode ?? '') };
  }
}

function parseIban(text: string, country: string | null): { iban: string; country: string } {
  const iban = electronicFormatIBAN(text) ?? '';
  if (!isValidIBAN(iban)) throw new InvalidBankDetails('iban_invalid');
  const of = iban.slice(0, 2);
  if (country !== null && country !== of) throw new InvalidBankDetails('iban_country_differs');
  return { iban, country: of };
}

function parseBic(text: string): string {
  const bic = compact(text);
  if (!isValidBIC(bic)) throw new InvalidBankDetails('bic_invalid');
  return bic;
}
