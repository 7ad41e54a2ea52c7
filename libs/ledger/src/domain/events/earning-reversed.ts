import type { EarningKind } from '@evenhand/kernel';
import { type Account, brandReceivable, dealEscrow } from '../account';
import { allotRefund, type RecordedEarning, type RecordedPart } from '../allot-refund';
import type { ShareRole } from '../split-plan';
import {
  posting,
  type PostingDraft,
  type SourceType,
  transactionDraft,
  type TransactionDraft,
} from '../transaction-draft';
import { accountOfShare } from './earning-split';

/** A refund of part or all of a source. */
export interface Reversal {
  readonly idempotencyKey: string;
  readonly source: { readonly type: SourceType; readonly id: string };
  readonly refundId: string;
  readonly refundedBaseMinor: bigint;
  readonly occurredAt: Date;
}

export interface ReversibleShare extends RecordedPart {
  readonly shareId: bigint;
  readonly role: ShareRole;
  readonly isHeld: boolean;
}

/** An earning as recorded, with what is left of it. */
export interface ReversibleEarning extends RecordedEarning {
  readonly earningId: bigint;
  readonly kind: EarningKind;
  readonly dealId: string;
  readonly currency: string;
  /** The part of the gross the escrow paid; the brand owes the rest. */
  readonly fromEscrowMinor: bigint;
  readonly parts: readonly ReversibleShare[];
}

export interface ReversalOutcome {
  readonly draft: TransactionDraft;
  /** The earning after the refund, for the next one of the same call. */
  readonly earning: ReversibleEarning;
}

/**
 * The reverse of the split: each share gives back from where it is now (pending, or available, which may go negative).
 * What the brand owes for the source shrinks first, the rest goes back into its escrow. Throws `RefundExceedsSale`.
 */
export function earningReversed(earning: ReversibleEarning, reversal: Reversal): ReversalOutcome {
  const { refundId, refundedBaseMinor, occurredAt } = reversal;
  const { grossMinor, partsMinor } = allotRefund(earning, refundedBaseMinor, refundId);
  const amountAt = (index: number): bigint => partsMinor[index] ?? 0n;
  const draft = transactionDraft({
    kind: 'earning_reversed',
    idempotencyKey: reversal.idempotencyKey,
    request: requestOf(reversal),
    effectiveAt: occurredAt,
    postings: reversePostings(earning, partsMinor),
    reversal: {
      earningId: earning.earningId,
      refundId,
      baseMinor: refundedBaseMinor,
      grossMinor,
      shares: earning.parts
        .map(({ shareId }, index) => ({ shareId, amountMinor: amountAt(index) }))
        .filter(({ amountMinor }) => amountMinor > 0n),
    },
  });
  return {
    draft,
    earning: {
      ...earning,
      baseReversedMinor: earning.baseReversedMinor + refundedBaseMinor,
      grossReversedMinor: earning.grossReversedMinor + grossMinor,
      parts: earning.parts.map((part, index) => ({ ...part, reversedMinor: part.reversedMinor + amountAt(index) })),
    },
  };
}

/** The same request under a key that has its transaction already: asks the writer for the first result, posts nothing. */
export function reversalAskedAgain(reversal: Reversal): TransactionDraft {
  const { idempotencyKey, occurredAt } = reversal;
  const request = requestOf(reversal);
  return transactionDraft({ kind: 'earning_reversed', idempotencyKey, request, effectiveAt: occurredAt, postings: [] });
}

function reversePostings(earning: ReversibleEarning, partsMinor: readonly bigint[]): readonly PostingDraft[] {
  const { currency, dealId, kind } = earning;
  const escrow = dealEscrow(dealId, kind === 'cash' ? 'cash' : 'commission_reserve', currency);
  let owedLeftMinor = owedLeft(earning);
  return earning.parts.flatMap((part, index) => {
    const amountMinor = partsMinor[index] ?? 0n;
    const owedMinor = amountMinor < owedLeftMinor ? amountMinor : owedLeftMinor;
    owedLeftMinor -= owedMinor;
    const giver = accountOfShare(part.role, part.partyId, currency, part.isHeld);
    const back = (to: Account, minor: bigint): readonly PostingDraft[] =>
      minor === 0n ? [] : [posting(giver, to, minor, { shareId: part.shareId })];
    return [...back(brandReceivable(currency), owedMinor), ...back(escrow, amountMinor - owedMinor)];
  });
}

/** Of what the brand owed for the source, what no refund has taken back yet. */
function owedLeft({ grossMinor, fromEscrowMinor, grossReversedMinor }: ReversibleEarning): bigint {
  const leftMinor = grossMinor - fromEscrowMinor - grossReversedMinor;
  return leftMinor > 0n ? leftMinor : 0n;
}

function requestOf({ source, refundId, refundedBaseMinor, occurredAt }: Reversal): Readonly<Record<string, unknown>> {
  return {
    source: [source.type, source.id],
    refundId,
    refundedBaseMinor: `${refundedBaseMinor}`,
    occurredAt: occurredAt.toISOString(),
  };
}
