import {
  cursorOf,
  decodeCursor,
  isBigint,
  isInstant,
  isInteger,
  type PageRequest,
  type Transaction,
} from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import type { ReportKey, ReportMeasures } from '../application/report';
import {
  type FoundShare,
  type FoundShares,
  type GroupedCut,
  type GroupedReport,
  ReportQueries,
  type ScopedFilter,
} from '../application/report-queries';
import { factsSql, keyColumnsSql, MEASURE_NAMES, MEASURES_SQL, SqlParameters } from './report-facts.sql';
import { type FoundShareRow, foundShareOf, SHARE_LIST_SQL, shareConditionsSql } from './report-shares.sql';

type MeasureName = (typeof MEASURE_NAMES)[number];
type MeasureRow = Readonly<Record<MeasureName, string>> & { readonly currency: string; readonly shares: string };
type GroupRow = MeasureRow & {
  readonly keys: readonly string[] | null;
  readonly rows: string | null;
};

@Injectable()
export class SqlReportQueries extends ReportQueries {
  override async report(
    tx: Transaction,
    filter: ScopedFilter,
    keys: readonly ReportKey[],
    page: PageRequest,
  ): Promise<GroupedReport> {
    const parameters = new SqlParameters();
    const facts = factsSql(filter, parameters);
    const columns = keyColumnsSql(keys, filter, parameters);
    const names = keys.map((_key, index) => `k${index}`);
    const after = page.after === null ? null : decodeCursor(page.after, keys.length);
    const afterSql = after === null ? '' : `where (${names.join(', ')}) > (${textsSql(after, parameters)})`;
    const rows = await managerOf(tx).query<GroupRow[]>(
      `with ${facts},
       grouped as materialized (
         select ${columns}, f.currency, ${MEASURES_SQL}
         from facts f group by ${names.join(', ')}, f.currency
       ),
       page as (
         select * from grouped ${afterSql} order by ${names.join(', ')} limit ${parameters.add(page.first + 1)}
       )
       select array[${names.join(', ')}] as keys, currency, ${quoted(MEASURE_NAMES).join(', ')}, "shares", null as rows
       from page
       union all
       select null, currency, ${quoted(MEASURE_NAMES)
         .map((name) => `sum(${name})`)
         .join(', ')}, sum("shares"), count(*)
       from grouped group by currency
       order by keys, currency`,
      parameters.values,
    );
    const totals = rows.filter((row) => row.keys === null);
    return {
      rows: rows.flatMap((row) => (row.keys === null ? [] : [{ keys: row.keys, ...measuresOf(row) }])),
      totals: totals.map(measuresOf),
      totalCount: totals.reduce((sum, row) => sum + Number(row.rows), 0),
    };
  }

  override async cuts(
    tx: Transaction,
    filter: ScopedFilter,
    keys: readonly ReportKey[],
    from: readonly string[],
    to: readonly string[],
  ): Promise<readonly GroupedCut[]> {
    const parameters = new SqlParameters();
    const facts = factsSql(filter, parameters);
    const columns = keyColumnsSql(keys, filter, parameters);
    const names = keys.map((_key, index) => `k${index}`);
    const list = names.join(', ');
    type Row = Omit<GroupedCut, 'amountMinor' | 'reversedMinor'> & Record<'amountMinor' | 'reversedMinor', string>;
    const rows = await managerOf(tx).query<Row[]>(
      `with ${facts},
       keyed as (
         select ${columns}, f.book_id, f.earning_id
         from facts f where f.role = 'influencer'
       )
       select array[${list}] as keys, s.role, s.party_id as "partyId", sum(s.amount_minor) as "amountMinor",
              sum(s.reversed_minor) as "reversedMinor"
       from keyed k
       join scope s on s.book_id = k.book_id and s.earning_id = k.earning_id and s.role <> 'influencer'
       where (${list}) >= (${textsSql(from, parameters)}) and (${list}) <= (${textsSql(to, parameters)})
       group by ${list}, s.role, s.party_id
       order by ${list}, s.role desc, s.party_id`,
      parameters.values,
    );
    return rows.map((row) => ({
      ...row,
      amountMinor: BigInt(row.amountMinor),
      reversedMinor: BigInt(row.reversedMinor),
    }));
  }

  override async shares(tx: Transaction, filter: ScopedFilter, page: PageRequest): Promise<FoundShares> {
    const parameters = new SqlParameters();
    const conditions = shareConditionsSql(filter, parameters);
    const totals = await managerOf(tx).query<
      { currency: string; shares: string; amountMinor: string; netMinor: string }[]
    >(
      `select d.currency, count(*) as shares, sum(d.amount_minor) as "amountMinor",
              sum(d.amount_minor - d.reversed_minor) as "netMinor"
       from ledger.share_details d where ${conditions} group by d.currency order by d.currency`,
      parameters.values,
    );
    const after = cursorOf(page, [isInstant, isInteger, isBigint]);
    const afterSql = after
      ? `and (d.earned_at, d.book_id, d.share_id) > (${parameters.add(after[0])}::timestamptz,
          ${parameters.add(after[1])}::integer, ${parameters.add(after[2])}::bigint)`
      : '';
    const rows = await managerOf(tx).query<FoundShareRow[]>(
      `${SHARE_LIST_SQL} where ${conditions} ${afterSql}
       order by d.earned_at, d.book_id, d.share_id limit ${parameters.add(page.first + 1)}`,
      parameters.values,
    );
    return {
      rows: rows.map((row): FoundShare => foundShareOf(row)),
      totalCount: totals.reduce((sum, total) => sum + Number(total.shares), 0),
      totals: totals.map(({ currency, amountMinor, netMinor }) => ({
        currency,
        amountMinor: BigInt(amountMinor),
        netMinor: BigInt(netMinor),
      })),
    };
  }

  override async startOfDay(tx: Transaction, day: string, timeZone: string): Promise<Date> {
    const [row] = await managerOf(tx).query<{ at: Date }[]>('select $1::date::timestamp at time zone $2 as at', [
      day,
      timeZone,
    ]);
    if (!row) throw new RangeError('The database did not answer.');
    return row.at;
  }
}

function measuresOf(row: MeasureRow): ReportMeasures {
  const values = Object.fromEntries(MEASURE_NAMES.map((name) => [name, BigInt(row[name])])) as Record<
    MeasureName,
    bigint
  >;
  return {
    ...values,
    currency: row.currency,
    netMinor: values.shareMinor - values.shareReversedMinor,
    shares: Number(row.shares),
  };
}

function textsSql(texts: readonly string[], parameters: SqlParameters): string {
  return texts.map((text) => `${parameters.add(text)}::text collate "C"`).join(', ');
}

function quoted(names: readonly string[]): readonly string[] {
  return names.map((name) => `"${name}"`);
}
