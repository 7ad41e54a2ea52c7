import { clientCash, payeeAvailable, payoutInTransit } from '../account';
import { posting, transactionDraft, type TransactionDraft, type TransactionKind } from '../transaction-draft';
import type { PostingDraft } from '../transaction-draft';

/** The part of one payout item that one book pays. */
export interface PayoutTransfer {
  readonly idempotencyKey: string;
  readonly bookId: number;
  readonly partyId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly payoutItemId: string;
}

/** Handed to the bank: payee_available → payout_in_transit. */
export function payoutSent(transfer: PayoutTransfer, at: Date): TransactionDraft {
  const { partyId, currency, amountMinor } = transfer;
  return moved('payout_sent', transfer, at, [
    posting(payeeAvailable(partyId, currency), payoutInTransit(currency), amountMinor),
  ]);
}

/** Paid by the bank: payout_in_transit → client_cash. */
export function payoutConfirmed(transfer: PayoutTransfer, at: Date): TransactionDraft {
  const { currency, amountMinor } = transfer;
  return moved('payout_confirmed', transfer, at, [
    posting(payoutInTransit(currency), clientCash(currency), amountMinor),
  ]);
}

/** Refused by the bank: payout_in_transit → payee_available. */
export function payoutRejected(transfer: PayoutTransfer, at: Date): TransactionDraft {
  const { partyId, currency, amountMinor } = transfer;
  return moved('payout_rejected', transfer, at, [
    posting(payoutInTransit(currency), payeeAvailable(partyId, currency), amountMinor),
  ]);
}

function moved(
  kind: TransactionKind,
  transfer: PayoutTransfer,
  effectiveAt: Date,
  postings: readonly PostingDraft[],
): TransactionDraft {
  const { idempotencyKey, partyId, currency, amountMinor, payoutItemId } = transfer;
  return transactionDraft({
    kind,
    idempotencyKey,
    request: { kind, partyId, currency, amountMinor: `${amountMinor}`, payoutItemId },
    effectiveAt,
    reference: payoutItemId,
    postings,
  });
}
