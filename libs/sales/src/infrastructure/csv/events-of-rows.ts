import { InvalidInput } from '@evenhand/kernel';
import { parseMoney } from '@evenhand/money';
import { reasonOf } from '../../application/prepared-event';
import type { BadRow } from '../../application/sales-file-reader';
import type { RefundEvent, RefundLine, SaleEvent, SaleLine } from '../../domain/sale-event';
import { instantOf } from '../instant';
import type { CsvColumn, CsvRow } from './csv-row';

/** What is wrong with one of several rows of an order. */
export class RowProblem extends Error {
  constructor(readonly badRow: BadRow) {
    super(badRow.message);
  }
}

/** The order told by its rows; throws `RowProblem`, `InvalidInput`, `InvalidAmount`, `UnknownCurrency`. */
export function saleOfRows(rows: readonly CsvRow[], source: string): SaleEvent {
  const { values } = firstOf(rows);
  const base = values.base_amount === '' ? null : amountOf(firstOf(rows), 'base_amount');
  if (base !== null && (rows.length > 1 || values.unit_price !== '')) {
    throw new InvalidInput('base_amount', 'Give either the price of the lines or the base of the whole order.');
  }
  return {
    source,
    externalId: values.external_id,
    orderNumber: values.order_number || values.external_id,
    code: values.code || null,
    linkSlug: values.link || null,
    clickedAt: values.clicked_at === '' ? null : instantOf('clicked_at', values.clicked_at),
    currency: values.currency,
    ...(base === null ? { lines: eachRow(rows, saleLineOf) } : { baseMinor: base }),
    occurredAt: instantOf('occurred_at', values.occurred_at),
  };
}

/** The refund told by its rows; throws as {@link saleOfRows}. */
export function refundOfRows(rows: readonly CsvRow[], source: string): RefundEvent {
  const { values } = firstOf(rows);
  return {
    source,
    externalId: values.external_id,
    saleExternalId: values.sale_external_id,
    currency: values.currency,
    full: truthOf(values.full_refund),
    lines: eachRow(
      rows.filter(({ values: own }) => own.quantity !== ''),
      refundLineOf,
    ),
    amountMinor: values.refund_amount === '' ? null : amountOf(firstOf(rows), 'refund_amount'),
    occurredAt: instantOf('occurred_at', values.occurred_at),
  };
}

function firstOf(rows: readonly CsvRow[]): CsvRow {
  const [first] = rows;
  if (!first) throw new InvalidInput('rows', 'There is no row.');
  return first;
}

function eachRow<Line>(rows: readonly CsvRow[], lineOf: (row: CsvRow) => Line): readonly Line[] {
  return rows.map((row) => {
    try {
      return lineOf(row);
    } catch (error) {
      throw new RowProblem({ line: row.line, ...reasonOf(error) });
    }
  });
}

function saleLineOf(row: CsvRow): SaleLine {
  const { values } = row;
  if (values.unit_price === '') throw new InvalidInput('unit_price', 'Give a unit_price, or a base_amount.');
  return {
    lineId: values.line_id || null,
    sku: values.sku || null,
    quantity: values.quantity === '' ? 1 : quantityOf(values.quantity),
    unitPriceMinor: amountOf(row, 'unit_price'),
    discountMinor: amountOf(row, 'discount'),
    taxMinor: amountOf(row, 'tax'),
    shippingMinor: amountOf(row, 'shipping'),
  };
}

function refundLineOf({ values }: CsvRow): RefundLine {
  return { lineId: values.line_id || null, sku: values.sku || null, quantity: quantityOf(values.quantity) };
}

/** Minor units of an exact decimal in the row's currency; empty is zero. */
function amountOf({ values }: CsvRow, column: CsvColumn): bigint {
  if (values[column] === '') return 0n;
  return parseMoney(values[column], values.currency, { allowZero: true }).amountMinor;
}

function quantityOf(text: string): number {
  if (!/^[1-9][0-9]{0,6}$/.test(text)) throw new InvalidInput('quantity', 'A quantity is a whole number above zero.');
  return Number(text);
}

function truthOf(text: string): boolean {
  const lower = text.toLowerCase();
  if (['', 'no', 'false', '0'].includes(lower)) return false;
  if (['yes', 'true', '1'].includes(lower)) return true;
  throw new InvalidInput('full_refund', 'Write yes or no.');
}
