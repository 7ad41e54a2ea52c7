import type { Transaction } from '@evenhand/kernel';
import { RateMissing } from '../domain/errors';
import type { FxRateRow } from './fx-rate-source';

export interface FxRate {
  /** Major units of the second currency for one of the first, exact rational text. */
  readonly rate: string;
  /** The day the rate was published, YYYY-MM-DD. */
  readonly date: string;
  readonly source: string;
}

/** Two different currencies and a day, YYYY-MM-DD. */
export interface RateWanted {
  readonly from: string;
  readonly to: string;
  readonly date: string;
}

export const DEFAULT_MAX_RATE_AGE_DAYS = 7;

/** Exchange rates by day. A missing rate is an error, never 1:1. */
export abstract class FxRates {
  /**
   * For each the last rate published on its day or at most `maxAgeDays` before, so that weekends and holidays have one;
   * pairs without the euro cross through it. Where there is none, why: no rates are loaded, or none was published.
   */
  abstract ratesOn(
    tx: Transaction,
    wanted: readonly RateWanted[],
    maxAgeDays?: number,
  ): Promise<readonly (FxRate | RateMissing)[]>;

  /** As {@link ratesOn} of one; throws `RateMissing`. */
  async rateOn(tx: Transaction, from: string, to: string, date: string, maxAgeDays?: number): Promise<FxRate> {
    const [found] = await this.ratesOn(tx, [{ from, to, date }], maxAgeDays);
    if (!found) throw new RangeError('One rate was asked for, none was answered.');
    if (found instanceof RateMissing) throw found;
    return found;
  }

  /** Stores what is new; a rate once stored is never changed. Returns how many were new. System rights. */
  abstract add(tx: Transaction, source: string, rows: readonly FxRateRow[]): Promise<number>;
}
