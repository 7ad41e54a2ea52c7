import { committedMinor, type Compensation } from '@evenhand/campaigns';
import { feeOnTopMinor, type SplitPlan } from '@evenhand/ledger';
import { multiplyRoundHalfEven, Rational } from '@evenhand/money';
import type { EscrowNeed } from '../domain/deal';
import { expandMilestones, expandPieces } from '../domain/milestone';
import type { DealTerms } from './deal';

/**
 * What the brand puts aside: the cash with the fee on top of each deliverable's part of it, to the minor unit, and the
 * commission reserve with the fee on as much commission. Bounds of a fee on commission are per sale, so the reserve
 * counts by the rate alone; where the kinds differ, by the higher.
 */
export function escrowNeedOf({
  compensation,
  brief,
  plans,
}: Pick<DealTerms, 'compensation' | 'brief' | 'plans'>): EscrowNeed {
  const { commission } = compensation;
  const cash = cashNeedOf({ compensation, brief, plans });
  const reserveMinor = commission?.reserveMinor ?? 0n;
  const feesOnReserve = [plans.note_commission, plans.livestream_commission].map((plan) =>
    feeAtRate(plan, reserveMinor),
  );
  return {
    cash: cash && { currency: cash.currency, amountMinor: cash.agreedMinor + cash.feeMinor },
    commissionReserve: commission && {
      currency: commission.currency,
      amountMinor: reserveMinor + feesOnReserve.reduce((most, fee) => (fee > most ? fee : most), 0n),
    },
  };
}

/** The cash agreed on, and the fee on top of each deliverable's part of it; null where the offer pays none. */
export function cashNeedOf({ compensation, brief, plans }: Pick<DealTerms, 'compensation' | 'brief' | 'plans'>) {
  const { cash } = compensation;
  return (
    cash && {
      currency: cash.currency,
      agreedMinor: cash.amountMinor,
      feeMinor: feesOnCash(plans.cash, poolsOf(cash, brief)),
    }
  );
}

/** What the brand puts aside beyond what the offer states, per currency in minor units. */
export function feesOnTopOf(need: EscrowNeed, compensation: Compensation): ReadonlyMap<string, bigint> {
  const fees = new Map<string, bigint>();
  for (const part of [need.cash, need.commissionReserve]) {
    if (part) fees.set(part.currency, (fees.get(part.currency) ?? 0n) + part.amountMinor);
  }
  for (const [currency, minor] of committedMinor(compensation)) fees.set(currency, (fees.get(currency) ?? 0n) - minor);
  return new Map([...fees].filter(([, minor]) => minor > 0n));
}

/** The cash released with each piece, which is split as one. */
function poolsOf(cash: NonNullable<Compensation['cash']>, brief: DealTerms['brief']): readonly bigint[] {
  const parts = expandMilestones(cash.milestones, brief.deliverables);
  return expandPieces(brief.deliverables).map((piece) =>
    parts
      .filter((part) => part.specKey === piece.specKey && part.sequence === piece.sequence)
      .reduce((sum, part) => sum + part.amountMinor, 0n),
  );
}

function feesOnCash(plan: SplitPlan | undefined, pools: readonly bigint[]): bigint {
  if (!plan) return 0n;
  return pools.reduce((sum, poolMinor) => sum + feeOnTopMinor(plan, poolMinor), 0n);
}

/** The fee on top by its rate alone, half-even. */
export function feeAtRate(plan: SplitPlan | undefined, poolMinor: bigint): bigint {
  return plan?.onTop ? multiplyRoundHalfEven(poolMinor, Rational.parse(plan.onTop.share)) : 0n;
}
