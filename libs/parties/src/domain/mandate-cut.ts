import type { CompensationKind } from '@evenhand/kernel';

/** What an agency takes: a share of the whole gross amount, or of what the chain before it has left. */
export interface MandateCut {
  readonly of: 'gross' | 'remainder';
  /** Exact rational from 0 to 1, e.g. "0.15" or "1/3". */
  readonly share: string;
}

/** One cut per kind; a kind without a cut says so with a share of "0". */
export type MandateCuts = Readonly<Record<CompensationKind, MandateCut>>;

/** The terms of one version of a mandate as a deal pins them. */
export interface MandateTerms {
  readonly mandateId: string;
  readonly version: number;
  readonly agencyId: string;
  readonly cuts: MandateCuts;
}
