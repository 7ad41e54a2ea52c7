import { allot, MAX_AMOUNT_MINOR, multiplyRoundHalfEven, Rational, type SharePart } from '@evenhand/money';
import { BalanceOutOfRange, UnknownSplitRule } from './errors';
import { type Cut, isBounded, type PlanShare, type SplitPlan, type SplitRuleVersion } from './split-plan';

export interface SharedAmount extends PlanShare {
  readonly amountMinor: bigint;
}

export interface PoolSplit {
  /** What the brand pays in all: the pool and the cut on top. */
  readonly grossMinor: bigint;
  /** A cut on top first, then the plan's in their order; they sum to the gross, as do their exact shares to 1. */
  readonly shares: readonly SharedAmount[];
}

/** A cut as it is computed with, its texts read. */
interface ReadCut {
  readonly partyId: string;
  readonly of: Cut['of'];
  readonly share: Rational;
  readonly minMinor: bigint | null;
  readonly maxMinor: bigint | null;
}

interface ReadPlan {
  readonly parts: readonly SharePart[];
  /** The chain where a bound may be reached in it; null where the compiled shares always hold. */
  readonly chain: readonly ReadCut[] | null;
  readonly onTop: ReadCut | null;
}

/** A plan is frozen with its deal and splits thousands of sales: its texts are read once. */
const READ_PLANS = new WeakMap<SplitPlan, ReadPlan>();

const READERS: Readonly<Record<SplitRuleVersion, (plan: SplitPlan) => ReadPlan>> = {
  'chain-of-cuts/1': (plan) => ({ parts: compiledParts(plan), chain: null, onTop: null }),
  'chain-of-cuts/2': (plan) => {
    const cuts = plan.cuts.filter((cut) => cut.of !== 'on_top');
    const onTop = plan.cuts.find((cut) => cut.of === 'on_top');
    return {
      parts: compiledParts(plan),
      chain: cuts.some(isBounded) ? cuts.map(readCut) : null,
      onTop: onTop ? readCut(onTop) : null,
    };
  },
};

/**
 * Splits a pool by a compiled plan: parts of the pool sum to it, each is within one minor unit of exact, zero shares and
 * a pool of zero get zero. A cut outside its bounds takes its bound instead, and the cuts after it what it left; one that
 * wants more than is left takes all that is left. `eventId` decides ties, so a replay gives the same parts.
 * Throws {@link UnknownSplitRule}, {@link BalanceOutOfRange}.
 */
export function splitPool(plan: SplitPlan, poolMinor: bigint, eventId: string): PoolSplit {
  const { parts, chain, onTop } = readPlan(plan);
  const exact = chain && poolMinor > 0n ? partsInBounds(plan, chain, poolMinor) : parts;
  const allotment = allot(poolMinor, exact, eventId);
  const feeMinor = onTop ? feeOf(onTop, poolMinor) : 0n;
  const grossMinor = poolMinor + feeMinor;
  if (grossMinor > MAX_AMOUNT_MINOR) throw new BalanceOutOfRange();
  const shares = plan.shares.map(({ partyId, role, share }, index) => ({
    partyId,
    role,
    share: exact === parts && feeMinor === 0n ? share : ofGross(exact[index], poolMinor, grossMinor),
    amountMinor: allotment.get(partyId) ?? 0n,
  }));
  if (!plan.onTop || !onTop) return { grossMinor, shares };
  const share = grossMinor === 0n ? Rational.ZERO : Rational.of(feeMinor, grossMinor);
  return { grossMinor, shares: [{ ...plan.onTop, share: share.toString(), amountMinor: feeMinor }, ...shares] };
}

/** What the brand pays beside the pool: its rate of the pool, half-even, within its bounds; nothing on a pool of zero. */
export function feeOnTopMinor(plan: SplitPlan, poolMinor: bigint): bigint {
  const { onTop } = readPlan(plan);
  return onTop ? feeOf(onTop, poolMinor) : 0n;
}

function readPlan(plan: SplitPlan): ReadPlan {
  const known = READ_PLANS.get(plan);
  if (known) return known;
  const reader = Object.hasOwn(READERS, plan.ruleVersion) ? READERS[plan.ruleVersion as SplitRuleVersion] : null;
  if (!reader) throw new UnknownSplitRule(plan.ruleVersion);
  const read = reader(plan);
  READ_PLANS.set(plan, read);
  return read;
}

/** The chain for one pool in exact amounts, as shares of that pool. */
function partsInBounds(plan: SplitPlan, chain: readonly ReadCut[], poolMinor: bigint): readonly SharePart[] {
  const pool = Rational.of(poolMinor, 1n);
  const taken = new Map<string, Rational>();
  let left = pool;
  for (const cut of chain) {
    const wanted = withinBounds(cut, cut.share.multiply(cut.of === 'gross' ? pool : left));
    const part = wanted.compare(left) > 0 ? left : wanted;
    left = left.subtract(part);
    taken.set(cut.partyId, (taken.get(cut.partyId) ?? Rational.ZERO).add(part));
  }
  taken.set(plan.payeeId, left);
  return plan.shares.map(({ partyId }) => {
    const { numerator, denominator } = taken.get(partyId) ?? Rational.ZERO;
    return { key: partyId, share: Rational.of(numerator, denominator * poolMinor) };
  });
}

function withinBounds({ minMinor, maxMinor }: ReadCut, amount: Rational): Rational {
  const least = minMinor === null ? null : Rational.of(minMinor, 1n);
  if (least && amount.compare(least) < 0) return least;
  const most = maxMinor === null ? null : Rational.of(maxMinor, 1n);
  return most && amount.compare(most) > 0 ? most : amount;
}

function feeOf({ share, minMinor, maxMinor }: ReadCut, poolMinor: bigint): bigint {
  if (poolMinor === 0n) return 0n;
  const feeMinor = multiplyRoundHalfEven(poolMinor, share);
  if (minMinor !== null && feeMinor < minMinor) return minMinor;
  return maxMinor !== null && feeMinor > maxMinor ? maxMinor : feeMinor;
}

function ofGross(part: SharePart | undefined, poolMinor: bigint, grossMinor: bigint): string {
  const { numerator, denominator } = part?.share ?? Rational.ZERO;
  if (grossMinor === 0n) return Rational.of(numerator, denominator).toString();
  return Rational.of(numerator * poolMinor, denominator * grossMinor).toString();
}

function compiledParts(plan: SplitPlan): readonly SharePart[] {
  return plan.shares.map(({ partyId, share }) => ({ key: partyId, share: Rational.parse(share) }));
}

function readCut({ partyId, of, share, minMinor, maxMinor }: Cut): ReadCut {
  return {
    partyId,
    of,
    share: Rational.parse(share),
    minMinor: minMinor === undefined ? null : BigInt(minMinor),
    maxMinor: maxMinor === undefined ? null : BigInt(maxMinor),
  };
}
