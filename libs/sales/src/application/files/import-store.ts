import type { Page, PageRequest, Transaction } from '@evenhand/kernel';
import type { FileMapping } from '../../domain/file-mapping';
import type { IntakeReason } from '../results';
import type { BadRow, FileRow } from './sales-file-reader';

/** `receiving` while its bytes come; `waiting` and `running` until every row is read. */
export type ImportState = 'receiving' | 'waiting' | 'running' | 'done' | 'failed';

/** What became of a file's rows so far; orders of several rows count once. */
export interface ImportCounts {
  readonly rowsRead: number;
  readonly salesRecorded: number;
  readonly refundsRecorded: number;
  /** Sales and refunds that were recorded before. */
  readonly knownBefore: number;
  readonly unattributed: number;
  /** Refunds that wait for their sale. */
  readonly parked: number;
  readonly refused: number;
  readonly badRows: number;
  /** Rows left out by their status. */
  readonly ignored: number;
}

export interface SalesImport extends ImportCounts {
  readonly importId: string;
  readonly brandId: string;
  readonly fileName: string;
  readonly mappingName: string;
  readonly mapping: FileMapping;
  readonly source: string;
  readonly dryRun: boolean;
  readonly state: ImportState;
  readonly sizeBytes: number;
  /** How often it could not be read since it last came further; it is not tried again before `dueAt`. */
  readonly attempts: number;
  readonly dueAt: Date;
  /** Null until they are counted. */
  readonly rowsTotal: number | null;
  /** Why it failed. */
  readonly reason: IntakeReason | null;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly finishedAt: Date | null;
}

export type NewImport = Pick<
  SalesImport,
  'importId' | 'brandId' | 'fileName' | 'mappingName' | 'mapping' | 'source' | 'dryRun' | 'createdAt' | 'createdBy'
>;

/** A row of a file that was not recorded: no sale and no refund, or one that is refused or waits. */
export interface ImportRow {
  readonly rowId: string;
  readonly importId: string;
  readonly line: number;
  readonly column: string | null;
  readonly outcome: 'unreadable' | 'refused' | 'unattributed' | 'parked';
  readonly source: string;
  readonly externalId: string | null;
  /** Of unreadable ones, as they came. */
  readonly records: readonly FileRow[];
  readonly reason: IntakeReason;
}

/** A row that waits for a person, with how to read it. */
export interface RowToMend extends ImportRow {
  readonly mapping: FileMapping;
  /** As people mended them; null where nobody did. */
  readonly mendedRecords: readonly FileRow[] | null;
}

export interface StoredFile {
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Files of sales, their bytes and what became of their rows. Writes need the system's rights. */
export abstract class ImportStore {
  abstract add(tx: Transaction, given: NewImport): Promise<void>;

  abstract addPart(tx: Transaction, given: NewImport, partNumber: number, bytes: Buffer): Promise<void>;

  /**
   * Makes a file that is received wait for its turn, or answers the import that the same bytes by the same mapping are
   * already, in which case nothing is changed.
   */
  abstract received(tx: Transaction, given: NewImport, file: StoredFile): Promise<SalesImport | null>;

  /** Removes the bytes, and with `whole` the import that they never became. */
  abstract remove(tx: Transaction, brandId: string, importId: string, whole: boolean): Promise<void>;

  /** The bytes as they came, piece by piece. */
  abstract bytesOf(brandId: string, importId: string): AsyncIterable<Buffer>;

  /** Null where there is none that `tx` may see. */
  abstract find(tx: Transaction, importId: string): Promise<SalesImport | null>;

  /** Locked until the transaction ends. */
  abstract lock(tx: Transaction, brandId: string, importId: string): Promise<SalesImport | null>;

  abstract save(tx: Transaction, changed: SalesImport): Promise<void>;

  abstract addRows(tx: Transaction, of: SalesImport, rows: readonly ImportRow[], at: Date): Promise<void>;

  /** Newest first. */
  abstract page(tx: Transaction, brandId: string, page: PageRequest): Promise<Page<SalesImport>>;

  /** By line. */
  abstract rowPage(tx: Transaction, of: SalesImport, page: PageRequest): Promise<Page<ImportRow>>;

  /** Imports whose turn it is, longest waiting first, over all brands. */
  abstract due(
    tx: Transaction,
    now: Date,
    limit: number,
  ): Promise<readonly Pick<SalesImport, 'brandId' | 'importId'>[]>;

  /** Imports that began to be received before the instant and never were. */
  abstract abandoned(tx: Transaction, before: Date): Promise<readonly Pick<SalesImport, 'brandId' | 'importId'>[]>;

  abstract rowsToMend(tx: Transaction, brandId: string, rowIds: readonly string[]): Promise<readonly RowToMend[]>;

  abstract saveMendedRecords(
    tx: Transaction,
    brandId: string,
    rowId: string,
    records: readonly FileRow[],
    at: Date,
  ): Promise<void>;

  /** Null `bad`: what the row tells is an event now. */
  abstract decideRow(tx: Transaction, brandId: string, rowId: string, bad: BadRow | null, at: Date): Promise<void>;
}
