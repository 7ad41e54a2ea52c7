import { Rational } from '@evenhand/money';
import { CutsExceedWhole, InvalidCut } from './errors';

export const SHARE_ROLES = ['platform', 'agency', 'influencer'] as const;
export type ShareRole = (typeof SHARE_ROLES)[number];

/** One link of the chain: what a party takes of the gross, or of what the links before it left. */
export interface Cut {
  readonly partyId: string;
  readonly role: 'platform' | 'agency';
  readonly of: 'gross' | 'remainder';
  /** Exact rational text from 0 to 1, e.g. "0.10" or "3/8". */
  readonly share: string;
}

export interface PlanShare {
  readonly partyId: string;
  readonly role: ShareRole;
  /** Exact rational of the gross in lowest terms. */
  readonly share: string;
}

/** A chain of cuts compiled to shares that sum to exactly 1; JSON-safe, stored with the deal. */
export interface SplitPlan {
  readonly ruleVersion: string;
  readonly payeeId: string;
  readonly cuts: readonly Cut[];
  /** The takers of cuts in the order of the chain, the influencer last; zero shares are kept. */
  readonly shares: readonly PlanShare[];
}

/** Names the rules of this file: stored with every earning, so that it can be replayed by the same rules. */
export const SPLIT_RULE_VERSION = 'chain-of-cuts/1';

/** Most shares one plan may have, the influencer's included. */
export const MAX_PLAN_SHARES = 63;

/**
 * Compiles an ordered chain of cuts; the payee holds the remainder, which may be zero.
 * A party that takes several cuts has one share, their sum. Throws {@link InvalidCut}, {@link CutsExceedWhole}.
 */
export function compileSplitPlan(payeeId: string, cuts: readonly Cut[]): SplitPlan {
  const taken = new Map<string, { role: ShareRole; share: Rational }>();
  let remainder = Rational.ONE;
  for (const cut of cuts) {
    const part = takenBy(cut, remainder);
    remainder = remainder.subtract(part);
    if (!remainder.isBetween0And1()) throw new CutsExceedWhole(cut.partyId);
    const before = taken.get(cut.partyId);
    if (cut.partyId === payeeId || (before && before.role !== cut.role)) {
      throw new InvalidCut(cut.partyId, 'A party can stand in a chain of cuts in one role only.');
    }
    taken.set(cut.partyId, { role: cut.role, share: before ? before.share.add(part) : part });
  }
  if (taken.size >= MAX_PLAN_SHARES) {
    throw new InvalidCut(payeeId, `A chain may have at most ${MAX_PLAN_SHARES - 1} parties that take cuts.`);
  }
  const shares = [...taken].map(([partyId, { role, share }]) => ({ partyId, role, share: share.toString() }));
  return {
    ruleVersion: SPLIT_RULE_VERSION,
    payeeId,
    cuts: cuts.map(({ partyId, role, of, share }) => ({ partyId, role, of, share })),
    shares: [...shares, { partyId: payeeId, role: 'influencer', share: remainder.toString() }],
  };
}

function takenBy(cut: Cut, remainder: Rational): Rational {
  const share = Rational.parse(cut.share);
  if (!share.isBetween0And1()) throw new InvalidCut(cut.partyId, 'A cut must be a share from 0 to 1.');
  return cut.of === 'gross' ? share : share.multiply(remainder);
}
