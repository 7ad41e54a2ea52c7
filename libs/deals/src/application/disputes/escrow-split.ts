import { feeOnTopMinor, type SplitPlan } from '@evenhand/ledger';
import type { Rational } from '@evenhand/money';
import { keptOf } from '../../domain/dispute';

export interface EscrowSplit {
  /** What the plan splits. */
  readonly poolMinor: bigint;
  /** The pool with the fee on top of it. */
  readonly keptMinor: bigint;
  /** What goes back to the brand; with what is kept it is all that was set aside for the whole pool. */
  readonly returnedMinor: bigint;
}

/** What the brand sets aside for a pool: with the fee on top of it. Minor units. */
export function grossOfPool(plan: SplitPlan | undefined, poolMinor: bigint): bigint {
  return plan ? poolMinor + feeOnTopMinor(plan, poolMinor) : poolMinor;
}

/** Divides what was set aside for a pool: the influencer's side keeps its share of the pool, and only that bears a fee. */
export function splitEscrow(plan: SplitPlan | undefined, poolMinor: bigint, influencerShare: Rational): EscrowSplit {
  const keptPoolMinor = keptOf(poolMinor, influencerShare);
  const keptMinor = grossOfPool(plan, keptPoolMinor);
  return { poolMinor: keptPoolMinor, keptMinor, returnedMinor: grossOfPool(plan, poolMinor) - keptMinor };
}
