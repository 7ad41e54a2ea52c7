import { createHash } from 'node:crypto';
import type { BadRow, FileChunk, FileRow, FileSurvey, ReadRow } from '../../application/files/sales-file-reader';
import { reasonOf } from '../../application/prepared-event';
import type { RefundEvent, SaleEvent } from '../../domain/sale-event';
import { CellProblem } from './cells';
import type { CsvRecord } from './csv-records';
import { refundOfRows, RowProblem, saleOfRows } from './events-of-lines';
import type { FileColumns } from './file-columns';
import { groupLines, kept } from './group-lines';
import { type LineRow, lineRowOf, orderKeyIn, orderKeyOf } from './line-row';
import { readTransaction } from './read-transactions';

type Told = Omit<FileChunk, 'rowsRead'>;

/** What records of a CSV file tell; every bad row is told with its line, the good ones are read. */
export function readRecords(
  columns: FileColumns,
  source: string,
  records: readonly CsvRecord[],
  { apart }: Pick<FileSurvey, 'apart'>,
): Told {
  const bad: BadRow[] = [];
  const rows: FileRow[] = [];
  for (const record of records) {
    const fault = faultOf(columns, record);
    if (fault) bad.push(fault);
    else rows.push(columns.rowOf(record.values, record.line));
  }
  const told = readFileRows(columns, source, rows, apart);
  return { ...told, badRows: [...bad, ...told.badRows].sort((left, right) => left.line - right.line) };
}

export function readFileRows(
  columns: FileColumns,
  source: string,
  rows: readonly FileRow[],
  apart: ReadonlySet<number>,
): Told {
  if (columns.mapping.style === 'transactions') return readTransactions(columns, source, rows);
  return readLines(columns, source, rows, apart);
}

/** One number for the rows of an order, in a file of any size; null for a row that is an order of its own. */
export function orderNumberOf(columns: FileColumns, source: string, { values }: CsvRecord): number | null {
  if (columns.mapping.style !== 'lines' || !columns.isWhole(values)) return null;
  const key = orderKeyIn(columns, values, source);
  return key === null ? null : hashOf(key);
}

/** 48 bits: two of ten million orders have the same number once in six runs, and then wait for a person. */
function hashOf(key: string): number {
  return createHash('sha256').update(key).digest().readUIntBE(0, 6);
}

function faultOf(columns: FileColumns, { values, line, isCutShort }: CsvRecord): BadRow | null {
  const whole = { line, column: null, externalId: null };
  if (isCutShort) {
    const message = 'A quote opens here and is never closed: nothing from this line on is read.';
    return { ...whole, code: 'QUOTE_NOT_CLOSED', message, records: [] };
  }
  if (columns.isWhole(values)) return null;
  const message = columns.widthText(values);
  return { ...whole, code: 'WRONG_NUMBER_OF_VALUES', message, records: [columns.rowOf(values, line)] };
}

function readTransactions(columns: FileColumns, source: string, rows: readonly FileRow[]): Told {
  const sales: ReadRow<SaleEvent>[] = [];
  const refunds: ReadRow<RefundEvent>[] = [];
  const badRows: BadRow[] = [];
  let ignored = 0;
  for (const row of rows) {
    const { line } = row;
    try {
      const told = readTransaction(columns, row, source);
      if (told.as === 'sale') sales.push({ line, event: told.event });
      else if (told.as === 'refund') refunds.push({ line, event: told.event });
      else ignored += 1;
    } catch (error) {
      const externalId = columns.valueOf(row, 'external_id') || null;
      badRows.push({ line, ...faultIn(columns, error), externalId, records: [row] });
    }
  }
  return { sales, refunds, badRows, ignored };
}

function readLines(columns: FileColumns, source: string, rows: readonly FileRow[], apart: ReadonlySet<number>): Told {
  const badRows: BadRow[] = [];
  const lines = rows.map((row) => lineRowOf(columns, row));
  const { groups, bad } = groupLines(
    lines.filter((row) => !isApart(row, source, apart, badRows)),
    source,
  );
  badRows.push(...bad);
  const sales: ReadRow<SaleEvent>[] = [];
  const refunds: ReadRow<RefundEvent>[] = [];
  for (const { kind, rows: own, source: ownSource } of groups) {
    const line = own[0]?.line ?? 0;
    try {
      if (kind === 'sale') sales.push({ line, event: saleOfRows(columns.mapping, own, ownSource) });
      else refunds.push({ line, event: refundOfRows(columns.mapping, own, ownSource) });
    } catch (error) {
      if (!(error instanceof RowProblem)) throw error;
      badRows.push({ line: error.line, ...faultIn(columns, error.cause), ...kept(own) });
    }
  }
  return { sales, refunds, badRows: badRows.sort((left, right) => left.line - right.line), ignored: 0 };
}

function isApart(row: LineRow, source: string, apart: ReadonlySet<number>, badRows: BadRow[]): boolean {
  const key = apart.size === 0 ? null : orderKeyOf(row, source);
  if (key === null || !apart.has(hashOf(key))) return false;
  const message =
    'The rows of this order stand far apart in the file, so the order is left out: sort the file by order.';
  badRows.push({ line: row.line, column: 'external_id', code: 'ROWS_APART', message, ...kept([row]) });
  return true;
}

function faultIn(columns: FileColumns, error: unknown): Pick<BadRow, 'column' | 'code' | 'message'> {
  if (error instanceof CellProblem) return { column: columns.nameOf(error.field) ?? error.field, ...error.reason };
  return { column: null, ...reasonOf(error) };
}
