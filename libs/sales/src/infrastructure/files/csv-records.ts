import { Readable } from 'node:stream';
import { type Info, parse } from 'csv-parse';
import { UnreadableSalesFile } from '../../domain/errors';

/** A record of a CSV file; `line` is the one it ends on. */
export interface CsvRecord {
  readonly values: readonly string[];
  readonly line: number;
  /** True for what follows a quote that is never closed: nothing more can be told of it. */
  readonly isCutShort: boolean;
}

/** No record is longer; a quote that is never closed would take in the rest of the file. */
const MAX_RECORD_CHARACTERS = 1_000_000;
const MAX_HEADER_CHARACTERS = 100_000;

interface Parsed {
  readonly record: readonly string[];
  readonly info: Info;
}

/** The records of a CSV file, the header first. Throws `UnreadableSalesFile` for what is no text. */
export async function* csvRecords(bytes: AsyncIterable<Buffer>): AsyncGenerator<CsvRecord> {
  const { head, rest } = await withHead(textOf(bytes));
  let isCutShort = false;
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(head),
    info: true,
    relax_column_count: true,
    // A stray quote is part of its value, which then fails by itself where it matters.
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: MAX_RECORD_CHARACTERS,
    on_skip: () => {
      isCutShort = true;
    },
  });
  const source = Readable.from(rest);
  // `pipe` does not pass errors on.
  source.on('error', (error) => parser.destroy(error));
  let line = 0;
  try {
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<Parsed>) {
      line = info.lines;
      yield { values: record, line, isCutShort: false };
    }
  } catch (error) {
    if (!isError(error, 'CSV_MAX_RECORD_SIZE')) throw error;
    isCutShort = true;
  } finally {
    source.destroy();
  }
  if (isCutShort) yield { values: [], line: line + 1, isCutShort: true };
}

function isError(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}

/** UTF-8, or UTF-16 where the byte-order mark says so, as spreadsheets write "Unicode text". */
async function* textOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  try {
    for await (const chunk of bytes) {
      decoder ??= new TextDecoder(chunk[0] === 0xff && chunk[1] === 0xfe ? 'utf-16le' : 'utf-8', { fatal: true });
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder?.decode() ?? '';
  } catch (error) {
    if (isError(error, 'ERR_ENCODING_INVALID_ENCODED_DATA'))
      throw new UnreadableSalesFile('The file is not UTF-8 text.');
    throw error;
  }
}

/** The text again, and what it begins with: at least its first line, where that is no longer than any header. */
async function withHead(text: AsyncGenerator<string>) {
  let head = '';
  for (let next = await text.next(); !next.done; next = await text.next()) {
    head += next.value;
    if (/[\r\n]/u.test(head) || head.length > MAX_HEADER_CHARACTERS) break;
  }
  async function* rest() {
    yield head;
    yield* text;
  }
  return { head, rest: rest() };
}

/** Spreadsheets of many countries write semicolons, some tabs; the header tells. */
function delimiterOf(head: string): string {
  const header = head.slice(0, head.search(/[\r\n]|$/u));
  const [most] = [',', ';', '\t'].sort((left, right) => header.split(right).length - header.split(left).length);
  return most ?? ',';
}
