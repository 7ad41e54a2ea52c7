import type { FileMapping, ImportRow, SalesImport } from '@evenhand/sales';
import { toGlobalId } from '../graphql';
import type { FileMappingType, ImportRowType, SalesImportType } from './imports.types';

export function toSalesImport(found: SalesImport): SalesImportType {
  const {
    importId,
    brandId: _brand,
    mapping: _mapping,
    createdBy: _user,
    attempts: _tries,
    dueAt: _due,
    ...rest
  } = found;
  return { ...rest, id: toGlobalId('import', importId) };
}

export function toImportRow({ rowId, line, column, outcome, externalId, reason }: ImportRow): ImportRowType {
  return { id: toGlobalId('row', rowId), line, column, outcome, externalId, reason };
}

export function toFileMapping(name: string, mapping: FileMapping, isPreset: boolean): FileMappingType {
  const columns = Object.entries(mapping.columns).map(([field, names]) => ({ field, names: [...names] }));
  const words = { declined: [...mapping.declined], ignored: [...mapping.ignored] };
  return { ...mapping, ...words, name, isPreset, columns };
}
