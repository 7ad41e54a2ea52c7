import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import {
  decodeCursor,
  type Page,
  pageOf,
  type PageRequest,
  systemActor,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { FieldCipher, managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import {
  type ImportRow,
  ImportStore,
  type NewImport,
  type RowToMend,
  type SalesImport,
  type StoredFile,
} from '../../application/files/import-store';
import type { BadRow, FileRow } from '../../application/files/sales-file-reader';
import {
  type ImportFileRow,
  importOf,
  type ImportRowRow,
  importRowOf,
  type RowToMendRow,
  rowToMendOf,
} from './import-rows';

const READER = systemActor('read import');
const compress = promisify(gzip);
const decompress = promisify(gunzip);

type Key = Pick<SalesImport, 'brandId' | 'importId'>;

@Injectable()
export class TypeormImportStore extends ImportStore {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly cipher: FieldCipher,
  ) {
    super();
  }

  override async add(tx: Transaction, given: NewImport): Promise<void> {
    await managerOf(tx).query(
      `insert into sales.imports (brand_id, import_id, file_name, mapping_name, mapping, source, dry_run, created_at, created_by, due_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8)`,
      [
        given.brandId,
        given.importId,
        given.fileName,
        given.mappingName,
        JSON.stringify(given.mapping),
        given.source,
        given.dryRun,
        given.createdAt,
        given.createdBy,
      ],
    );
  }

  override async addPart(tx: Transaction, given: NewImport, partNumber: number, bytes: Buffer): Promise<void> {
    const { brandId, importId } = given;
    const packed = (await compress(bytes)).toString('base64');
    await managerOf(tx).query(
      'insert into sales.import_parts (brand_id, import_id, part_number, sealed) values ($1, $2, $3, $4)',
      [brandId, importId, partNumber, this.cipher.seal(packed, contextOf(brandId, importId, partNumber))],
    );
  }

  override async received(tx: Transaction, given: NewImport, file: StoredFile): Promise<SalesImport | null> {
    const { brandId, importId, dryRun } = given;
    const digest = Buffer.from(file.sha256, 'hex');
    // Two that receive the same file at once: one of them waits here for what the other becomes.
    await managerOf(tx).query('select pg_advisory_xact_lock(hashtextextended($1, 53))', [`${brandId} ${file.sha256}`]);
    if (!dryRun) {
      const [same] = await managerOf(tx).query<ImportFileRow[]>(
        `select * from sales.imports
         where brand_id = $1 and content_sha256 = $2 and source = $3 and mapping = $4::jsonb and not dry_run
           and state in ('waiting', 'running', 'done')`,
        [brandId, digest, given.source, JSON.stringify(given.mapping)],
      );
      if (same) return importOf(same);
    }
    await managerOf(tx).query(
      `update sales.imports set state = 'waiting', size_bytes = $3, content_sha256 = $4
       where brand_id = $1 and import_id = $2`,
      [brandId, importId, file.sizeBytes, digest],
    );
    return null;
  }

  override async remove(tx: Transaction, brandId: string, importId: string, whole: boolean): Promise<void> {
    const key = [brandId, importId];
    await managerOf(tx).query('delete from sales.import_parts where brand_id = $1 and import_id = $2', key);
    if (!whole) return;
    await managerOf(tx).query(
      `delete from sales.imports where brand_id = $1 and import_id = $2 and state = 'receiving'`,
      key,
    );
  }

  override async *bytesOf(brandId: string, importId: string): AsyncGenerator<Buffer> {
    for (let partNumber = 1; ; partNumber += 1) {
      const [part] = await this.uow.read(READER, (tx) =>
        managerOf(tx).query<{ sealed: string }[]>(
          'select sealed from sales.import_parts where brand_id = $1 and import_id = $2 and part_number = $3',
          [brandId, importId, partNumber],
        ),
      );
      if (!part) return;
      const packed = this.cipher.open(part.sealed, contextOf(brandId, importId, partNumber));
      yield await decompress(Buffer.from(packed, 'base64'));
    }
  }

  override async find(tx: Transaction, importId: string): Promise<SalesImport | null> {
    const rows = await managerOf(tx).query<ImportFileRow[]>('select * from sales.imports where import_id = $1', [
      importId,
    ]);
    return firstOrNull(rows.map(importOf));
  }

  override async lock(tx: Transaction, brandId: string, importId: string): Promise<SalesImport | null> {
    const rows = await managerOf(tx).query<ImportFileRow[]>(
      'select * from sales.imports where brand_id = $1 and import_id = $2 for update',
      [brandId, importId],
    );
    return firstOrNull(rows.map(importOf));
  }

  override async save(tx: Transaction, changed: SalesImport): Promise<void> {
    await managerOf(tx).query(
      `update sales.imports set state = $3, rows_total = $4, rows_read = $5, sales_recorded = $6, refunds_recorded = $7,
         known_before = $8, unattributed = $9, parked = $10, refused = $11, bad_rows = $12, ignored = $13,
         reason_code = $14, reason = $15, finished_at = $16, attempts = $17, due_at = $18
       where brand_id = $1 and import_id = $2`,
      [
        changed.brandId,
        changed.importId,
        changed.state,
        changed.rowsTotal,
        changed.rowsRead,
        changed.salesRecorded,
        changed.refundsRecorded,
        changed.knownBefore,
        changed.unattributed,
        changed.parked,
        changed.refused,
        changed.badRows,
        changed.ignored,
        changed.reason?.code ?? null,
        changed.reason?.message ?? null,
        changed.finishedAt,
        changed.attempts,
        changed.dueAt,
      ],
    );
  }

  override async addRows(tx: Transaction, of: SalesImport, rows: readonly ImportRow[], at: Date): Promise<void> {
    if (rows.length === 0) return;
    const stored = rows.map(({ records, reason, ...row }) => {
      return { ...row, records: JSON.stringify(records), code: reason.code, message: reason.message };
    });
    await managerOf(tx).query(
      `insert into sales.import_rows (brand_id, row_id, import_id, line, column_name, outcome, source, external_id, records,
         reason_code, reason, is_dry_run, received_at, decided_at)
       select $1, "rowId", $2, line, "column", outcome, source, "externalId", records, code, message, $3, $4, $4
       from jsonb_to_recordset($5::jsonb) as bad ("rowId" uuid, line integer, "column" text, outcome text, source text,
         "externalId" text, records text, code text, message text)`,
      [of.brandId, of.importId, of.dryRun, at, JSON.stringify(stored)],
    );
  }

  override async page(tx: Transaction, brandId: string, page: PageRequest): Promise<Page<SalesImport>> {
    const [createdAt = null, importId = null] = page.after === null ? [] : decodeCursor(page.after, 2);
    const rows = await managerOf(tx).query<ImportFileRow[]>(
      `select * from sales.imports
       where brand_id = $1 and ($2::timestamptz is null or (created_at, import_id) < ($2, $3::uuid))
       order by created_at desc, import_id desc limit $4`,
      [brandId, createdAt, importId, page.first + 1],
    );
    const count = await countOf(tx, 'from sales.imports where brand_id = $1', [brandId]);
    return pageOf(rows.map(importOf), page, count, (found) => [found.createdAt.toISOString(), found.importId]);
  }

  override async rowPage(tx: Transaction, of: SalesImport, page: PageRequest): Promise<Page<ImportRow>> {
    const [line = null, rowId = null] = page.after === null ? [] : decodeCursor(page.after, 2);
    const key = [of.brandId, of.importId];
    const rows = await managerOf(tx).query<ImportRowRow[]>(
      `select * from sales.import_rows
       where brand_id = $1 and import_id = $2 and ($3::integer is null or (line, row_id) > ($3, $4::uuid))
       order by line, row_id limit $5`,
      [...key, line, rowId, page.first + 1],
    );
    const count = await countOf(tx, 'from sales.import_rows where brand_id = $1 and import_id = $2', key);
    return pageOf(rows.map(importRowOf), page, count, (row) => [`${row.line}`, row.rowId]);
  }

  override async due(tx: Transaction, now: Date, limit: number): Promise<readonly Key[]> {
    return managerOf(tx).query<Key[]>(
      `select brand_id as "brandId", import_id as "importId" from sales.imports
       where state in ('waiting', 'running') and due_at <= $1 order by due_at limit $2`,
      [now, limit],
    );
  }

  override async abandoned(tx: Transaction, before: Date): Promise<readonly Key[]> {
    return managerOf(tx).query<Key[]>(
      `select brand_id as "brandId", import_id as "importId" from sales.imports
       where state = 'receiving' and created_at < $1`,
      [before],
    );
  }

  override async rowsToMend(
    tx: Transaction,
    brandId: string,
    rowIds: readonly string[],
  ): Promise<readonly RowToMend[]> {
    const rows = await managerOf(tx).query<RowToMendRow[]>(
      `select bad.*, file.mapping from sales.import_rows bad
       join sales.imports file on file.brand_id = bad.brand_id and file.import_id = bad.import_id
       where bad.brand_id = $1 and bad.row_id = any ($2::uuid[]) and bad.outcome = 'unreadable' and not bad.is_dry_run
         and bad.state <> 'mended'
       order by bad.row_id for update of bad`,
      [brandId, rowIds],
    );
    return rows.map(rowToMendOf);
  }

  override async saveMendedRecords(
    tx: Transaction,
    brandId: string,
    rowId: string,
    records: readonly FileRow[],
    at: Date,
  ): Promise<void> {
    await managerOf(tx).query(
      'update sales.import_rows set mended_records = $3, decided_at = $4 where brand_id = $1 and row_id = $2',
      [brandId, rowId, JSON.stringify(records), at],
    );
  }

  override async decideRow(
    tx: Transaction,
    brandId: string,
    rowId: string,
    bad: BadRow | null,
    at: Date,
  ): Promise<void> {
    await managerOf(tx).query(
      `update sales.import_rows set state = $3, decided_at = $4, column_name = coalesce($5, column_name),
         reason_code = coalesce($6, reason_code), reason = coalesce($7, reason)
       where brand_id = $1 and row_id = $2`,
      [brandId, rowId, bad ? 'open' : 'mended', at, bad?.column ?? null, bad?.code ?? null, bad?.message ?? null],
    );
  }
}

async function countOf(tx: Transaction, from: string, parameters: readonly unknown[]): Promise<number> {
  const [row] = await managerOf(tx).query<{ count: number }[]>(`select count(*)::integer as count ${from}`, [
    ...parameters,
  ]);
  return row?.count ?? 0;
}

function firstOrNull<T>([first]: readonly T[]): T | null {
  return first ?? null;
}

export function contextOf(brandId: string, importId: string, partNumber: number): string {
  return `sales.import_parts/${brandId}/${importId}/${partNumber}`;
}
