import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { MappingRepository, type NamedMapping } from '../../application/files/mapping-repository';
import type { FileMapping } from '../../domain/file-mapping';

interface MappingRow {
  readonly mapping_id: string;
  readonly name: string;
  readonly definition: FileMapping;
  readonly changed_at: Date;
}

@Injectable()
export class TypeormMappingRepository extends MappingRepository {
  override async save(
    tx: Transaction,
    brandId: string,
    { mappingId, name, mapping, changedAt }: NamedMapping,
    changedBy: string | null,
  ): Promise<{ readonly mappingId: string }> {
    const [saved] = await managerOf(tx).query<{ mappingId: string }[]>(
      `insert into sales.file_mappings (brand_id, mapping_id, name, definition, changed_at, changed_by)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (brand_id, name) do update
         set definition = excluded.definition, changed_at = excluded.changed_at, changed_by = excluded.changed_by
       returning mapping_id as "mappingId"`,
      [brandId, mappingId, name, JSON.stringify(mapping), changedAt, changedBy],
    );
    return saved ?? { mappingId };
  }

  override async listByBrand(tx: Transaction, brandId: string): Promise<readonly NamedMapping[]> {
    const rows = await managerOf(tx).query<MappingRow[]>(
      'select * from sales.file_mappings where brand_id = $1 order by name',
      [brandId],
    );
    return rows.map((row) => ({
      mappingId: row.mapping_id,
      name: row.name,
      mapping: row.definition,
      changedAt: row.changed_at,
    }));
  }

  override async remove(tx: Transaction, brandId: string, name: string): Promise<boolean> {
    const [, count] = await managerOf(tx).query<[unknown, number]>(
      'delete from sales.file_mappings where brand_id = $1 and name = $2',
      [brandId, name],
    );
    return count > 0;
  }
}
