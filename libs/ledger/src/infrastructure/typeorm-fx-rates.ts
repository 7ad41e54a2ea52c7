import { type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Rational } from '@evenhand/money';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import type { FxRateRow } from '../application/fx-rate-source';
import { DEFAULT_MAX_RATE_AGE_DAYS, type FxRate, FxRates } from '../application/fx-rates';
import { RateMissing } from '../domain/errors';

interface RateRow {
  readonly rate_date: string;
  readonly from_per_euro: string;
  readonly to_per_euro: string;
  readonly source: string;
}

/** The last day, within the limit, on which both currencies were published; the euro itself always counts 1. */
const RATE_ON = `
  with euro as (select distinct rate_date, 'EUR' as currency, 1 as per_euro, source from ledger.fx_rates
                where rate_date between $3::date - $4::integer and $3::date),
  published as (select rate_date, currency, per_euro, source from ledger.fx_rates
                where rate_date between $3::date - $4::integer and $3::date and currency in ($1, $2)
                union all select * from euro)
  select f.rate_date::text, f.per_euro::text as from_per_euro, t.per_euro::text as to_per_euro, f.source
  from published f join published t on t.rate_date = f.rate_date
  where f.currency = $1 and t.currency = $2
  order by f.rate_date desc limit 1`;

@Injectable()
export class TypeormFxRates extends FxRates {
  constructor(private readonly uow: UnitOfWork) {
    super();
  }

  override async rateOn(
    tx: Transaction,
    from: string,
    to: string,
    date: string,
    maxAgeDays = DEFAULT_MAX_RATE_AGE_DAYS,
  ): Promise<FxRate> {
    const [row] = await managerOf(tx).query<readonly RateRow[]>(RATE_ON, [from, to, date, maxAgeDays]);
    if (!row) throw new RateMissing(from, to, date);
    const [perEuroFrom, perEuroTo] = [Rational.parse(row.from_per_euro), Rational.parse(row.to_per_euro)];
    const rate = perEuroTo.multiply(Rational.of(perEuroFrom.denominator, perEuroFrom.numerator));
    return { rate: rate.toString(), date: row.rate_date, source: row.source };
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
