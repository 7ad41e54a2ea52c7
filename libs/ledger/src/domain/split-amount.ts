import { allot, Rational, type SharePart } from '@evenhand/money';
import type { PlanShare, SplitPlan } from './split-plan';

export interface SharedAmount extends PlanShare {
  readonly amountMinor: bigint;
}

/** A plan is frozen with its deal and splits thousands of sales: its shares are read once. */
const PARTS = new WeakMap<SplitPlan, readonly SharePart[]>();

/**
 * Splits a gross amount by a compiled plan, in the order of its shares: parts sum to the amount, each is within one
 * minor unit of exact, zero shares get zero. `eventId` decides ties, so a replay gives the same parts.
 */
export function splitAmount(plan: SplitPlan, amountMinor: bigint, eventId: string): readonly SharedAmount[] {
  const allotment = allot(amountMinor, partsOf(plan), eventId);
  return plan.shares.map((share) => ({ ...share, amountMinor: allotment.get(share.partyId) ?? 0n }));
}

function partsOf(plan: SplitPlan): readonly SharePart[] {
  const known = PARTS.get(plan);
  if (known) return known;
  const parts = plan.shares.map(({ partyId, share }) => ({ key: partyId, share: Rational.parse(share) }));
  PARTS.set(plan, parts);
  return parts;
}
