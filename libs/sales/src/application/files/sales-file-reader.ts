import type { FileMapping } from '../../domain/file-mapping';
import type { RefundEvent, SaleEvent } from '../../domain/sale-event';

/** A row by the file's own names of the columns that its mapping reads; other columns are neither read nor kept. */
export interface FileRow {
  /** Counts from 1, the header included; of JSON the position of the object. */
  readonly line: number;
  readonly values: Readonly<Record<string, string>>;
}

/** A value in a file as a person corrects it. */
export interface RowCorrection {
  readonly line: number;
  readonly column: string;
  readonly value: string;
}

export interface ReadRow<Event> {
  readonly line: number;
  readonly event: Event;
}

/** Rows that are no sale and no refund, and why: those of one order together. */
export interface BadRow {
  readonly line: number;
  /** The file's name of the column at fault; null where it is the row as a whole. */
  readonly column: string | null;
  readonly code: string;
  readonly message: string;
  readonly externalId: string | null;
  readonly records: readonly FileRow[];
}

/** What rows tell. */
export interface FileChunk {
  /** Rows of the file up to the end of this chunk. */
  readonly rowsRead: number;
  readonly sales: readonly ReadRow<SaleEvent>[];
  readonly refunds: readonly ReadRow<RefundEvent>[];
  readonly badRows: readonly BadRow[];
  /** Rows left out by their status. */
  readonly ignored: number;
}

/** What a first look through the whole file found. */
export interface FileSurvey {
  readonly rows: number;
  /** Orders whose rows do not stand together: how {@link FileChunk}s are cut would decide what they are. */
  readonly apart: ReadonlySet<number>;
}

/** Reads files of sales piece by piece, never as a whole. */
export abstract class SalesFileReader {
  /** Throws `UnreadableSalesFile` where the file as a whole makes no sense. */
  abstract survey(mapping: FileMapping, source: string, bytes: AsyncIterable<Buffer>): Promise<FileSurvey>;

  /** The chunks after the first `rowsRead` rows, always cut alike. `source`: of rows that name none. */
  abstract chunks(
    mapping: FileMapping,
    source: string,
    bytes: AsyncIterable<Buffer>,
    survey: FileSurvey,
    rowsRead: number,
  ): AsyncIterable<FileChunk>;

  /** Rows by themselves, such as those that a person corrected. */
  abstract readRows(mapping: FileMapping, source: string, rows: readonly FileRow[]): FileChunk;
}
