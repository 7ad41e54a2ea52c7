import { type Account, brandBalance, CHART_OF_ACCOUNTS, clientCash, fxPosition } from '../account';
import { convertAmount } from '../convert-amount';
import { posting, type PostingDraft, transactionDraft, type TransactionDraft } from '../transaction-draft';

/** The balances that may change their currency; what is a deal's or a payee's stays in the currency agreed. */
export const CONVERTIBLE_KINDS = ['brand_balance', 'client_cash'] as const;
export type ConvertibleKind = (typeof CONVERTIBLE_KINDS)[number];

export interface Conversion {
  readonly idempotencyKey: string;
  readonly kind: ConvertibleKind;
  readonly fromCurrency: string;
  readonly toCurrency: string;
  /** In minor units of the currency given up. */
  readonly amountMinor: bigint;
  /** The day whose rate applies, YYYY-MM-DD. */
  readonly date: string;
}

export interface ConversionRate {
  /** Major units of the second currency for one of the first, exact rational text. */
  readonly rate: string;
  /** The day the rate was published, YYYY-MM-DD. */
  readonly date: string;
  readonly source: string;
}

/** A balance changes its currency, once: two postings through fx_position, one per currency, with the rate beside them. */
export function balanceConverted(conversion: Conversion, rate: ConversionRate, at: Date): TransactionDraft {
  const { idempotencyKey, kind, fromCurrency, toCurrency, amountMinor, date } = conversion;
  const toMinor = convertAmount(amountMinor, fromCurrency, toCurrency, rate.rate);
  const accountIn = kind === 'client_cash' ? clientCash : brandBalance;
  return transactionDraft({
    kind: 'balance_converted',
    idempotencyKey,
    request: { kind, fromCurrency, toCurrency, amountMinor: `${amountMinor}`, date },
    effectiveAt: at,
    reference: `${rate.source} ${rate.date}`,
    postings: [decrease(accountIn(fromCurrency), amountMinor), increase(accountIn(toCurrency), toMinor)],
    conversion: {
      fromCurrency,
      toCurrency,
      fromMinor: amountMinor,
      toMinor,
      rate: rate.rate,
      rateDate: rate.date,
      rateSource: rate.source,
    },
  });
}

function decrease(account: Account, minor: bigint): PostingDraft {
  const position = fxPosition(account.currency);
  return isDebitNormal(account) ? posting(position, account, minor) : posting(account, position, minor);
}

function increase(account: Account, minor: bigint): PostingDraft {
  const position = fxPosition(account.currency);
  return isDebitNormal(account) ? posting(account, position, minor) : posting(position, account, minor);
}

function isDebitNormal(account: Account): boolean {
  return CHART_OF_ACCOUNTS[account.kind].normalSide === 'debit';
}
