import type { StoredFile } from '../application/files/file';
import { kindOf } from '../domain/file';

/** A row of deals.files whose bytes are stored, by itself or as JSON in the row of its version. */
export interface FileRow {
  readonly id: string;
  readonly deal_id: string;
  readonly name: string;
  readonly type: string;
  readonly size_bytes: number | string;
  readonly sha256: string;
  readonly stored_at: Date | string;
}

export const FILE_COLUMNS = `file.id, file.deal_id, file.name, file.type, file.size_bytes,
  encode(file.sha256, 'hex') as sha256, file.stored_at`;

/** The files of a row of deals.deliverable_versions called `version`. */
export const FILES_OF_VERSION = `coalesce((
  select jsonb_agg(to_jsonb(held) order by held.position)
  from (select ${FILE_COLUMNS}, file.position from deals.files as file
        where file.deliverable_id = version.deliverable_id and file.version_number = version.number) as held), '[]')`;

export function toStoredFile(row: FileRow): StoredFile {
  return {
    id: row.id,
    dealId: row.deal_id,
    name: row.name,
    type: row.type,
    kind: kindOf(row.type),
    sizeBytes: Number(row.size_bytes),
    sha256: row.sha256,
    storedAt: new Date(row.stored_at),
  };
}
