import { InvalidInput } from '@evenhand/kernel';
import { allotByWeights, multiplyRoundHalfEven, Rational } from '@evenhand/money';
import { RefundExceedsSale } from './errors';

/** What was recorded for a source, and how much of it refunds have taken back so far. */
export interface RecordedEarning {
  readonly sourceId: string;
  readonly baseMinor: bigint;
  readonly baseReversedMinor: bigint;
  readonly grossMinor: bigint;
  readonly grossReversedMinor: bigint;
  readonly parts: readonly RecordedPart[];
}

export interface RecordedPart {
  readonly partyId: string;
  readonly amountMinor: bigint;
  readonly reversedMinor: bigint;
}

export interface RefundAllotment {
  readonly grossMinor: bigint;
  /** In the order of the recorded parts. */
  readonly partsMinor: readonly bigint[];
}

/**
 * What a refund of `refundedBaseMinor` takes back of the recorded gross and of each part, never from rates.
 * The gross taken back in all is gross × base refunded so far / base, rounded once, so the order of refunds does not
 * matter; it is allotted over what is left of the parts, so a full refund leaves each exactly zero.
 * Throws {@link RefundExceedsSale}, `InvalidInput` for a refund of nothing.
 */
export function allotRefund(earning: RecordedEarning, refundedBaseMinor: bigint, refundId: string): RefundAllotment {
  const baseLeftMinor = earning.baseMinor - earning.baseReversedMinor;
  if (refundedBaseMinor <= 0n) throw new InvalidInput('refundedBaseMinor', 'A refund must be above zero.');
  if (refundedBaseMinor > baseLeftMinor) {
    throw new RefundExceedsSale(earning.sourceId, refundId, baseLeftMinor);
  }
  const refundedSoFar = Rational.of(earning.baseReversedMinor + refundedBaseMinor, earning.baseMinor);
  const grossMinor = multiplyRoundHalfEven(earning.grossMinor, refundedSoFar) - earning.grossReversedMinor;
  const weights = earning.parts.map((part) => ({ key: part.partyId, weight: part.amountMinor - part.reversedMinor }));
  const allotment = allotByWeights(grossMinor, weights, refundId);
  return { grossMinor, partsMinor: earning.parts.map(({ partyId }) => allotment.get(partyId) ?? 0n) };
}
