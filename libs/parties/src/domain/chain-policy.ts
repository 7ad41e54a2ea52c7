/** One version of what the marketplace allows of chains of mandates. Versions are never edited. */
export interface ChainPolicy {
  /** 1, 2, 3 … */
  readonly version: number;
  /** Whether an agency may hold two mandates of one influencer at once, and cut twice. */
  readonly sameAgencyTwice: boolean;
  readonly effectiveFrom: Date;
  /** User who set it; null for the first version. */
  readonly createdBy: string | null;
}
