import { systemActor, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { FieldCipher, managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { SourceRepository, type SourceWithSecrets } from '../../application/webhooks/source-repository';
import type { SalesSource, SourceFormat } from '../../domain/sales-source';
import { openedOrNull } from './opened-or-null';

interface SourceRow {
  readonly brand_id: string;
  readonly source_id: string;
  readonly name: string;
  readonly format: SourceFormat;
  readonly created_at: Date;
  readonly closed_at: Date | null;
}

interface SecretRow {
  readonly secret_id: string;
  readonly sealed: string;
}

const READER = systemActor('find source of webhook');
const REMEMBERED = { max: 10_000, ttl: 1_000 };
const COLUMNS = 'brand_id, source_id, name, format, created_at, closed_at';

@Injectable()
export class TypeormSourceRepository extends SourceRepository {
  private readonly open = new LRUCache<string, SourceWithSecrets>(REMEMBERED);

  constructor(
    private readonly uow: UnitOfWork,
    private readonly cipher: FieldCipher,
  ) {
    super();
  }

  override async add(tx: Transaction, source: SalesSource): Promise<boolean> {
    const rows = await managerOf(tx).query<unknown[]>(
      `insert into sales.sources (brand_id, source_id, name, format, created_at) values ($1, $2, $3, $4, $5)
       on conflict (brand_id, name) do nothing returning source_id`,
      [source.brandId, source.sourceId, source.name, source.format, source.createdAt],
    );
    return rows.length > 0;
  }

  override async lock(tx: Transaction, sourceId: string): Promise<SalesSource | undefined> {
    const [row] = await managerOf(tx).query<SourceRow[]>(
      `select ${COLUMNS} from sales.sources where source_id = $1 for update`,
      [sourceId],
    );
    return row && sourceOf(row);
  }

  override async close(tx: Transaction, { brandId, sourceId }: SalesSource, closedAt: Date): Promise<void> {
    await managerOf(tx).query('update sales.sources set closed_at = $3 where brand_id = $1 and source_id = $2', [
      brandId,
      sourceId,
      closedAt,
    ]);
  }

  override async addSecret(
    tx: Transaction,
    { brandId, sourceId }: SalesSource,
    { secretId, secret, createdAt, othersUntil }: Parameters<SourceRepository['addSecret']>[2],
  ): Promise<void> {
    await managerOf(tx).query(
      'update sales.source_secrets set expires_at = $3 where brand_id = $1 and source_id = $2 and expires_at is null',
      [brandId, sourceId, othersUntil],
    );
    await managerOf(tx).query(
      'insert into sales.source_secrets (brand_id, secret_id, source_id, sealed, created_at) values ($1, $2, $3, $4, $5)',
      [brandId, secretId, sourceId, this.cipher.seal(secret, contextOf(sourceId, secretId)), createdAt],
    );
  }

  override async findOpen(sourceId: string, now: Date): Promise<SourceWithSecrets | undefined> {
    const known = this.open.get(sourceId);
    if (known) return known;
    const found = await this.uow.read(READER, (tx) => this.readOpen(tx, sourceId, now));
    if (found) this.open.set(sourceId, found);
    return found;
  }

  override async listByBrand(tx: Transaction, brandId: string): Promise<readonly SalesSource[]> {
    const sql = `select ${COLUMNS} from sales.sources where brand_id = $1 order by name`;
    return (await managerOf(tx).query<SourceRow[]>(sql, [brandId])).map(sourceOf);
  }

  private async readOpen(tx: Transaction, sourceId: string, now: Date): Promise<SourceWithSecrets | undefined> {
    const [row] = await managerOf(tx).query<SourceRow[]>(
      `select ${COLUMNS} from sales.sources where source_id = $1 and closed_at is null`,
      [sourceId],
    );
    if (!row) return undefined;
    const secrets = await managerOf(tx).query<SecretRow[]>(
      `select secret_id, sealed from sales.source_secrets
       where brand_id = $1 and source_id = $2 and (expires_at is null or expires_at > $3) order by created_at desc`,
      [row.brand_id, sourceId, now],
    );
    const opened = secrets.flatMap(
      ({ secret_id, sealed }) => openedOrNull(this.cipher, sealed, contextOf(sourceId, secret_id)) ?? [],
    );
    return { source: sourceOf(row), secrets: opened };
  }
}

export function contextOf(sourceId: string, secretId: string): string {
  return `sales.source_secrets/${sourceId}/${secretId}`;
}

function sourceOf(row: SourceRow): SalesSource {
  return {
    brandId: row.brand_id,
    sourceId: row.source_id,
    name: row.name,
    format: row.format,
    createdAt: row.created_at,
    closedAt: row.closed_at,
  };
}
