import { type Account, fxPosition } from '../account';
import { posting, transactionDraft, type TransactionDraft } from '../transaction-draft';

export interface Conversion {
  readonly idempotencyKey: string;
  readonly from: Account;
  /** The same account in the other currency. */
  readonly to: Account;
  readonly fromMinor: bigint;
  readonly toMinor: bigint;
  /** Major units of the second currency for one of the first, exact rational text. */
  readonly rate: string;
  /** The day the rate was published, YYYY-MM-DD. */
  readonly rateDate: string;
  readonly rateSource: string;
}

/** One balance changes its currency: two postings through fx_position, one per currency, with rate and both amounts. */
export function balanceConverted(conversion: Conversion, at: Date): TransactionDraft {
  const { from, to, fromMinor, toMinor, rate, rateDate, rateSource } = conversion;
  return transactionDraft({
    kind: 'balance_converted',
    idempotencyKey: conversion.idempotencyKey,
    request: { from: [from.kind, from.currency, from.partyId], to: to.currency, fromMinor: `${fromMinor}` },
    effectiveAt: at,
    reference: `${rateSource} ${rateDate}`,
    postings: [posting(from, fxPosition(from.currency), fromMinor), posting(fxPosition(to.currency), to, toMinor)],
    conversion: {
      fromCurrency: from.currency,
      toCurrency: to.currency,
      fromMinor,
      toMinor,
      rate,
      rateDate,
      rateSource,
    },
  });
}
