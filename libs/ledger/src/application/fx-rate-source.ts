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
  /** Those that come with the product. */
  abstract rows(): Promise<readonly FxRateRow[]>;
  /** Those of a file as the source gives it out; throws `UnreadableRates`. */
  abstract read(file: string): readonly FxRateRow[];
}
