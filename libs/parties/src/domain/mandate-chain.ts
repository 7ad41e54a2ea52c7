import { COMPENSATION_KINDS, type CompensationKind } from '@evenhand/kernel';
import { Rational } from '@evenhand/money';
import { InvalidMandateCut, MandateCutsExceedWhole } from './errors';
import type { MandateCut, MandateCuts } from './mandate-cut';

/** A mandate in force during [from, until), at its place in the chain; `until` null is without end. */
export interface ChainLink {
  /** 1 is outermost: it cuts first. */
  readonly position: number;
  readonly cuts: MandateCuts;
  readonly from: Date;
  readonly until: Date | null;
}

/** The cuts with their shares in canonical form; throws {@link InvalidMandateCut}. */
export function parseCuts(cuts: MandateCuts): MandateCuts {
  const parsed = COMPENSATION_KINDS.map((kind): [CompensationKind, MandateCut] => [kind, parseCut(kind, cuts[kind])]);
  return Object.fromEntries(parsed) as Record<CompensationKind, MandateCut>;
}

function parseCut(kind: CompensationKind, cut: MandateCut): MandateCut {
  let share: Rational;
  try {
    share = Rational.parseStated(cut.share.trim());
  } catch {
    throw new InvalidMandateCut(kind);
  }
  if (!share.isBetween0And1()) throw new InvalidMandateCut(kind);
  return { of: cut.of, share: share.toString() };
}

/**
 * Throws {@link MandateCutsExceedWhole} where, at any instant at which `added` is in force, it and the `others` in force
 * then would take more than the whole of one kind. Exactly the whole is legal: the influencer's share is zero.
 */
export function assertWithinWhole(added: ChainLink, others: readonly ChainLink[]): void {
  for (const instant of [added.from, ...others.map((link) => link.from)].filter((at) => isInForce(added, at))) {
    const chain = [added, ...others.filter((link) => isInForce(link, instant))];
    for (const kind of COMPENSATION_KINDS) {
      if (exceedsWhole(chain, kind)) throw new MandateCutsExceedWhole(kind);
    }
  }
}

export function isInForce(link: Pick<ChainLink, 'from' | 'until'>, at: Date): boolean {
  return link.from <= at && (link.until === null || at < link.until);
}

/** True where the two periods have an instant in common. */
export function overlap(left: Pick<ChainLink, 'from' | 'until'>, right: Pick<ChainLink, 'from' | 'until'>): boolean {
  return (right.until === null || left.from < right.until) && (left.until === null || right.from < left.until);
}

function exceedsWhole(chain: readonly ChainLink[], kind: CompensationKind): boolean {
  let left = Rational.ONE;
  for (const link of chain.toSorted((a, b) => a.position - b.position)) {
    const cut = link.cuts[kind];
    const share = Rational.parse(cut.share);
    left = left.subtract(cut.of === 'gross' ? share : left.multiply(share));
    if (left.compare(Rational.ZERO) < 0) return true;
  }
  return false;
}
