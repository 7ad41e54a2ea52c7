import { brandBalance, dealEscrow, type EscrowPurpose } from '../account';
import { posting, transactionDraft, type TransactionDraft } from '../transaction-draft';

export interface EscrowMove {
  readonly idempotencyKey: string;
  readonly dealId: string;
  readonly currency: string;
  readonly purpose: EscrowPurpose;
  readonly amountMinor: bigint;
}

/** The brand set money aside for a deal: brand_balance → deal_escrow. */
export function dealFunded(move: EscrowMove, at: Date): TransactionDraft {
  const { currency, dealId, purpose, amountMinor } = move;
  return transactionDraft({
    kind: 'deal_funded',
    idempotencyKey: move.idempotencyKey,
    request: requestOf(move),
    effectiveAt: at,
    postings: [posting(brandBalance(currency), dealEscrow(dealId, purpose, currency), amountMinor)],
  });
}

/** What a deal no longer needs goes back to the brand: deal_escrow → brand_balance. */
export function escrowReturned(move: EscrowMove, at: Date): TransactionDraft {
  const { currency, dealId, purpose, amountMinor } = move;
  return transactionDraft({
    kind: 'escrow_returned',
    idempotencyKey: move.idempotencyKey,
    request: requestOf(move),
    effectiveAt: at,
    postings: [posting(dealEscrow(dealId, purpose, currency), brandBalance(currency), amountMinor)],
  });
}

function requestOf({ dealId, currency, purpose, amountMinor }: EscrowMove): Readonly<Record<string, unknown>> {
  return { dealId, currency, purpose, amountMinor: `${amountMinor}` };
}
