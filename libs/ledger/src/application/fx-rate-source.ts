/** One published rate. */
export interface FxRateRow {
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly currency: string;
  /** Units of the currency for one euro, exact decimal text as published. */
  readonly perEuro: string;
}

/** Where published rates come from. */
export abstract class FxRateSource {
  abstract readonly name: string;
  abstract rows(): Promise<readonly FxRateRow[]>;
}
