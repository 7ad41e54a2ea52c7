import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import type { DealSummary } from '../application/deal-directory';
import { type BegunFile, type FileContent, FileRepository, type OwnFile } from '../application/files/file-repository';
import { FILE_COLUMNS, type FileRow, toStoredFile } from './file-row';

interface OwnFileRow extends FileRow {
  readonly begun_at: Date;
  readonly is_attached: boolean;
}

const OWN_FILES = `select ${FILE_COLUMNS}, file.begun_at, file.deliverable_id is not null as is_attached
  from deals.files as file where file.stored_at is not null`;

@Injectable()
export class SqlFileRepository extends FileRepository {
  override async countUnattached(tx: Transaction, userId: string): Promise<number> {
    await managerOf(tx).query('select pg_advisory_xact_lock(hashtextextended($1, 44))', [userId]);
    const rows: { files: number }[] = await managerOf(tx).query(
      'select count(*)::integer as files from deals.files where uploaded_by = $1 and deliverable_id is null',
      [userId],
    );
    return rows[0]?.files ?? 0;
  }

  override async begin(tx: Transaction, deal: DealSummary, { id, uploadedBy, begunAt }: BegunFile): Promise<void> {
    await managerOf(tx).query(
      `insert into deals.files (id, deal_id, brand_id, influencer_id, uploaded_by, begun_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [id, deal.id, deal.brandId, deal.influencerId, uploadedBy, begunAt],
    );
  }

  override async finish(tx: Transaction, fileId: string, content: FileContent): Promise<boolean> {
    const { name, type, sizeBytes, sha256, storedAt } = content;
    const [, finished]: [unknown, number] = await managerOf(tx).query(
      `update deals.files set name = $2, type = $3, size_bytes = $4, sha256 = decode($5, 'hex'), stored_at = $6
       where id = $1 and stored_at is null`,
      [fileId, name, type, sizeBytes, sha256, storedAt],
    );
    return finished === 1;
  }

  override async find(tx: Transaction, fileId: string): Promise<OwnFile | null> {
    const [row]: OwnFileRow[] = await managerOf(tx).query(`${OWN_FILES} and file.id = $1`, [fileId]);
    return row ? toOwnFile(row) : null;
  }

  override async lockOwn(
    tx: Transaction,
    dealId: string,
    userId: string,
    fileIds: readonly string[],
  ): Promise<readonly OwnFile[]> {
    // Row-level security locks for update only what may be updated: what is attached already is read beside it.
    await managerOf(tx).query('select from deals.files where id = any ($1) order by id for update', [fileIds]);
    const rows: OwnFileRow[] = await managerOf(tx).query(
      `${OWN_FILES} and file.id = any ($1) and file.deal_id = $2 and file.uploaded_by = $3`,
      [fileIds, dealId, userId],
    );
    return rows.map(toOwnFile);
  }

  override async attach(
    tx: Transaction,
    deliverableId: string,
    number: number,
    fileIds: readonly string[],
  ): Promise<void> {
    await managerOf(tx).query(
      `update deals.files as file set deliverable_id = $1, version_number = $2, position = wanted.position
       from unnest($3::uuid[]) with ordinality as wanted (id, position) where file.id = wanted.id`,
      [deliverableId, number, fileIds],
    );
  }

  override async lockUnattached(tx: Transaction, fileId: string): Promise<boolean> {
    const rows: unknown[] = await managerOf(tx).query(
      'select 1 from deals.files where id = $1 and deliverable_id is null for update skip locked',
      [fileId],
    );
    return rows.length > 0;
  }

  override async remove(tx: Transaction, fileId: string): Promise<void> {
    await managerOf(tx).query('delete from deals.files where id = $1', [fileId]);
  }

  override async unattachedSince(tx: Transaction, before: Date, limit: number): Promise<readonly string[]> {
    const rows: { id: string }[] = await managerOf(tx).query(
      `select id from deals.files where deliverable_id is null and begun_at <= $1 order by begun_at, id limit $2`,
      [before, limit],
    );
    return rows.map(({ id }) => id);
  }
}

function toOwnFile(row: OwnFileRow): OwnFile {
  return { ...toStoredFile(row), begunAt: row.begun_at, isAttached: row.is_attached };
}
