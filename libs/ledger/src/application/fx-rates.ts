import type { Transaction } from '@evenhand/kernel';
import type { FxRateRow } from './fx-rate-source';

export interface FxRate {
  /** Major units of the second currency for one of the first, exact rational text. */
  readonly rate: string;
  /** The day the rate was published, YYYY-MM-DD. */
  readonly date: string;
  readonly source: string;
}

export const DEFAULT_MAX_RATE_AGE_DAYS = 7;

/** Exchange rates by day. A missing rate is an error, never 1:1. */
export abstract class FxRates {
  /**
   * The last rate published on `date` (YYYY-MM-DD) or at most `maxAgeDays` before, so that weekends and holidays have
   * one; pairs without the euro cross through it. Throws `RateMissing`.
   */
  abstract rateOn(tx: Transaction, from: string, to: string, date: string, maxAgeDays?: number): Promise<FxRate>;

  /** Stores what is new; a rate once stored is never changed. Returns how many were new. System rights. */
  abstract add(tx: Transaction, source: string, rows: readonly FxRateRow[]): Promise<number>;
}
