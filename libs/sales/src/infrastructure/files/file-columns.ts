import type { FileRow } from '../../application/files/sales-file-reader';
import { UnreadableSalesFile } from '../../domain/errors';
import {
  type FileField,
  type FileMapping,
  LINE_FIELDS,
  normalisedName,
  requiredFields,
  TRANSACTION_FIELDS,
} from '../../domain/file-mapping';

/** Which column of a file holds each field of its mapping. */
export class FileColumns {
  private constructor(
    readonly mapping: FileMapping,
    private readonly byField: ReadonlyMap<FileField, { readonly name: string; readonly index: number }>,
    private readonly width: number,
  ) {}

  /** Throws `UnreadableSalesFile` where the header lacks what is required, or names a field twice. */
  static of(mapping: FileMapping, header: readonly string[]): FileColumns {
    const names = header.map((name) => name.trim());
    const normalised = names.map(normalisedName);
    const fields: readonly FileField[] = mapping.style === 'lines' ? LINE_FIELDS : TRANSACTION_FIELDS;
    const found = fields.flatMap((field) => {
      const wanted = (mapping.columns[field] ?? []).map(normalisedName);
      const name = wanted.find((candidate) => normalised.includes(candidate));
      if (name === undefined) return [];
      const index = normalised.indexOf(name);
      if (index !== normalised.lastIndexOf(name)) {
        throw new UnreadableSalesFile(`The header names twice: ${names[index] ?? ''}.`);
      }
      return [[field, { name: names[index] ?? '', index }] as const];
    });
    const byField = new Map<FileField, { name: string; index: number }>(found);
    const missing = requiredFields(mapping).filter((field) => !byField.has(field));
    if (missing.length > 0) {
      const expected = missing.map((field) => (mapping.columns[field] ?? [field]).join(' or '));
      throw new UnreadableSalesFile(`The header lacks: ${expected.join(', ')}.`, { missing });
    }
    return new FileColumns(mapping, byField, names.length);
  }

  isWhole(values: readonly string[]): boolean {
    return values.length === this.width;
  }

  widthText(values: readonly string[]): string {
    return `This row has ${values.length} values, the header names ${this.width}.`;
  }

  rowOf(values: readonly string[], line: number): FileRow {
    const own = [...this.byField.values()].map(({ name, index }) => [name, values[index]?.trim() ?? '']);
    return { line, values: Object.fromEntries(own) as Record<string, string> };
  }

  /** The field's cell of a record; empty where the file does not have it. */
  cellOf(values: readonly string[], field: FileField): string {
    const index = this.byField.get(field)?.index;
    return index === undefined ? '' : (values[index]?.trim() ?? '');
  }

  /** The file's name of the field's column; null where it has none. */
  nameOf(field: string): string | null {
    return this.byField.get(field as FileField)?.name ?? null;
  }

  valueOf(row: FileRow, field: FileField): string {
    const name = this.nameOf(field);
    return name === null ? '' : (row.values[name] ?? '');
  }

  /** The row's currency, or that of the whole file. */
  currencyOf(row: FileRow): string {
    return this.valueOf(row, 'currency').toUpperCase() || (this.mapping.currency ?? '');
  }
}
