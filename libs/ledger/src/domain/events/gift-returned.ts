import { giftGiven, giftReceived } from '../account';
import { posting, transactionDraft, type TransactionDraft } from '../transaction-draft';

export interface ReturnedGift {
  readonly idempotencyKey: string;
  readonly dealId: string;
  readonly receiverId: string;
  readonly currency: string;
  readonly fairMarketValueMinor: bigint;
  readonly returnedAt: Date;
}

/** A received product went back to the brand: gift_received → gift_given, the reverse of its receipt. */
export function giftReturned(gift: ReturnedGift): TransactionDraft {
  const { idempotencyKey, dealId, receiverId, currency, fairMarketValueMinor, returnedAt } = gift;
  return transactionDraft({
    kind: 'gift_returned',
    idempotencyKey,
    request: { dealId, receiverId, currency, fairMarketValueMinor: `${fairMarketValueMinor}` },
    effectiveAt: returnedAt,
    reference: dealId,
    postings: [posting(giftReceived(receiverId, currency), giftGiven(currency), fairMarketValueMinor)],
  });
}
