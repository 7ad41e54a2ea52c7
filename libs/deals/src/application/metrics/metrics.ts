import type { ExplosiveRule } from '../../domain/metrics/explosive-note';
import type { Counts, MetricSource } from '../../domain/metrics/reading';

/** What a post came to at an instant. It never changes. */
export interface MetricReading {
  readonly deliverableId: string;
  readonly readAt: Date;
  readonly counts: Counts;
  readonly source: MetricSource;
  /** Why it says less than an earlier one; null where it corrects nothing. */
  readonly correction: string | null;
  /** For whom it was recorded: the brand, the influencer, or an agency of hers. */
  readonly partyId: string;
  readonly recordedAt: Date;
}

/** What is last known of a post, each counter from the latest reading that tells of it. */
export interface LatestMetrics {
  readonly readAt: Date;
  readonly counts: Counts;
}

export type ResultsBy = 'deal' | 'campaign';

/** What the posts of one deal, or of all deals of a campaign, came to; cancelled deals are left out. */
export interface PostResults {
  /** Sums of what is last known of each post; null where nothing tells. */
  readonly counts: Counts;
  readonly deals: readonly {
    readonly dealId: string;
    readonly brandId: string;
    readonly cash: { readonly currency: string; readonly amountMinor: bigint } | null;
  }[];
}

/** The reading that made a note explosive. */
export interface ExplosiveNote {
  readonly readAt: Date;
  readonly rule: ExplosiveRule;
  readonly likes: bigint;
  /** Of the channel then; null where it is not listed. */
  readonly followers: bigint | null;
}
