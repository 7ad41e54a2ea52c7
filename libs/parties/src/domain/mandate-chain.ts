import { COMPENSATION_KINDS, type CompensationKind, InvalidInput } from '@evenhand/kernel';
import { Rational } from '@evenhand/money';
import { InvalidMandateCut, MandateCutsExceedWhole } from './errors';
import { type BrandOverride, cutsFor, type CutTerms, type MandateCut, type MandateCuts } from './mandate-cut';

/** A mandate in force during [from, until), at its place in the chain; `until` null is without end. */
export interface ChainLink extends CutTerms {
  /** 1 is outermost: it cuts first. */
  readonly position: number;
  readonly from: Date;
  readonly until: Date | null;
}

type Period = Pick<ChainLink, 'from' | 'until'>;

export const MAX_BRAND_OVERRIDES = 50;

/** The terms with their shares in canonical form; throws {@link InvalidMandateCut}, `InvalidInput`. */
export function parseCutTerms({ cuts, brandOverrides }: CutTerms): CutTerms {
  return { cuts: parseCuts(cuts), brandOverrides: parseOverrides(brandOverrides) };
}

/** The cuts with their shares in canonical form; throws {@link InvalidMandateCut}. */
export function parseCuts(cuts: MandateCuts): MandateCuts {
  const parsed = COMPENSATION_KINDS.map((kind): [CompensationKind, MandateCut] => [kind, parseCut(kind, cuts[kind])]);
  return Object.fromEntries(parsed) as Record<CompensationKind, MandateCut>;
}

function parseOverrides(overrides: readonly BrandOverride[]): readonly BrandOverride[] {
  if (overrides.length > MAX_BRAND_OVERRIDES) {
    throw new InvalidInput('brandOverrides', `Terms name at most ${MAX_BRAND_OVERRIDES} brands.`);
  }
  if (new Set(overrides.map(({ brandId }) => brandId)).size < overrides.length) {
    throw new InvalidInput('brandOverrides', 'Name each brand once.');
  }
  return overrides.map(({ brandId, cuts }, place) => {
    const field = `brandOverrides.${place}`;
    const stated = COMPENSATION_KINDS.flatMap((kind): [CompensationKind, MandateCut][] => {
      const cut = cuts[kind];
      return cut === undefined ? [] : [[kind, parseCut(kind, cut, field)]];
    });
    if (stated.length === 0) throw new InvalidInput(field, 'State at least one cut for the brand.');
    return { brandId, cuts: Object.fromEntries(stated) as BrandOverride['cuts'] };
  });
}

function parseCut(kind: CompensationKind, cut: MandateCut, within = 'cuts'): MandateCut {
  let share: Rational;
  try {
    share = Rational.parseStated(cut.share.trim());
  } catch {
    throw new InvalidMandateCut(kind, within);
  }
  if (!share.isBetween0And1()) throw new InvalidMandateCut(kind, within);
  return { of: cut.of, share: share.toString() };
}

/**
 * Throws {@link MandateCutsExceedWhole} where, at any instant at which `added` is in force, it and the `others` in force
 * then would take more than the whole of one kind, from any brand that one of them names or from all the others.
 * Exactly the whole is legal: the influencer's share is zero.
 */
export function assertWithinWhole(added: ChainLink, others: readonly ChainLink[]): void {
  for (const instant of [added.from, ...others.map((link) => link.from)].filter((at) => isInForce(added, at))) {
    const chain = [added, ...others.filter((link) => isInForce(link, instant))];
    for (const brandId of [null, ...brandsIn(chain)]) {
      for (const kind of COMPENSATION_KINDS) {
        if (exceedsWhole(chain, kind, brandId)) throw new MandateCutsExceedWhole(kind, brandId);
      }
    }
  }
}

export function isInForce(period: Period, at: Date): boolean {
  return period.from <= at && (period.until === null || at < period.until);
}

/** True where the two periods have an instant in common. */
export function overlap(left: Period, right: Period): boolean {
  return (right.until === null || left.from < right.until) && (left.until === null || right.from < left.until);
}

function brandsIn(chain: readonly ChainLink[]): ReadonlySet<string> {
  return new Set(chain.flatMap((link) => link.brandOverrides.map(({ brandId }) => brandId)));
}

function exceedsWhole(chain: readonly ChainLink[], kind: CompensationKind, brandId: string | null): boolean {
  let left = Rational.ONE;
  for (const link of chain.toSorted((a, b) => a.position - b.position)) {
    const cut = cutsFor(link, brandId)[kind];
    const share = Rational.parse(cut.share);
    left = left.subtract(cut.of === 'gross' ? share : left.multiply(share));
    if (left.compare(Rational.ZERO) < 0) return true;
  }
  return false;
}
