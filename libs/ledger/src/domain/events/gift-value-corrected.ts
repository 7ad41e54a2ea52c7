import { giftGiven, giftReceived } from '../account';
import { posting, transactionDraft, type TransactionDraft } from '../transaction-draft';

export interface CorrectedGift {
  readonly idempotencyKey: string;
  readonly dealId: string;
  readonly receiverId: string;
  readonly currency: string;
  /** By how much the gift is worth more, or less where below zero; never zero. */
  readonly differenceMinor: bigint;
  readonly effectiveAt: Date;
}

/** A received product is worth something else: the difference alone, the same way as its receipt or back. */
export function giftValueCorrected(gift: CorrectedGift): TransactionDraft {
  const { idempotencyKey, dealId, receiverId, currency, differenceMinor, effectiveAt } = gift;
  const [given, received] = [giftGiven(currency), giftReceived(receiverId, currency)];
  const correction =
    differenceMinor > 0n ? posting(given, received, differenceMinor) : posting(received, given, -differenceMinor);
  return transactionDraft({
    kind: 'gift_value_corrected',
    idempotencyKey,
    request: { dealId, receiverId, currency, differenceMinor: `${differenceMinor}` },
    effectiveAt,
    reference: dealId,
    postings: [correction],
  });
}
