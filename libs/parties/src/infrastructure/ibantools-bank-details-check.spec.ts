import type { BankDetailsInput } from '../application/bank-details-check';
import { InvalidBankDetails } from '../domain/errors';
import { IbantoolsBankDetailsCheck } from './ibantools-bank-details-check';

const input = (changes: Partial<BankDetailsInput>): BankDetailsInput => ({
  holder: 'Aoi Tanaka',
  iban: null,
  bic: null,
  accountNumber: null,
  bankCode: null,
  country: null,
  ...changes,
});
const parse = (changes: Partial<BankDetailsInput>) => new IbantoolsBankDetailsCheck().parse(input(changes));
const faultOf = (changes: Partial<BankDetailsInput>): unknown => {
  try {
    return parse(changes);
  } catch (error) {
    return error instanceof InvalidBankDetails ? error.details['fault'] : error;
  }
};

describe('bank details', () => {
  it('takes an IBAN as people write it, and its country', () => {
    expect(parse({ iban: 'fr76 3000 6000 0112 3456 7890 189', bic: 'bnpafrpp' })).toEqual({
      holder: 'Aoi Tanaka',
      iban: 'FR7630006000011234567890189',
      bic: 'BNPAFRPP',
      country: 'FR',
    });
  });

  it.each([
    ['CN', '6222021234567890123', '102290003999'],
    ['JP', '1234567', '0005-123'],
    ['US', '000123456789', '021000021'],
  ])('takes an account number and bank code in %s', (country, accountNumber, bankCode) => {
    expect(parse({ country, accountNumber, bankCode })).toMatchObject({ country });
  });

  it.each([
    [{ iban: 'FR7630006000011234567890188' }, 'iban_invalid'],
    [{ iban: 'FR76' }, 'iban_invalid'],
    [{ iban: 'ZZ7630006000011234567890189' }, 'iban_invalid'],
    [{ iban: '' }, 'iban_invalid'],
    [{ iban: 'FR7630006000011234567890189', country: 'DE' }, 'iban_country_differs'],
    [{ iban: 'FR7630006000011234567890189', bic: 'NOTABIC' }, 'bic_invalid'],
    [{ country: 'DE', accountNumber: '1234567', bankCode: '10010010' }, 'iban_needed'],
    [{ accountNumber: '1234567', bankCode: '10010010' }, 'iban_needed'],
    [{ country: 'JP', accountNumber: '1234567' }, 'bank_code_invalid'],
    [{ country: 'JP', bankCode: '0005123' }, 'account_number_invalid'],
  ])('refuses %j', (changes, fault) => {
    expect(faultOf(changes)).toBe(fault);
  });

  it('never repeats the details in the error', () => {
    const iban = 'FR7630006000011234567890188';
    try {
      parse({ iban });
    } catch (error) {
      expect(JSON.stringify(error) + String(error)).not.toContain('3000');
    }
    expect.assertions(1);
  });
});
