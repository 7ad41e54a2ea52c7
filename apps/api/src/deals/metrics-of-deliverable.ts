import { type DayGrowth, type LatestMetrics, type MetricReading, ReadMetrics } from '@evenhand/deals';
import { type Actor, groupBy, type Page, type PageRequest } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { LoaderPerActor, PagesPerActor } from '../graphql';

interface DaysWanted {
  readonly deliverableId: string;
  readonly timeZone: string;
}

/** What posts came to; all that is asked for at the same moment is read at once. */
@Injectable()
export class MetricsOfDeliverable {
  private readonly pages = new PagesPerActor<string, MetricReading>((actor, deliverableIds, page) =>
    this.read.pages({ actor, deliverableIds, page }),
  );
  private readonly last = new LoaderPerActor<string, LatestMetrics | null>((actor, deliverableIds) =>
    this.read.latest({ actor, deliverableIds }),
  );
  private readonly days = new LoaderPerActor<DaysWanted, readonly DayGrowth[]>((actor, wanted) =>
    this.allDays(actor, wanted),
  );

  constructor(private readonly read: ReadMetrics) {}

  pageOf(actor: Actor, deliverableId: string, page: PageRequest): Promise<Page<MetricReading>> {
    return this.pages.load(actor, deliverableId, page);
  }

  latestOf(actor: Actor, deliverableId: string): Promise<LatestMetrics | null> {
    return this.last.load(actor, deliverableId);
  }

  daysOf(actor: Actor, deliverableId: string, timeZone: string): Promise<readonly DayGrowth[]> {
    return this.days.load(actor, { deliverableId, timeZone });
  }

  /** One call for each zone that is asked for. */
  private async allDays(actor: Actor, wanted: readonly DaysWanted[]): Promise<readonly (readonly DayGrowth[])[]> {
    const found = new Map<DaysWanted, readonly DayGrowth[]>();
    for (const [timeZone, alike] of groupBy(wanted, (one) => one.timeZone)) {
      const deliverableIds = alike.map(({ deliverableId }) => deliverableId);
      const days = await this.read.byDay({ actor, deliverableIds, timeZone });
      for (const [place, one] of alike.entries()) found.set(one, days[place] ?? []);
    }
    return wanted.map((one) => found.get(one) ?? []);
  }
}
