import { Injectable } from '@nestjs/common';
import {
  type FileChunk,
  type FileRow,
  type FileSurvey,
  SalesFileReader,
} from '../../application/files/sales-file-reader';
import { UnreadableSalesFile } from '../../domain/errors';
import type { FileMapping } from '../../domain/file-mapping';
import { readShopify } from '../shopify/read-shopify';
import { type CsvRecord, csvRecords } from './csv-records';
import { FileColumns } from './file-columns';
import { NumberSet } from './number-set';
import { orderNumberOf, readFileRows, readRecords } from './read-csv-rows';

/** Rows of a chunk, whose events are recorded in one transaction; the last order in it is read to its end. */
const CHUNK_ROWS = 1_000;
/** No order has so many lines: what claims to is cut, and refused. */
const MOST_ROWS = 5_000;
/** JSON is read as a whole. */
const MAX_JSON_BYTES = 32 * 1024 * 1024;
const NONE: ReadonlySet<number> = new Set();

@Injectable()
export class SalesFileReaders extends SalesFileReader {
  override async survey(mapping: FileMapping, source: string, bytes: AsyncIterable<Buffer>): Promise<FileSurvey> {
    if (mapping.style === 'shopify') return { rows: shopifyRows(await jsonText(bytes)), apart: NONE };
    const ended = new NumberSet();
    const apart = new Set<number>();
    let last: number | null = null;
    let rows = 0;
    for await (const { columns, record } of recordsOf(mapping, bytes)) {
      rows += 1;
      const order = orderNumberOf(columns, source, record);
      if (order === last) continue;
      if (last !== null) ended.add(last);
      if (order !== null && ended.has(order)) apart.add(order);
      last = order;
    }
    return { rows, apart: rows <= CHUNK_ROWS ? NONE : apart };
  }

  override async *chunks(
    mapping: FileMapping,
    source: string,
    bytes: AsyncIterable<Buffer>,
    { apart }: FileSurvey,
    rowsRead: number,
  ): AsyncGenerator<FileChunk> {
    if (mapping.style === 'shopify') {
      const text = await jsonText(bytes);
      if (rowsRead < shopifyRows(text)) yield { rowsRead: shopifyRows(text), ...shopifyEvents(text, source) };
      return;
    }
    let columns: FileColumns | undefined;
    let chunk: CsvRecord[] = [];
    let row = 0;
    let last: number | null = null;
    for await (const found of recordsOf(mapping, bytes)) {
      ({ columns } = found);
      row += 1;
      if (row <= rowsRead) continue;
      const order = orderNumberOf(columns, source, found.record);
      const isBetweenOrders = order === null || order !== last;
      if (chunk.length >= (isBetweenOrders ? CHUNK_ROWS : MOST_ROWS)) {
        yield { rowsRead: row - 1, ...readRecords(columns, source, chunk, { apart }) };
        chunk = [];
      }
      chunk.push(found.record);
      last = order;
    }
    if (columns && chunk.length > 0) yield { rowsRead: row, ...readRecords(columns, source, chunk, { apart }) };
  }

  override readRows(mapping: FileMapping, source: string, rows: readonly FileRow[]): FileChunk {
    const names = [...new Set(rows.flatMap((row) => Object.keys(row.values)))];
    if (mapping.style === 'shopify' || names.length === 0) {
      throw new UnreadableSalesFile('Nothing is kept of these rows: send the file again.');
    }
    const columns = FileColumns.of(mapping, names);
    return { rowsRead: rows.length, ...readFileRows(columns, source, rows, NONE) };
  }
}

async function* recordsOf(
  mapping: FileMapping,
  bytes: AsyncIterable<Buffer>,
): AsyncGenerator<{ readonly columns: FileColumns; readonly record: CsvRecord }> {
  let columns: FileColumns | undefined;
  for await (const record of csvRecords(bytes)) {
    if (columns) yield { columns, record };
    else columns = FileColumns.of(mapping, record.values);
  }
  // An empty file lacks every column.
  if (!columns) FileColumns.of(mapping, []);
}

function shopifyEvents(text: string, source: string): Omit<FileChunk, 'rowsRead'> {
  const { sales, refunds, badRows } = readShopify(text, source);
  // What Shopify's objects say of customers is not kept, and so nothing of what is bad.
  const whole = { column: null, externalId: null, records: [] };
  return { sales, refunds, badRows: badRows.map((bad) => ({ ...bad, ...whole })), ignored: 0 };
}

function shopifyRows(text: string): number {
  const { sales, refunds, badRows } = readShopify(text, 'shopify');
  return [...sales, ...refunds, ...badRows].reduce((most, { line }) => Math.max(most, line), 0);
}

async function jsonText(bytes: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size > MAX_JSON_BYTES) throw new UnreadableSalesFile('A file of JSON is read as a whole: at most 32 MB.');
    pieces.push(piece);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces));
  } catch {
    throw new UnreadableSalesFile('The file is not UTF-8 text.');
  }
}
