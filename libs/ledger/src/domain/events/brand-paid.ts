import { brandReceivable, clientCash } from '../account';
import type { BankCredit } from '../bank-credit';
import { posting, transactionDraft, type TransactionDraft } from '../transaction-draft';

/** The brand paid what it owed for sales beyond its reserve: client_cash → brand_receivable. */
export function brandPaid(payment: BankCredit): TransactionDraft {
  const { idempotencyKey, currency, amountMinor, bankReference, receivedAt } = payment;
  return transactionDraft({
    kind: 'brand_paid',
    idempotencyKey,
    request: { currency, amountMinor: `${amountMinor}`, bankReference, receivedAt: receivedAt.toISOString() },
    effectiveAt: receivedAt,
    reference: bankReference,
    postings: [posting(clientCash(currency), brandReceivable(currency), amountMinor)],
  });
}
