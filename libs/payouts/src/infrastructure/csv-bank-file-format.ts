import { currencyOf, formatMoney } from '@evenhand/money';
import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import { type BankFileEntry, BankFileFormat } from '../application/bank-file';

const COLUMNS = [
  'end_to_end_id',
  'payee',
  'account_holder',
  'iban',
  'bic',
  'account_number',
  'bank_code',
  'bank_country',
  'currency',
  'amount',
  'remittance',
];

/** Comma-separated, CRLF, UTF-8; cells that a spreadsheet would run as a formula begin with an apostrophe. */
@Injectable()
export class CsvBankFileFormat extends BankFileFormat {
  readonly extension = 'csv';

  override write(entries: readonly BankFileEntry[]): string {
    const rows = entries.map(({ endToEndId, payeeName, currency, amountMinor, destination, remittance }) => [
      endToEndId,
      payeeName,
      destination.holder,
      destination.iban ?? '',
      destination.bic ?? '',
      destination.accountNumber ?? '',
      destination.bankCode ?? '',
      destination.country,
      currency,
      formatMoney({ amountMinor, currency: currencyOf(currency).code }),
      remittance,
    ]);
    return stringify([COLUMNS, ...rows], { escape_formulas: true, record_delimiter: 'windows' });
  }
}
