import type { Transaction } from '@evenhand/kernel';
import type { DayEnd } from '../../domain/metrics/daily';
import type { Neighbours } from '../../domain/metrics/reading';
import type { Deal } from '../deal';
import type { ExplosiveNote, LatestMetrics, MetricReading, PostResults, ResultsBy } from './metrics';

/** Some readings of a deliverable, latest first, of `totalCount` that there are. */
export interface ReadingPage {
  readonly readings: readonly MetricReading[];
  readonly totalCount: number;
}

/** Readings of posts, under the rights that apply in the transaction. Several deliverables are read by one query. */
export abstract class MetricsRepository {
  abstract find(tx: Transaction, deliverableId: string, readAt: Date): Promise<MetricReading | null>;
  abstract neighboursOf(tx: Transaction, deliverableId: string, readAt: Date): Promise<Neighbours>;
  abstract add(tx: Transaction, deal: Deal, reading: MetricReading): Promise<void>;
  abstract addExplosive(
    tx: Transaction,
    deal: Deal,
    deliverableId: string,
    note: ExplosiveNote,
    at: Date,
  ): Promise<void>;

  /** Of each up to `limit` readings before `before`, in the order of the ids. */
  abstract pagesOf(
    tx: Transaction,
    deliverableIds: readonly string[],
    before: string | null,
    limit: number,
  ): Promise<readonly ReadingPage[]>;
  /** Deliverables without readings are left out. */
  abstract latestOf(tx: Transaction, deliverableIds: readonly string[]): Promise<ReadonlyMap<string, LatestMetrics>>;
  /** Of those deals, or of the deals of those campaigns; ids without deals are left out. */
  abstract resultsOf(tx: Transaction, by: ResultsBy, ids: readonly string[]): Promise<ReadonlyMap<string, PostResults>>;
  /** The first days of each that have readings, oldest first, as they are in the zone. */
  abstract daysOf(
    tx: Transaction,
    deliverableIds: readonly string[],
    timeZone: string,
    limit: number,
  ): Promise<ReadonlyMap<string, readonly DayEnd[]>>;
}
