import type { Info } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import type { BadRow, SalesFileContent } from '../../application/sales-file-reader';
import { reasonOf } from '../../application/prepared-event';
import { UnreadableSalesFile } from '../../domain/errors';
import { CSV_COLUMNS, type CsvRow, REQUIRED_COLUMNS } from './csv-row';
import { groupRows, type RowGroup } from './group-rows';
import { refundOfRows, RowProblem, saleOfRows } from './events-of-rows';

/** Reads the CSV described in this library's README. Every bad row is told with its line; the good ones are read. */
export function readCsv(text: string, source: string): SalesFileContent {
  const badRows: BadRow[] = [];
  const rows = rowsOf(text, badRows);
  const { groups, bad } = groupRows(rows, source);
  badRows.push(...bad);
  const sales = eventsOf(groups, 'sale', saleOfRows, badRows);
  const refunds = eventsOf(groups, 'refund', refundOfRows, badRows);
  return { sales, refunds, badRows: badRows.sort((left, right) => left.line - right.line) };
}

interface ParsedRecord {
  readonly record: readonly string[];
  readonly info: Info;
}

function rowsOf(text: string, badRows: BadRow[]): CsvRow[] {
  let isCutShort = false;
  const parsed = parse(text, {
    bom: true,
    delimiter: delimiterOf(text),
    info: true,
    relax_column_count: true,
    // A stray quote is part of its value, which then fails by itself where it matters.
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: () => {
      isCutShort = true;
    },
  }) as unknown as ParsedRecord[];
  const [header, ...records] = parsed;
  const names = columnNames(header?.record ?? []);
  if (isCutShort) {
    const line = (parsed.at(-1)?.info.lines ?? 0) + 1;
    const message = 'A quote opens here and is never closed: nothing from this line on is read.';
    badRows.push({ line, code: 'QUOTE_NOT_CLOSED', message });
  }
  return records.flatMap(({ record, info }) => {
    if (record.length === names.length) return [rowOf(names, record, info.lines)];
    const message = `This row has ${record.length} values, the header names ${names.length}.`;
    badRows.push({ line: info.lines, code: 'WRONG_NUMBER_OF_VALUES', message });
    return [];
  });
}

function columnNames(header: readonly string[]): readonly string[] {
  const names = header.map((name) => name.trim().toLowerCase().replaceAll(' ', '_'));
  const missing = REQUIRED_COLUMNS.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    throw new UnreadableSalesFile(`The header lacks: ${missing.join(', ')}.`, { missing });
  }
  const twice = CSV_COLUMNS.filter((column) => names.indexOf(column) !== names.lastIndexOf(column));
  if (twice.length > 0) throw new UnreadableSalesFile(`The header names twice: ${twice.join(', ')}.`, { twice });
  return names;
}

function rowOf(names: readonly string[], record: readonly string[], line: number): CsvRow {
  const value = (column: string) => record[names.indexOf(column)]?.trim() ?? '';
  const values = Object.fromEntries(CSV_COLUMNS.map((column) => [column, value(column)]));
  return { line, values } as CsvRow;
}

/** Spreadsheets of many countries write semicolons, some tabs; the header tells. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/u));
  const [most] = [',', ';', '\t'].sort((left, right) => header.split(right).length - header.split(left).length);
  return most ?? ',';
}

function eventsOf<Event>(
  groups: readonly RowGroup[],
  kind: 'sale' | 'refund',
  eventOf: (rows: readonly CsvRow[], source: string) => Event,
  badRows: BadRow[],
): { readonly line: number; readonly event: Event }[] {
  return groups.flatMap(({ kind: own, rows, source }) => {
    const line = rows[0]?.line ?? 0;
    if (own !== kind) return [];
    try {
      return [{ line, event: eventOf(rows, source) }];
    } catch (error) {
      badRows.push(error instanceof RowProblem ? error.badRow : { line, ...reasonOf(error) });
      return [];
    }
  });
}
