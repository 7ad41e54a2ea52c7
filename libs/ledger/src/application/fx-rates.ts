import type { Transaction } from '@evenhand/kernel';

export interface FxRate {
  /** Major units of the second currency for one of the first, exact rational text. */
  readonly rate: string;
  /** The day the rate was published, YYYY-MM-DD. */
  readonly date: string;
  readonly source: string;
}

/** Exchange rates by day. A missing rate is an error, never 1:1. */
export abstract class FxRates {
  /**
   * The last rate published on `date` (YYYY-MM-DD) or at most `maxAgeDays` before, weekends and holidays included;
   * pairs without the euro cross through it. Throws `RateMissing`.
   */
  abstract rateOn(tx: Transaction, from: string, to: string, date: string, maxAgeDays?: number): Promise<FxRate>;
}

export const DEFAULT_MAX_RATE_AGE_DAYS = 7;
