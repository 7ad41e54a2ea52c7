import type { BadRow } from '../../application/files/sales-file-reader';
import type { LineField } from '../../domain/file-mapping';
import { type LineRow, orderKeyOf } from './line-row';

/** The rows of one order or refund. */
export interface RowGroup {
  readonly kind: 'sale' | 'refund';
  readonly source: string;
  readonly rows: readonly LineRow[];
}

/** What every row of one order repeats. */
const COMMON: readonly LineField[] = [
  'order_number',
  'sale_external_id',
  'code',
  'link',
  'click_ids',
  'clicked_at',
  'currency',
  'occurred_at',
];

interface OpenGroup extends RowGroup {
  readonly rows: LineRow[];
  /** Set once one of its rows is bad: half an order must not be recorded as the whole. */
  fault: { readonly line: number; readonly column: LineField; readonly message: string } | null;
}

/**
 * Rows with the same external id are one order where each names its line by `line_id`; a row without one is an order of
 * its own, so that a row that stands in the file twice is a repetition and never a second line.
 */
export function groupLines(
  rows: readonly LineRow[],
  defaultSource: string,
): { readonly groups: readonly RowGroup[]; readonly bad: readonly BadRow[] } {
  const bad: BadRow[] = [];
  const open = new Map<string, OpenGroup>();
  for (const row of rows) {
    const kind = kindOf(row);
    if (kind === null) {
      const message = 'The type is "sale", "refund" or empty.';
      bad.push({ line: row.line, column: 'type', code: 'UNKNOWN_TYPE', message, ...kept([row]) });
      continue;
    }
    const key = orderKeyOf(row, defaultSource) ?? String(row.line);
    const group = open.get(key);
    if (group) addTo(group, row);
    else open.set(key, { kind, source: row.values.source || defaultSource, rows: [row], fault: null });
  }
  const groups = [...open.values()];
  for (const { rows: spoiled, fault } of groups) {
    if (fault) bad.push({ ...fault, code: 'ROWS_DISAGREE', ...kept(spoiled) });
  }
  return { groups: groups.filter((group) => group.fault === null), bad };
}

/** What is kept of rows that are bad. */
export function kept(rows: readonly LineRow[]): Pick<BadRow, 'externalId' | 'records'> {
  return { externalId: rows[0]?.values.external_id || null, records: rows.map((row) => row.record) };
}

function kindOf(row: LineRow): 'sale' | 'refund' | null {
  const type = row.values.type.toLowerCase();
  if (type === '' || type === 'sale') return 'sale';
  return type === 'refund' ? 'refund' : null;
}

function addTo(group: OpenGroup, row: LineRow): void {
  const [first] = group.rows;
  const twin = group.rows.find((earlier) => earlier.values.line_id === row.values.line_id);
  if (twin && JSON.stringify(twin.values) === JSON.stringify(row.values)) return;
  const differing = twin ? 'line_id' : COMMON.find((field) => first?.values[field] !== row.values[field]);
  group.rows.push(row);
  if (differing === undefined) return;
  const message = `${differing}: disagrees with line ${(twin ?? first)?.line} of the same order, which is left out whole.`;
  group.fault ??= { line: row.line, column: differing, message };
}
