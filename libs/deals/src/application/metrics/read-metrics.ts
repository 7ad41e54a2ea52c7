import {
  type Actor,
  cursorOf,
  isInstant,
  type Page,
  pageOf,
  type PageRequest,
  requireTimeZone,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { dailyGrowth, type DayGrowth } from '../../domain/metrics/daily';
import type { LatestMetrics, MetricReading, PostResults, ResultsBy } from './metrics';
import { NO_COUNTS } from '../../domain/metrics/reading';
import { MetricsRepository } from './metrics-repository';

/** More than a year of days. */
const MOST_DAYS = 400;

interface OfDeliverables {
  readonly actor: Actor;
  readonly deliverableIds: readonly string[];
}

/**
 * What posts came to, for whoever sees their deals; nothing for anybody else. Each answers in the order of the ids, in as
 * many statements as for one.
 */
@Injectable()
export class ReadMetrics {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly metrics: MetricsRepository,
  ) {}

  /** Readings, latest first. Throws InvalidInput for a cursor that is not ours. */
  async pages(query: OfDeliverables & { readonly page: PageRequest }): Promise<readonly Page<MetricReading>[]> {
    const { actor, deliverableIds, page } = query;
    const [before = null] = cursorOf(page, [isInstant]) ?? [];
    return this.uow.read(actor, async (tx) => {
      const pages = await this.metrics.pagesOf(tx, deliverableIds, before, page.first + 1);
      return pages.map(({ readings, totalCount }) =>
        pageOf(readings, page, totalCount, ({ readAt }) => [readAt.toISOString()]),
      );
    });
  }

  /** Null where nothing was read. */
  async latest({ actor, deliverableIds }: OfDeliverables): Promise<readonly (LatestMetrics | null)[]> {
    const found = await this.uow.read(actor, (tx) => this.metrics.latestOf(tx, deliverableIds));
    return deliverableIds.map((id) => found.get(id) ?? null);
  }

  /** Of deals or of campaigns, in the order of the ids. */
  async results(query: {
    readonly actor: Actor;
    readonly by: ResultsBy;
    readonly ids: readonly string[];
  }): Promise<readonly PostResults[]> {
    const { actor, by, ids } = query;
    const found = await this.uow.read(actor, (tx) => this.metrics.resultsOf(tx, by, ids));
    return ids.map((id) => found.get(id) ?? { counts: NO_COUNTS, deals: [] });
  }

  /** Up to 400 days that have readings, oldest first. Throws UnknownTimeZone. */
  async byDay(query: OfDeliverables & { readonly timeZone: string }): Promise<readonly (readonly DayGrowth[])[]> {
    const { actor, deliverableIds } = query;
    const timeZone = requireTimeZone(query.timeZone);
    const found = await this.uow.read(actor, (tx) => this.metrics.daysOf(tx, deliverableIds, timeZone, MOST_DAYS));
    return deliverableIds.map((id) => dailyGrowth(found.get(id) ?? []));
  }
}
