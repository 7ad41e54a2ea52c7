import {
  COUNTERS,
  type Counts,
  type DayGrowth,
  type LatestMetrics,
  type MetricReading,
  type MetricSource,
} from '@evenhand/deals';
import { Field, Float, GraphQLISODateTime, InputType, ObjectType } from '@nestjs/graphql';
import { IsDate, IsInt, IsOptional, Max, Min } from 'class-validator';
import { connectionOf, IdField, Text } from '../graphql';
import { MetricSourceEnum } from './deal.enums';

const MOST = 1_000_000_000_000;

@ObjectType('MetricCounts', { description: 'Whole numbers since the post is up; null where nothing tells.' })
export class MetricCountsType {
  @Field(() => Float, { nullable: true })
  views: number | null;

  @Field(() => Float, { nullable: true })
  likes: number | null;

  @Field(() => Float, { nullable: true })
  saves: number | null;

  @Field(() => Float, { nullable: true })
  comments: number | null;

  @Field(() => Float, { nullable: true })
  shares: number | null;
}

@ObjectType('MetricReading', { description: 'What a post came to at an instant. It never changes.' })
export class MetricReadingType {
  @Field(() => GraphQLISODateTime)
  readAt: Date;

  @Field(() => MetricCountsType)
  counts: MetricCountsType;

  @Field(() => MetricSourceEnum, { description: 'Typed by one of the sides, or sent with an API key.' })
  source: MetricSource;

  @Field(() => String, { nullable: true, description: 'Why it says less than an earlier one.' })
  correction: string | null;

  @Field(() => GraphQLISODateTime)
  recordedAt: Date;
}

@ObjectType()
export class MetricReadingConnection extends connectionOf(MetricReadingType, 'MetricReading') {}

@ObjectType('LatestMetrics', {
  description: 'What is last known, each counter from the latest reading that tells of it.',
})
export class LatestMetricsType {
  @Field(() => GraphQLISODateTime)
  readAt: Date;

  @Field(() => MetricCountsType)
  counts: MetricCountsType;
}

@ObjectType('MetricsOfDay')
export class MetricsOfDayType {
  @Field(() => String, { description: 'YYYY-MM-DD in the zone that was asked for.' })
  day: string;

  @Field(() => MetricCountsType, { description: 'At the end of the day.' })
  counts: MetricCountsType;

  @Field(() => MetricCountsType, {
    description: 'Since the day before that has readings, or since publication; below zero only by a correction.',
  })
  difference: MetricCountsType;
}

@InputType()
export class RecordMetricsInput {
  @IdField()
  deliverableId: string;

  @Field(() => GraphQLISODateTime, { description: 'When it was so: after publication, and not ahead of us.' })
  @IsDate()
  readAt: Date;

  @Field(() => Float, { nullable: true, description: 'A whole number, as the others; at least one is given.' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST)
  views: number | null = null;

  @Field(() => Float, { nullable: true })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST)
  likes: number | null = null;

  @Field(() => Float, { nullable: true })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST)
  saves: number | null = null;

  @Field(() => Float, { nullable: true })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST)
  comments: number | null = null;

  @Field(() => Float, { nullable: true })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST)
  shares: number | null = null;

  @Field(() => String, { nullable: true, description: 'Why a counter says less than before, where it corrects.' })
  @IsOptional()
  @Text({ max: 500 })
  correction: string | null = null;
}

export function countsOf(input: RecordMetricsInput): Counts {
  const [views, likes, saves, comments, shares] = COUNTERS.map((counter) => {
    const count = input[counter];
    return count === null ? null : BigInt(count);
  });
  return {
    views: views ?? null,
    likes: likes ?? null,
    saves: saves ?? null,
    comments: comments ?? null,
    shares: shares ?? null,
  };
}

export function toCounts({ views, likes, saves, comments, shares }: Counts): MetricCountsType {
  return {
    views: toNumber(views),
    likes: toNumber(likes),
    saves: toNumber(saves),
    comments: toNumber(comments),
    shares: toNumber(shares),
  };
}

export function toReading({ readAt, counts, source, correction, recordedAt }: MetricReading): MetricReadingType {
  return { readAt, counts: toCounts(counts), source, correction, recordedAt };
}

export function toLatest({ readAt, counts }: LatestMetrics): LatestMetricsType {
  return { readAt, counts: toCounts(counts) };
}

export function toDay({ day, counts, difference }: DayGrowth): MetricsOfDayType {
  return { day, counts: toCounts(counts), difference: toCounts(difference) };
}

function toNumber(count: bigint | null): number | null {
  return count === null ? null : Number(count);
}
