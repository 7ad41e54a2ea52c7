import { groupBy, type Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import type { Deal } from '../application/deal';
import type {
  ExplosiveNote,
  LatestMetrics,
  MetricReading,
  PostResults,
  ResultsBy,
} from '../application/metrics/metrics';
import { MetricsRepository, type ReadingPage } from '../application/metrics/metrics-repository';
import type { DayEnd } from '../domain/metrics/daily';
import {
  addedUp,
  COUNTERS,
  type Counter,
  type Counts,
  countsBy,
  type MetricSource,
  type Neighbours,
} from '../domain/metrics/reading';

type CountColumns = Readonly<Record<Counter, string | null>>;

/** A row of deals.metric_readings. */
interface ReadingRow extends CountColumns {
  readonly deliverable_id: string;
  readonly read_at: Date;
  readonly source: MetricSource;
  readonly correction: string | null;
  readonly party_id: string;
  readonly recorded_at: Date;
}

interface ResultRow extends CountColumns {
  readonly scope: string;
  readonly deal_id: string;
  readonly brand_id: string;
  readonly cash_currency: string | null;
  readonly cash_minor: string | null;
}

type PageRow = { readonly place: number; readonly total: number } & (ReadingRow | { readonly deliverable_id: null });

const COLUMNS = `deliverable_id, read_at, source, ${COUNTERS.join(', ')}, correction, party_id, recorded_at`;

/** Each counter as the last of the rows that tell of it says, or the first. */
const LAST_KNOWN = COUNTERS.map(
  (one) => `(array_agg(${one} order by read_at desc) filter (where ${one} is not null))[1] as ${one}`,
).join(', ');
const FIRST_KNOWN = COUNTERS.map(
  (one) => `(array_agg(${one} order by read_at) filter (where ${one} is not null))[1] as ${one}`,
).join(', ');

const BEFORE = `select ${LAST_KNOWN} from deals.metric_readings where deliverable_id = $1 and read_at < $2`;
const AFTER = `select ${FIRST_KNOWN} from deals.metric_readings
  where deliverable_id = $1 and read_at > $2 and read_at < coalesce(
    (select min(read_at) from deals.metric_readings
     where deliverable_id = $1 and read_at > $2 and correction is not null), 'infinity')`;

const PAGES = `
  select wanted.place::integer, counted.total, reading.*
  from unnest($1::uuid[]) with ordinality as wanted (deliverable_id, place)
  cross join lateral (
    select count(*)::integer as total from deals.metric_readings m where m.deliverable_id = wanted.deliverable_id
  ) as counted
  left join lateral (
    select ${COLUMNS} from deals.metric_readings m
    where m.deliverable_id = wanted.deliverable_id and m.read_at < coalesce($2::timestamptz, 'infinity')
    order by m.read_at desc limit $3
  ) as reading on true
  order by wanted.place, reading.read_at desc`;

const LATEST = `select deliverable_id, max(read_at) as read_at, ${LAST_KNOWN} from deals.metric_readings
  where deliverable_id = any ($1) group by deliverable_id`;

const RESULTS_OF = (column: 'id' | 'campaign_id') => `
  select deal.${column} as scope, deal.id as deal_id, deal.brand_id, deal.cash_currency, deal.cash_minor, posts.*
  from deals.deals deal
  left join lateral (
    select ${COUNTERS.map((one) => `sum(${one})::text as ${one}`).join(', ')} from (
      select ${LAST_KNOWN} from deals.metric_readings m where m.deal_id = deal.id group by m.deliverable_id
    ) as latest
  ) as posts on true
  where deal.${column} = any ($1) and deal.state <> 'cancelled'
  order by deal.accepted_at, deal.id`;

const DAYS = `
  select * from (
    select deliverable_id, (read_at at time zone $2)::date::text as day, ${LAST_KNOWN},
      row_number() over (partition by deliverable_id order by (read_at at time zone $2)::date) as place
    from deals.metric_readings where deliverable_id = any ($1)
    group by deliverable_id, (read_at at time zone $2)::date
  ) as days where place <= $3 order by deliverable_id, place`;

@Injectable()
export class SqlMetricsRepository extends MetricsRepository {
  override async find(tx: Transaction, deliverableId: string, readAt: Date): Promise<MetricReading | null> {
    const [row]: ReadingRow[] = await managerOf(tx).query(
      `select ${COLUMNS} from deals.metric_readings where deliverable_id = $1 and read_at = $2`,
      [deliverableId, readAt],
    );
    return row ? toReading(row) : null;
  }

  override async neighboursOf(tx: Transaction, deliverableId: string, readAt: Date): Promise<Neighbours> {
    const counts = async (sql: string): Promise<Counts> => {
      const [row]: CountColumns[] = await managerOf(tx).query(sql, [deliverableId, readAt]);
      return countsBy((counter) => toBigint(row?.[counter] ?? null));
    };
    return { before: await counts(BEFORE), after: await counts(AFTER) };
  }

  override async add(tx: Transaction, { id, brandId, influencerId }: Deal, reading: MetricReading): Promise<void> {
    const { deliverableId, readAt, source, counts, correction, partyId, recordedAt } = reading;
    const recordedBy = tx.actor.kind === 'person' ? tx.actor.userId : null;
    await managerOf(tx).query(
      `insert into deals.metric_readings (deliverable_id, deal_id, brand_id, influencer_id, read_at, source, correction,
         recorded_by, party_id, recorded_at, ${COUNTERS.join(', ')})
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [
        deliverableId,
        id,
        brandId,
        influencerId,
        readAt,
        source,
        correction,
        recordedBy,
        partyId,
        recordedAt,
        ...COUNTERS.map((counter) => counts[counter]?.toString() ?? null),
      ],
    );
  }

  override async addExplosive(
    tx: Transaction,
    { id, brandId, influencerId }: Deal,
    deliverableId: string,
    { readAt, rule, likes, followers }: ExplosiveNote,
    at: Date,
  ): Promise<void> {
    await managerOf(tx).query(
      `insert into deals.explosive_notes (deliverable_id, deal_id, brand_id, influencer_id, read_at, rule, likes, followers,
         flagged_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [deliverableId, id, brandId, influencerId, readAt, rule, likes.toString(), followers?.toString() ?? null, at],
    );
  }

  override async pagesOf(
    tx: Transaction,
    deliverableIds: readonly string[],
    before: string | null,
    limit: number,
  ): Promise<readonly ReadingPage[]> {
    const rows: PageRow[] = await managerOf(tx).query(PAGES, [deliverableIds, before, limit]);
    const byPlace = groupBy(rows, ({ place }) => place);
    return deliverableIds.map((_id, index) => {
      const found = byPlace.get(index + 1) ?? [];
      return {
        readings: found.flatMap((row) => (row.deliverable_id === null ? [] : [toReading(row)])),
        totalCount: found[0]?.total ?? 0,
      };
    });
  }

  override async latestOf(
    tx: Transaction,
    deliverableIds: readonly string[],
  ): Promise<ReadonlyMap<string, LatestMetrics>> {
    const rows: (CountColumns & Pick<ReadingRow, 'deliverable_id' | 'read_at'>)[] = await managerOf(tx).query(LATEST, [
      deliverableIds,
    ]);
    return new Map(rows.map((row) => [row.deliverable_id, { readAt: row.read_at, counts: toCounts(row) }]));
  }

  override async resultsOf(
    tx: Transaction,
    by: ResultsBy,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, PostResults>> {
    const rows: ResultRow[] = await managerOf(tx).query(RESULTS_OF(by === 'deal' ? 'id' : 'campaign_id'), [ids]);
    const byScope = groupBy(rows, ({ scope }) => scope);
    return new Map([...byScope].map(([scope, deals]) => [scope, toResults(deals)]));
  }

  override async daysOf(
    tx: Transaction,
    deliverableIds: readonly string[],
    timeZone: string,
    limit: number,
  ): Promise<ReadonlyMap<string, readonly DayEnd[]>> {
    const rows: (CountColumns & { readonly deliverable_id: string; readonly day: string })[] = await managerOf(
      tx,
    ).query(DAYS, [deliverableIds, timeZone, limit]);
    const days = rows.map((row) => ({ deliverableId: row.deliverable_id, day: row.day, counts: toCounts(row) }));
    return groupBy(days, ({ deliverableId }) => deliverableId);
  }
}

function toResults(rows: readonly ResultRow[]): PostResults {
  return {
    counts: rows.map(toCounts).reduce(addedUp),
    deals: rows.map(({ deal_id: dealId, brand_id: brandId, cash_currency: currency, cash_minor: minor }) => ({
      dealId,
      brandId,
      cash: currency === null || minor === null ? null : { currency, amountMinor: BigInt(minor) },
    })),
  };
}

function toReading(row: ReadingRow): MetricReading {
  return {
    deliverableId: row.deliverable_id,
    readAt: row.read_at,
    counts: toCounts(row),
    source: row.source,
    correction: row.correction,
    partyId: row.party_id,
    recordedAt: row.recorded_at,
  };
}

function toCounts(row: CountColumns): Counts {
  return countsBy((counter) => toBigint(row[counter]));
}

function toBigint(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}
