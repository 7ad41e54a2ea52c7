import { InvalidInput } from '@evenhand/kernel';
import { MAX_AMOUNT_MINOR, multiplyRoundHalfEven, Rational } from '@evenhand/money';
import type { CommissionTerms, CommissionTierTerms, TrackedDeal } from './commission-terms';

/** What a deal has run up so far, refunds taken off; minor units of the deal's currency. */
export interface RunningSales {
  /** Net sales that count for `rate` and `tiers`. */
  readonly noteNetMinor: bigint;
  /** Net sales that earn the livestream-only rate. */
  readonly livestreamNetMinor: bigint;
  /** Commission of both kinds that stands, against the cap. */
  readonly commissionMinor: bigint;
  /** Sales of more than nothing that were not refunded whole. */
  readonly salesCount: bigint;
}

export const NOTHING_SOLD: RunningSales = {
  noteNetMinor: 0n,
  livestreamNetMinor: 0n,
  commissionMinor: 0n,
  salesCount: 0n,
};

/** What counts for bonuses while some sales wait for a review. */
export function withoutHeld(
  running: RunningSales,
  held: Omit<RunningSales, 'commissionMinor'> = NOTHING_SOLD,
): RunningSales {
  return {
    ...running,
    noteNetMinor: running.noteNetMinor - held.noteNetMinor,
    livestreamNetMinor: running.livestreamNetMinor - held.livestreamNetMinor,
    salesCount: running.salesCount - held.salesCount,
  };
}

/** How the commission of a kind is computed: {@link pooledTerms} of a deal. */
export interface PoolTerms {
  readonly rate: string;
  readonly tiers: readonly CommissionTierTerms[];
  readonly capMinor: bigint | null;
}

/** What a commission depends on beside its terms; null where the terms do not look at it. */
export interface CommissionFacts {
  readonly baseMinor: bigint;
  readonly netSalesBeforeMinor: bigint | null;
  readonly capLeftMinor: bigint | null;
}

/** The ledger's rule for the pool of one sale. */
export type PoolRule = (terms: PoolTerms, facts: CommissionFacts) => bigint;

/** True where sales must be counted under a lock: a commission or a bonus depends on those before. */
export function needsRunningSales(deal: TrackedDeal): boolean {
  return runsOn(deal.commission) || deal.commission.bonuses.length > 0;
}

function runsOn({ tiers, capMinor }: PoolTerms): boolean {
  return tiers.length > 0 || capMinor !== null;
}

/** True where the sale earns the livestream-only rate, which has running net sales of its own and no tiers. */
export function earnsLivestreamRate(deal: TrackedDeal): boolean {
  return deal.kind === 'livestream_commission' && deal.commission.livestreamRate !== null;
}

const POOL_TERMS = new WeakMap<CommissionTerms, { readonly note: PoolTerms; readonly livestream: PoolTerms }>();

/** The rate, tiers and cap that the deal's kind earns; one object for one deal, however many sales ask. */
export function pooledTerms(deal: TrackedDeal): PoolTerms {
  const { commission } = deal;
  const known = POOL_TERMS.get(commission) ?? {
    note: { rate: commission.rate, tiers: commission.tiers, capMinor: commission.capMinor },
    livestream: { rate: commission.livestreamRate ?? commission.rate, tiers: [], capMinor: commission.capMinor },
  };
  POOL_TERMS.set(commission, known);
  return earnsLivestreamRate(deal) ? known.livestream : known.note;
}

export interface CommissionDecision {
  readonly commissionMinor: bigint;
  /** What it was computed from, for the ledger to keep. */
  readonly terms: PoolTerms;
  readonly facts: CommissionFacts;
  readonly runningAfter: RunningSales;
  /** How the amount came about, in a sentence. */
  readonly explanation: string;
}

/**
 * The commission of one sale, which its plan splits. Without tiers and cap it is rate × base, half-even, whatever came
 * before. Otherwise it is what the running net sales earn more by it, and never more than the cap leaves: refunds between
 * sales of different tiers could lift the sum above the cap otherwise. Throws `InvalidInput` beyond the range of amounts.
 */
export function decideCommission(
  deal: TrackedDeal,
  baseMinor: bigint,
  running: RunningSales,
  poolOf: PoolRule,
): CommissionDecision {
  const isLivestream = earnsLivestreamRate(deal);
  const terms = pooledTerms(deal);
  const before = isLivestream ? running.livestreamNetMinor : running.noteNetMinor;
  if (running.noteNetMinor + running.livestreamNetMinor + baseMinor > MAX_AMOUNT_MINOR) {
    throw new InvalidInput('baseMinor', 'The sales of the deal would be beyond counting.');
  }
  const facts = {
    baseMinor,
    netSalesBeforeMinor: runsOn(terms) ? before : null,
    capLeftMinor: terms.capMinor === null ? null : notNegative(terms.capMinor - running.commissionMinor),
  };
  const commissionMinor = poolOf(terms, facts);
  return {
    commissionMinor,
    terms,
    facts,
    runningAfter: withSale(running, isLivestream, baseMinor, commissionMinor, baseMinor > 0n ? 1n : 0n),
    explanation: runsOn(terms)
      ? `Net sales of the deal from ${before} to ${before + baseMinor} minor units, by its rates and cap.`
      : `Rate ${terms.rate} of the base.`,
  };
}

/** What a deal has run up after a refund; never below zero. `isWhole`: it took back the last of its sale. */
export function withoutRefund(
  running: RunningSales,
  isLivestream: boolean,
  refundedBaseMinor: bigint,
  commissionTakenMinor: bigint,
  isWhole: boolean,
): RunningSales {
  return withSale(running, isLivestream, -refundedBaseMinor, -commissionTakenMinor, isWhole ? -1n : 0n);
}

function withSale(
  running: RunningSales,
  isLivestream: boolean,
  base: bigint,
  commission: bigint,
  count: bigint,
): RunningSales {
  return {
    noteNetMinor: notNegative(running.noteNetMinor + (isLivestream ? 0n : base)),
    livestreamNetMinor: notNegative(running.livestreamNetMinor + (isLivestream ? base : 0n)),
    commissionMinor: notNegative(running.commissionMinor + commission),
    salesCount: notNegative(running.salesCount + count),
  };
}

/** What bonuses are earned by. */
export function figuresOf({ noteNetMinor, livestreamNetMinor, salesCount }: RunningSales) {
  return { net_sales: noteNetMinor + livestreamNetMinor, sales_count: salesCount };
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
