import { InvalidInput } from '@evenhand/kernel';
import { MAX_AMOUNT_MINOR, multiplyRoundHalfEven, Rational } from '@evenhand/money';
import type { CommissionTierTerms, TrackedDeal } from './commission-terms';

/** What a deal has run up so far, refunds taken off; minor units of the deal's currency. */
export interface RunningSales {
  /** Net sales that count for `rate` and `tiers`. */
  readonly noteNetMinor: bigint;
  /** Net sales that earn the livestream-only rate. */
  readonly livestreamNetMinor: bigint;
  /** Commission of both kinds that stands, against the cap. */
  readonly commissionMinor: bigint;
}

export const NOTHING_SOLD: RunningSales = { noteNetMinor: 0n, livestreamNetMinor: 0n, commissionMinor: 0n };

/** The ledger's rule for tiers and caps: the pool that running net sales from `before` to `after` earn. */
export type PoolRule = (
  terms: { readonly rate: string; readonly tiers: readonly CommissionTierTerms[]; readonly capMinor: bigint | null },
  netSalesBeforeMinor: bigint,
  netSalesAfterMinor: bigint,
) => bigint;

/** True where a sale's commission depends on the sales before it, so that they must be counted under a lock. */
export function needsRunningSales(deal: TrackedDeal): boolean {
  return deal.commission.tiers.length > 0 || deal.commission.capMinor !== null;
}

/** True where the sale earns the livestream-only rate, which has running net sales of its own and no tiers. */
export function earnsLivestreamRate(deal: TrackedDeal): boolean {
  return deal.kind === 'livestream_commission' && deal.commission.livestreamRate !== null;
}

export interface CommissionDecision {
  readonly commissionMinor: bigint;
  readonly runningAfter: RunningSales;
  /** How the amount came about, in a sentence. */
  readonly explanation: string;
}

/**
 * The gross commission of one sale. Without tiers and cap it is rate × base, half-even, whatever came before. Otherwise
 * it is what the running net sales earn more by it, and never more than the cap leaves: refunds between sales of
 * different tiers could lift the sum above the cap otherwise. Throws `InvalidInput` beyond the range of amounts.
 */
export function decideCommission(
  deal: TrackedDeal,
  baseMinor: bigint,
  running: RunningSales,
  poolOf: PoolRule,
): CommissionDecision {
  const isLivestream = earnsLivestreamRate(deal);
  const { commission } = deal;
  const rate = (isLivestream ? commission.livestreamRate : null) ?? commission.rate;
  if (!needsRunningSales(deal)) {
    const commissionMinor = multiplyRoundHalfEven(baseMinor, Rational.parse(rate));
    return { commissionMinor, runningAfter: running, explanation: `Rate ${rate} of the base.` };
  }
  const before = isLivestream ? running.livestreamNetMinor : running.noteNetMinor;
  const after = before + baseMinor;
  if (after > MAX_AMOUNT_MINOR) throw new InvalidInput('baseMinor', 'The sales of the deal would be beyond counting.');
  const terms = { rate, tiers: isLivestream ? [] : commission.tiers, capMinor: commission.capMinor };
  const pool = poolOf(terms, before, after);
  const commissionMinor = commission.capMinor === null ? pool : atMostLeft(pool, commission.capMinor, running);
  return {
    commissionMinor,
    runningAfter: withSale(running, isLivestream, baseMinor, commissionMinor),
    explanation: `Net sales of the deal from ${before} to ${after} minor units, by its rates and cap.`,
  };
}

/** Net sales and standing commission after a refund; never below zero. */
export function withoutRefund(
  running: RunningSales,
  isLivestream: boolean,
  refundedBaseMinor: bigint,
  commissionTakenMinor: bigint,
): RunningSales {
  return withSale(running, isLivestream, -refundedBaseMinor, -commissionTakenMinor);
}

function withSale(running: RunningSales, isLivestream: boolean, base: bigint, commission: bigint): RunningSales {
  return {
    noteNetMinor: notNegative(running.noteNetMinor + (isLivestream ? 0n : base)),
    livestreamNetMinor: notNegative(running.livestreamNetMinor + (isLivestream ? base : 0n)),
    commissionMinor: notNegative(running.commissionMinor + commission),
  };
}

function atMostLeft(pool: bigint, capMinor: bigint, running: RunningSales): bigint {
  const left = notNegative(capMinor - running.commissionMinor);
  return pool < left ? pool : left;
}

function notNegative(amount: bigint): bigint {
  return amount < 0n ? 0n : amount;
}

/**
 * What a refund takes back of a recorded commission: the part of it that all refunds so far make, rounded once, less
 * what the earlier ones took. A full refund takes back exactly all of it.
 */
export function reversedCommissionMinor(
  sale: { readonly baseMinor: bigint; readonly refundedBaseMinor: bigint; readonly commissionMinor: bigint },
  refundBaseMinor: bigint,
): bigint {
  if (sale.baseMinor === 0n) return 0n;
  const takenAt = (refundedMinor: bigint) =>
    multiplyRoundHalfEven(sale.commissionMinor, Rational.of(refundedMinor, sale.baseMinor));
  return takenAt(sale.refundedBaseMinor + refundBaseMinor) - takenAt(sale.refundedBaseMinor);
}
