import { MAX_AMOUNT_MINOR, Rational } from '@evenhand/money';
import { CutsExceedWhole, InvalidCut } from './errors';

export const SHARE_ROLES = ['platform', 'agency', 'influencer'] as const;
export type ShareRole = (typeof SHARE_ROLES)[number];

/**
 * One link of the chain: what a party takes of the pool (`gross`), or of what the links before it left (`remainder`).
 * `on_top` is paid by the brand beside the pool, which is split untouched among the others: the platform's alone.
 */
export interface Cut {
  readonly partyId: string;
  readonly role: 'platform' | 'agency';
  readonly of: 'gross' | 'remainder' | 'on_top';
  /** Exact rational text from 0 to 1, e.g. "0.10" or "3/8". */
  readonly share: string;
  /** Least and most the cut takes of one earning: minor units above zero, in the plan's currency, as text. */
  readonly minMinor?: string;
  readonly maxMinor?: string;
}

export interface PlanShare {
  readonly partyId: string;
  readonly role: ShareRole;
  /** Exact rational in lowest terms, of the pool; in a recorded share, of the gross. */
  readonly share: string;
}

/** A chain of cuts compiled to shares of the pool that sum to exactly 1; JSON-safe, stored with the deal. */
export interface SplitPlan {
  readonly ruleVersion: string;
  readonly payeeId: string;
  /** Of the bounds; left out where no cut has one. */
  readonly currency?: string;
  readonly cuts: readonly Cut[];
  /**
   * What each takes of the pool where no bound is reached: the takers of cuts in the order of the chain, the influencer
   * last; zero shares are kept.
   */
  readonly shares: readonly PlanShare[];
  /** What the brand pays beside the pool, as a share of it; left out where it pays nothing. */
  readonly onTop?: PlanShare;
}

/**
 * Names of the rules that plans were compiled under, oldest first. Each is kept, so that every earning can be replayed
 * by the rule it was split by: 1 knows neither bounds nor a cut on top, 2 knows both.
 */
export const SPLIT_RULE_VERSIONS = ['chain-of-cuts/1', 'chain-of-cuts/2'] as const;
export type SplitRuleVersion = (typeof SPLIT_RULE_VERSIONS)[number];

/** The rule that new plans are compiled under. */
export const SPLIT_RULE_VERSION: SplitRuleVersion = 'chain-of-cuts/2';

/** Most shares one earning may have, the influencer's included. */
export const MAX_PLAN_SHARES = 63;

const WHOLE_AMOUNT = /^[1-9][0-9]{0,18}$/;

/**
 * Compiles an ordered chain of cuts; the payee holds the remainder, which may be zero. A party that takes several cuts
 * has one share, their sum. Bounds need the `currency` they are in.
 * Throws {@link InvalidCut}, {@link CutsExceedWhole}.
 */
export function compileSplitPlan(payeeId: string, cuts: readonly Cut[], currency: string | null = null): SplitPlan {
  const stated = cuts.map((cut) => checkedCut(cut, payeeId, currency));
  const onTop = onTopOf(stated);
  const { taken, remainder } = takenInTurn(stated.filter((cut) => cut.of !== 'on_top'));
  if (onTop && taken.has(onTop.partyId)) {
    throw new InvalidCut(onTop.partyId, 'A party takes its cuts either on top or out of the pool.');
  }
  if (taken.size + (onTop ? 1 : 0) >= MAX_PLAN_SHARES) {
    throw new InvalidCut(payeeId, `A chain may have at most ${MAX_PLAN_SHARES - 1} parties that take cuts.`);
  }
  const shares = [...taken].map(([partyId, { role, share }]) => ({ partyId, role, share: share.toString() }));
  return {
    ruleVersion: SPLIT_RULE_VERSION,
    payeeId,
    ...(currency !== null && stated.some(isBounded) && { currency }),
    cuts: stated,
    shares: [...shares, { partyId: payeeId, role: 'influencer', share: remainder.toString() }],
    ...(onTop && { onTop }),
  };
}

export function isBounded(cut: Cut): boolean {
  return cut.minMinor !== undefined || cut.maxMinor !== undefined;
}

interface Taken {
  readonly taken: ReadonlyMap<string, { readonly role: ShareRole; readonly share: Rational }>;
  readonly remainder: Rational;
}

/** What the rates alone take, bounds aside. */
function takenInTurn(cuts: readonly Cut[]): Taken {
  const taken = new Map<string, { role: ShareRole; share: Rational }>();
  let remainder = Rational.ONE;
  for (const cut of cuts) {
    const share = Rational.parse(cut.share);
    const part = cut.of === 'gross' ? share : share.multiply(remainder);
    remainder = remainder.subtract(part);
    if (!remainder.isBetween0And1()) throw new CutsExceedWhole(cut.partyId);
    const before = taken.get(cut.partyId);
    if (before && before.role !== cut.role) {
      throw new InvalidCut(cut.partyId, 'A party can stand in a chain of cuts in one role only.');
    }
    taken.set(cut.partyId, { role: cut.role, share: before ? before.share.add(part) : part });
  }
  return { taken, remainder };
}

function onTopOf(cuts: readonly Cut[]): PlanShare | null {
  const [cut, another] = cuts.filter(({ of }) => of === 'on_top');
  if (!cut) return null;
  if (another) throw new InvalidCut(another.partyId, 'A plan has one cut on top at most.');
  if (cut.role !== 'platform') throw new InvalidCut(cut.partyId, 'Only the platform may take its cut on top.');
  return { partyId: cut.partyId, role: cut.role, share: Rational.parse(cut.share).toString() };
}

/** The cut with nothing beside its fields, so that equal cuts are stored alike. */
function checkedCut({ partyId, role, of, share, ...bounds }: Cut, payeeId: string, currency: string | null): Cut {
  if (partyId === payeeId) {
    throw new InvalidCut(partyId, 'A party can stand in a chain of cuts in one role only.');
  }
  const rate = Rational.parse(share);
  if (!rate.isBetween0And1()) throw new InvalidCut(partyId, 'A cut must be a share from 0 to 1.');
  const { minMinor, maxMinor } = bounds;
  if (minMinor === undefined && maxMinor === undefined) return { partyId, role, of, share };
  if (currency === null) throw new InvalidCut(partyId, 'The bounds of a cut need a currency.');
  if (rate.equals(Rational.ZERO)) throw new InvalidCut(partyId, 'A cut of nothing has no bounds.');
  for (const bound of [minMinor, maxMinor]) {
    if (bound !== undefined && !isAmount(bound)) {
      throw new InvalidCut(partyId, 'A bound of a cut must be an amount above zero, in minor units.');
    }
  }
  if (minMinor !== undefined && maxMinor !== undefined && BigInt(minMinor) > BigInt(maxMinor)) {
    throw new InvalidCut(partyId, 'The least a cut takes cannot be above the most.');
  }
  return {
    partyId,
    role,
    of,
    share,
    ...(minMinor !== undefined && { minMinor }),
    ...(maxMinor !== undefined && { maxMinor }),
  };
}

function isAmount(text: string): boolean {
  return WHOLE_AMOUNT.test(text) && BigInt(text) <= MAX_AMOUNT_MINOR;
}
