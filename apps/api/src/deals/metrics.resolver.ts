import { DeliverableNotPublished, GetDeal, MetricsAlreadyRead, MetricsFell, RecordMetrics } from '@evenhand/deals';
import type { Actor } from '@evenhand/kernel';
import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input, PageArgs, resultUnion, toConnection } from '../graphql';
import { toDeal } from './deal.mapper';
import { DealType, DeliverableType } from './deal.types';
import { MetricsOfDeliverable } from './metrics-of-deliverable';
import {
  countsOf,
  LatestMetricsType,
  MetricReadingConnection,
  MetricsOfDayType,
  RecordMetricsInput,
  toDay,
  toLatest,
  toReading,
} from './metrics.types';

const RecordMetricsResult = resultUnion('RecordMetricsResult', () => DealType, [
  DeliverableNotPublished,
  MetricsFell,
  MetricsAlreadyRead,
]);

@Resolver(() => DeliverableType)
export class MetricsResolver {
  constructor(
    private readonly getDeal: GetDeal,
    private readonly record: RecordMetrics,
    private readonly metricsOf: MetricsOfDeliverable,
  ) {}

  @ResolveField(() => MetricReadingConnection, { description: 'Readings of the post, latest first.' })
  async metrics(
    @CurrentActor() actor: Actor,
    @Parent() { id }: DeliverableType,
    @Args() { first, after }: PageArgs,
  ): Promise<MetricReadingConnection> {
    const page = await this.metricsOf.pageOf(actor, fromGlobalId('deliverable', id), { first, after });
    return toConnection(page, toReading);
  }

  @ResolveField(() => LatestMetricsType, { nullable: true, description: 'Null where nothing was read.' })
  async latestMetrics(
    @CurrentActor() actor: Actor,
    @Parent() { id }: DeliverableType,
  ): Promise<LatestMetricsType | null> {
    const latest = await this.metricsOf.latestOf(actor, fromGlobalId('deliverable', id));
    return latest && toLatest(latest);
  }

  @ResolveField(() => [MetricsOfDayType], { description: 'Up to 400 days that have readings, oldest first.' })
  async metricsByDay(
    @CurrentActor() actor: Actor,
    @Parent() { id }: DeliverableType,
    @Args('timeZone', {
      type: () => String,
      defaultValue: 'UTC',
      description: 'A name of the IANA database, whose days are meant.',
    })
    timeZone: string,
  ): Promise<MetricsOfDayType[]> {
    return (await this.metricsOf.daysOf(actor, fromGlobalId('deliverable', id), timeZone)).map(toDay);
  }

  @Mutation(() => RecordMetricsResult.type, {
    description: 'Either side says what a post came to at an instant; the same reading again is the one there is.',
  })
  recordMetrics(@CurrentActor() actor: Actor, @Input() input: RecordMetricsInput) {
    const { readAt, correction } = input;
    return RecordMetricsResult.of(async () => {
      const deliverableId = fromGlobalId('deliverable', input.deliverableId);
      const command = { actor, deliverableId, readAt, counts: countsOf(input), correction };
      const { dealId } = await this.record.execute(command);
      return toDeal(await this.getDeal.execute({ actor, dealId }));
    });
  }
}
