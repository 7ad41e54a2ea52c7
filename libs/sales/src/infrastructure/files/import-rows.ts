import type { ImportRow, ImportState, RowToMend, SalesImport } from '../../application/files/import-store';
import type { FileRow } from '../../application/files/sales-file-reader';
import type { FileMapping } from '../../domain/file-mapping';

/** A row of sales.imports as `pg` gives it: bigint as text. */
export interface ImportFileRow {
  readonly brand_id: string;
  readonly import_id: string;
  readonly file_name: string;
  readonly mapping_name: string;
  readonly mapping: FileMapping;
  readonly source: string;
  readonly dry_run: boolean;
  readonly state: ImportState;
  readonly size_bytes: string;
  readonly attempts: number;
  readonly due_at: Date;
  readonly rows_total: number | null;
  readonly rows_read: number;
  readonly sales_recorded: number;
  readonly refunds_recorded: number;
  readonly known_before: number;
  readonly unattributed: number;
  readonly parked: number;
  readonly refused: number;
  readonly bad_rows: number;
  readonly ignored: number;
  readonly reason_code: string | null;
  readonly reason: string | null;
  readonly created_at: Date;
  readonly created_by: string | null;
  readonly finished_at: Date | null;
}

export interface ImportRowRow {
  readonly row_id: string;
  readonly import_id: string;
  readonly line: number;
  readonly column_name: string | null;
  readonly outcome: ImportRow['outcome'];
  readonly source: string;
  readonly external_id: string | null;
  readonly records: string;
  readonly reason_code: string;
  readonly reason: string;
}

export interface RowToMendRow extends ImportRowRow {
  readonly mended_records: string | null;
  readonly mapping: FileMapping;
}

export function importOf(row: ImportFileRow): SalesImport {
  return {
    importId: row.import_id,
    brandId: row.brand_id,
    fileName: row.file_name,
    mappingName: row.mapping_name,
    mapping: row.mapping,
    source: row.source,
    dryRun: row.dry_run,
    state: row.state,
    sizeBytes: Number(row.size_bytes),
    attempts: row.attempts,
    dueAt: row.due_at,
    rowsTotal: row.rows_total,
    rowsRead: row.rows_read,
    salesRecorded: row.sales_recorded,
    refundsRecorded: row.refunds_recorded,
    knownBefore: row.known_before,
    unattributed: row.unattributed,
    parked: row.parked,
    refused: row.refused,
    badRows: row.bad_rows,
    ignored: row.ignored,
    reason: row.reason_code === null ? null : { code: row.reason_code, message: row.reason ?? '' },
    createdAt: row.created_at,
    createdBy: row.created_by,
    finishedAt: row.finished_at,
  };
}

export function importRowOf(row: ImportRowRow): ImportRow {
  return {
    rowId: row.row_id,
    importId: row.import_id,
    line: row.line,
    column: row.column_name,
    outcome: row.outcome,
    source: row.source,
    externalId: row.external_id,
    records: JSON.parse(row.records) as FileRow[],
    reason: { code: row.reason_code, message: row.reason },
  };
}

export function rowToMendOf(row: RowToMendRow): RowToMend {
  const mendedRecords = row.mended_records === null ? null : (JSON.parse(row.mended_records) as FileRow[]);
  return { ...importRowOf(row), mapping: row.mapping, mendedRecords };
}
