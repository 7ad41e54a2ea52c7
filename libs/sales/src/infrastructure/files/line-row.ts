import type { FileRow } from '../../application/files/sales-file-reader';
import { LINE_FIELDS, type LineField } from '../../domain/file-mapping';
import type { FileColumns } from './file-columns';

/** A row of our own form by field; a field the file does not have is empty. */
export interface LineRow {
  readonly line: number;
  readonly values: Readonly<Record<LineField, string>>;
  readonly record: FileRow;
}

export function lineRowOf(columns: FileColumns, record: FileRow): LineRow {
  const values = Object.fromEntries(LINE_FIELDS.map((field) => [field, columns.valueOf(record, field)]));
  return {
    line: record.line,
    values: { ...(values as Record<LineField, string>), currency: columns.currencyOf(record) },
    record,
  };
}

/** What the rows of one order share; null where a row is an order of its own. */
export function orderKeyOf(row: LineRow, defaultSource: string): string | null {
  return keyOf((field) => row.values[field], defaultSource);
}

/** The same of a record that is not read yet. */
export function orderKeyIn(columns: FileColumns, values: readonly string[], defaultSource: string): string | null {
  return keyOf((field) => columns.cellOf(values, field), defaultSource);
}

function keyOf(cell: (field: LineField) => string, defaultSource: string): string | null {
  if (cell('line_id') === '') return null;
  return JSON.stringify([cell('type').toLowerCase() || 'sale', cell('source') || defaultSource, cell('external_id')]);
}
