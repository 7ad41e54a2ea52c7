import { type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Rational } from '@evenhand/money';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import type { FxRateRow } from '../application/fx-rate-source';
import { DEFAULT_MAX_RATE_AGE_DAYS, type FxRate, FxRates, type RateWanted } from '../application/fx-rates';
import { type RateMissing, RateNotPublished, RatesNotLoaded } from '../domain/errors';

interface RateRow {
  readonly rate_date: string | null;
  readonly from_per_euro: string;
  readonly to_per_euro: string;
  readonly source: string;
  readonly is_loaded: boolean;
}

/** For each the last day, within the limit, on which both currencies were published; the euro itself always counts 1. */
const RATES_ON = `
  select found.rate_date::text, found.from_per_euro::text, found.to_per_euro::text, found.source,
    found.rate_date is not null or exists (
      select from ledger.fx_rates where rate_date between wanted.on_date - $4::integer and wanted.on_date) as is_loaded
  from unnest($1::text[], $2::text[], $3::date[]) with ordinality as wanted (from_currency, to_currency, on_date, place)
  left join lateral (
    select published.*
    from (
      select f.rate_date, f.per_euro as from_per_euro, t.per_euro as to_per_euro,
        case when f.source = t.source then f.source else concat(f.source, ', ', t.source) end as source
      from ledger.fx_rates f
      join ledger.fx_rates t on t.rate_date = f.rate_date and t.currency = wanted.to_currency
      where f.currency = wanted.from_currency
      union all
      select rate_date, 1, per_euro, source from ledger.fx_rates
      where wanted.from_currency = 'EUR' and currency = wanted.to_currency
      union all
      select rate_date, per_euro, 1, source from ledger.fx_rates
      where wanted.to_currency = 'EUR' and currency = wanted.from_currency) published
    where published.rate_date between wanted.on_date - $4::integer and wanted.on_date
    order by published.rate_date desc limit 1) found on true
  order by wanted.place`;

@Injectable()
export class TypeormFxRates extends FxRates {
  constructor(private readonly uow: UnitOfWork) {
    super();
  }

  override async ratesOn(
    tx: Transaction,
    wanted: readonly RateWanted[],
    maxAgeDays = DEFAULT_MAX_RATE_AGE_DAYS,
  ): Promise<readonly (FxRate | RateMissing)[]> {
    if (wanted.length === 0) return [];
    const columns = [wanted.map(({ from }) => from), wanted.map(({ to }) => to), wanted.map(({ date }) => date)];
    const rows = await managerOf(tx).query<readonly RateRow[]>(RATES_ON, [...columns, maxAgeDays]);
    return wanted.map((one, place) => rateOf(one, rows[place]));
  }

  override async add(tx: Transaction, source: string, rows: readonly FxRateRow[]): Promise<number> {
    const sql = 'select ledger.add_fx_rates($1, $2::date[], $3::text[], $4::numeric[]) as added';
    const columns = [rows.map((row) => row.date), rows.map((row) => row.currency), rows.map((row) => row.perEuro)];
    const [result] = await this.uow.asSystem(tx, () =>
      managerOf(tx).query<readonly { added: number }[]>(sql, [source, ...columns]),
    );
    return result?.added ?? 0;
  }
}

function rateOf({ from, to, date }: RateWanted, row: RateRow | undefined): FxRate | RateMissing {
  if (!row?.rate_date)
    return row?.is_loaded ? new RateNotPublished(from, to, date) : new RatesNotLoaded(from, to, date);
  const [perEuroFrom, perEuroTo] = [Rational.parse(row.from_per_euro), Rational.parse(row.to_per_euro)];
  const rate = perEuroTo.multiply(Rational.of(perEuroFrom.denominator, perEuroFrom.numerator));
  return { rate: rate.toString(), date: row.rate_date, source: row.source };
}
