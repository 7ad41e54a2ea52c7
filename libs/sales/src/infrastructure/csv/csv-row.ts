/** Columns that are read; any other column of the file is ignored and never stored. */
export const CSV_COLUMNS = [
  'type',
  'source',
  'external_id',
  'order_number',
  'sale_external_id',
  'code',
  'link',
  'clicked_at',
  'currency',
  'occurred_at',
  'line_id',
  'sku',
  'quantity',
  'unit_price',
  'discount',
  'tax',
  'shipping',
  'base_amount',
  'refund_amount',
  'full_refund',
] as const;

export type CsvColumn = (typeof CSV_COLUMNS)[number];

export const REQUIRED_COLUMNS = ['external_id', 'currency', 'occurred_at'] as const;

/** A row by column; a column the file does not have is empty. */
export interface CsvRow {
  readonly line: number;
  readonly values: Readonly<Record<CsvColumn, string>>;
}
