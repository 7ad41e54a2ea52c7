import { brandBalance, clientCash } from '../account';
import type { BankCredit } from '../bank-credit';
import { posting, transactionDraft, type TransactionDraft } from '../transaction-draft';

/** The brand's money arrived at the bank: client_cash → brand_balance. */
export function brandFunded(credit: BankCredit): TransactionDraft {
  const { idempotencyKey, currency, amountMinor, bankReference, receivedAt } = credit;
  return transactionDraft({
    kind: 'brand_funded',
    idempotencyKey,
    request: { currency, amountMinor: `${amountMinor}`, bankReference, receivedAt: receivedAt.toISOString() },
    effectiveAt: receivedAt,
    reference: bankReference,
    postings: [posting(clientCash(currency), brandBalance(currency), amountMinor)],
  });
}
