import { InvalidInput, requireTimeZone } from '@evenhand/kernel';
import { currencyOf } from '@evenhand/money';

/** What a file of our own form tells of each row: see the README's table. */
export const LINE_FIELDS = [
  'type',
  'source',
  'external_id',
  'order_number',
  'sale_external_id',
  'code',
  'link',
  'click_ids',
  'clicked_at',
  'customer_email',
  'currency',
  'occurred_at',
  'line_id',
  'line_code',
  'line_link',
  'line_click_ids',
  'line_clicked_at',
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

/** What a network's report tells of each transaction: a sale, or a correction of one. */
export const TRANSACTION_FIELDS = [
  /** The transaction; of a correction with an id of its own, the correction. */
  'external_id',
  /** Of such a correction: the transaction it corrects. */
  'correction_of',
  'order_number',
  'amount',
  'commission',
  'currency',
  'occurred_at',
  /** When it was corrected or declined. */
  'corrected_at',
  'clicked_at',
  'code',
  'link',
  'click_ids',
  'customer_email',
  'status',
] as const;

export type LineField = (typeof LINE_FIELDS)[number];
export type TransactionField = (typeof TRANSACTION_FIELDS)[number];
export type FileField = LineField | TransactionField;

/** `lines`: our own form, a row a line of an order; `transactions`: a network's report; `shopify`: Shopify's JSON. */
export type FileStyle = 'lines' | 'transactions' | 'shopify';

/** How a file is read. JSON-safe: it is stored with every import. */
export interface FileMapping {
  readonly style: FileStyle;
  /** The file's names of a field, the first that it has counts; names are compared by their letters and digits. */
  readonly columns: Readonly<Partial<Record<FileField, readonly string[]>>>;
  /** Of rows that name none; ISO 4217. */
  readonly currency: string | null;
  readonly decimal: '.' | ',';
  /** What stands between thousands; null: nothing may. */
  readonly thousands: '.' | ',' | ' ' | "'" | null;
  /** How dates without a zone are written; `zoned` wants instants with one. */
  readonly dates: 'zoned' | 'year_first' | 'day_first' | 'month_first';
  /** IANA zone of dates without one. */
  readonly timeZone: string;
  /** Words of the status that take the sale back, in lower case. */
  readonly declined: readonly string[];
  /** Words of the status whose rows are left out, in lower case. */
  readonly ignored: readonly string[];
}

const REQUIRED: Readonly<Record<FileStyle, readonly FileField[]>> = {
  lines: ['external_id', 'currency', 'occurred_at'],
  transactions: ['external_id', 'amount', 'currency', 'occurred_at'],
  shopify: [],
};

/** Fields without whose columns a file makes no sense; a currency may be stated for the whole file instead. */
export function requiredFields({ style, currency }: FileMapping): readonly FileField[] {
  return REQUIRED[style].filter((field) => field !== 'currency' || currency === null);
}

const MAX_NAMES = 10;
const MAX_NAME_LENGTH = 100;

/** Throws `InvalidInput`, `UnknownCurrency`, `UnknownTimeZone` for a mapping that reads no file. */
export function checkMapping(mapping: FileMapping): void {
  const fields: readonly string[] = mapping.style === 'lines' ? LINE_FIELDS : TRANSACTION_FIELDS;
  for (const [field, names] of Object.entries(mapping.columns)) {
    if (!fields.includes(field)) throw new InvalidInput('columns', `There is no field "${field}" here.`);
    const isTooMuch = names.length > MAX_NAMES || names.some((name) => name.length > MAX_NAME_LENGTH);
    if (isTooMuch || names.some((name) => normalisedName(name) === '')) {
      throw new InvalidInput('columns', `Give ${field} 1 to ${MAX_NAMES} names of columns.`);
    }
  }
  const missing = requiredFields(mapping).filter((field) => (mapping.columns[field] ?? []).length === 0);
  if (missing.length > 0) throw new InvalidInput('columns', `Say which columns hold: ${missing.join(', ')}.`);
  if (mapping.currency !== null) currencyOf(mapping.currency);
  if (mapping.thousands === mapping.decimal) {
    throw new InvalidInput('thousands', 'Thousands and decimals cannot be parted by the same character.');
  }
  requireTimeZone(mapping.timeZone);
}

/** "Action Id", "action_id" and "ActionID" are one name. */
export function normalisedName(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
