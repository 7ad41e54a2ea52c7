import type { CompensationKind } from '@evenhand/kernel';

/** What an agency takes: a share of the whole gross amount, or of what the chain before it has left. */
export interface MandateCut {
  readonly of: 'gross' | 'remainder';
  /** Exact rational from 0 to 1, e.g. "0.15" or "1/3". */
  readonly share: string;
}

/** One cut per kind; a kind without a cut says so with a share of "0". */
export type MandateCuts = Readonly<Record<CompensationKind, MandateCut>>;

/** Other cuts in deals with one brand; a kind that is left out is cut as with everybody. */
export interface BrandOverride {
  readonly brandId: string;
  readonly cuts: Readonly<Partial<MandateCuts>>;
}

/** What a version of a mandate takes, from whomever the money comes. */
export interface CutTerms {
  readonly cuts: MandateCuts;
  /** One at most per brand. */
  readonly brandOverrides: readonly BrandOverride[];
}

/** The terms of one version of a mandate as a deal pins them. */
export interface MandateTerms {
  readonly mandateId: string;
  readonly version: number;
  readonly agencyId: string;
  /** Those for the brand of the deal. */
  readonly cuts: MandateCuts;
}

/** The cuts in deals with the brand; null: with every brand that no override names. */
export function cutsFor({ cuts, brandOverrides }: CutTerms, brandId: string | null): MandateCuts {
  return { ...cuts, ...brandOverrides.find((override) => override.brandId === brandId)?.cuts };
}
