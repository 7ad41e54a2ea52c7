import { giftGiven, giftReceived as giftReceivedAccount } from '../account';
import { posting, transactionDraft, type TransactionDraft } from '../transaction-draft';

export interface ReceivedGift {
  readonly idempotencyKey: string;
  readonly dealId: string;
  readonly receiverId: string;
  readonly currency: string;
  readonly fairMarketValueMinor: bigint;
  readonly receivedAt: Date;
}

/** A product reached the influencer: gift_given → gift_received at its declared fair market value, never cash. */
export function giftReceived(gift: ReceivedGift): TransactionDraft {
  const { idempotencyKey, dealId, receiverId, currency, fairMarketValueMinor, receivedAt } = gift;
  return transactionDraft({
    kind: 'gift_received',
    idempotencyKey,
    request: { dealId, receiverId, currency, fairMarketValueMinor: `${fairMarketValueMinor}` },
    effectiveAt: receivedAt,
    reference: dealId,
    postings: [posting(giftGiven(currency), giftReceivedAccount(receiverId, currency), fairMarketValueMinor)],
  });
}
