import { allot, Rational } from '@evenhand/money';
import type { PlanShare, SplitPlan } from './split-plan';

export interface SharedAmount extends PlanShare {
  readonly amountMinor: bigint;
}

/**
 * Splits a gross amount by a compiled plan, in the order of its shares: parts sum to the amount, each is within one
 * minor unit of exact, zero shares get zero. `eventId` decides ties, so a replay gives the same parts.
 */
export function splitAmount(plan: SplitPlan, amountMinor: bigint, eventId: string): readonly SharedAmount[] {
  const parts = plan.shares.map(({ partyId, share }) => ({ key: partyId, share: Rational.parse(share) }));
  const allotment = allot(amountMinor, parts, eventId);
  return plan.shares.map((share) => ({ ...share, amountMinor: allotment.get(share.partyId) ?? 0n }));
}
