import { InvalidInput } from '@evenhand/kernel';
import type { FileMapping, LineField } from '../../domain/file-mapping';
import type { Claims, RefundEvent, RefundLine, SaleEvent, SaleLine } from '../../domain/sale-event';
import { amountOf, clickIdsIn, inField, instantIn, quantityOf } from './cells';
import type { LineRow } from './line-row';

/** What is wrong with one of several rows of an order. */
export class RowProblem extends Error {
  constructor(
    readonly line: number,
    override readonly cause: unknown,
  ) {
    super('A row of the order is bad.');
  }
}

/** The order told by its rows; throws `RowProblem`. */
export function saleOfRows(mapping: FileMapping, rows: readonly LineRow[], source: string): SaleEvent {
  return inRow(firstOf(rows), (first) => {
    const { values } = first;
    const base = values.base_amount === '' ? null : amountIn(mapping, first, 'base_amount');
    if (base !== null) checkBaseAlone(rows);
    const lines = base === null ? eachRow(rows, (row) => saleLineOf(mapping, row)) : null;
    return {
      source,
      externalId: values.external_id,
      orderNumber: values.order_number || values.external_id,
      code: values.code || null,
      clickIds: clickIdsIn(values.click_ids),
      linkSlug: values.link || null,
      clickedAt: values.clicked_at === '' ? null : instantOfRow(mapping, first, 'clicked_at'),
      customer: values.customer_email || null,
      currency: values.currency,
      ...(lines === null ? { baseMinor: base } : { lines }),
      occurredAt: instantOfRow(mapping, first, 'occurred_at'),
    };
  });
}

const LINE_CLAIMS = ['line_code', 'line_link', 'line_click_ids', 'line_clicked_at'] as const;

function checkBaseAlone(rows: readonly LineRow[]): void {
  const { values } = firstOf(rows);
  if (rows.length > 1 || values.unit_price !== '') {
    inField('base_amount', () => {
      throw new InvalidInput('base_amount', 'Give either the price of the lines or the base of the whole order.');
    });
  }
  for (const field of LINE_CLAIMS) {
    if (values[field] === '') continue;
    inField(field, () => {
      throw new InvalidInput(field, 'An order told by its base has no lines: say by whom it came in code and link.');
    });
  }
}

/** The refund told by its rows; throws as {@link saleOfRows}. */
export function refundOfRows(mapping: FileMapping, rows: readonly LineRow[], source: string): RefundEvent {
  return inRow(firstOf(rows), (first) => {
    const { values } = first;
    return {
      source,
      externalId: values.external_id,
      saleExternalId: values.sale_external_id,
      currency: values.currency,
      full: inField('full_refund', () => truthOf(values.full_refund)),
      lines: eachRow(
        rows.filter(({ values: own }) => own.quantity !== ''),
        refundLineOf,
      ),
      amountMinor: values.refund_amount === '' ? null : amountIn(mapping, first, 'refund_amount'),
      occurredAt: instantOfRow(mapping, first, 'occurred_at'),
    };
  });
}

function firstOf(rows: readonly LineRow[]): LineRow {
  const [first] = rows;
  if (!first) throw new InvalidInput('rows', 'There is no row.');
  return first;
}

function eachRow<Line>(rows: readonly LineRow[], lineOf: (row: LineRow) => Line): readonly Line[] {
  return rows.map((row) => inRow(row, lineOf));
}

function inRow<T>(row: LineRow, work: (row: LineRow) => T): T {
  try {
    return work(row);
  } catch (error) {
    throw error instanceof RowProblem ? error : new RowProblem(row.line, error);
  }
}

function saleLineOf(mapping: FileMapping, row: LineRow): SaleLine {
  const { values } = row;
  if (values.unit_price === '') {
    inField('unit_price', () => {
      throw new InvalidInput('unit_price', 'Give a unit_price, or a base_amount.');
    });
  }
  return {
    lineId: values.line_id || null,
    sku: values.sku || null,
    quantity: values.quantity === '' ? 1 : inField('quantity', () => quantityOf(values.quantity)),
    unitPriceMinor: amountIn(mapping, row, 'unit_price'),
    discountMinor: amountIn(mapping, row, 'discount'),
    taxMinor: amountIn(mapping, row, 'tax'),
    shippingMinor: amountIn(mapping, row, 'shipping'),
    ...lineClaimsOf(mapping, row),
  };
}

function lineClaimsOf(mapping: FileMapping, row: LineRow): Claims {
  const { values } = row;
  return {
    code: values.line_code || null,
    clickIds: clickIdsIn(values.line_click_ids),
    linkSlug: values.line_link || null,
    clickedAt: values.line_clicked_at === '' ? null : instantOfRow(mapping, row, 'line_clicked_at'),
  };
}

function refundLineOf({ values }: LineRow): RefundLine {
  const quantity = inField('quantity', () => quantityOf(values.quantity));
  return { lineId: values.line_id || null, sku: values.sku || null, quantity };
}

/** Minor units in the row's currency; empty is zero. */
function amountIn(mapping: FileMapping, { values }: LineRow, field: LineField): bigint {
  if (values[field] === '') return 0n;
  return inField(field, () => amountOf(mapping, values[field], values.currency, false));
}

function instantOfRow(mapping: FileMapping, { values }: LineRow, field: LineField): Date {
  return inField(field, () => instantIn(mapping, field, values[field]));
}

function truthOf(text: string): boolean {
  const lower = text.toLowerCase();
  if (['', 'no', 'false', '0'].includes(lower)) return false;
  if (['yes', 'true', '1'].includes(lower)) return true;
  throw new InvalidInput('full_refund', 'Write yes or no.');
}
