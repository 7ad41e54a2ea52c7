import type { BadRow } from '../../application/sales-file-reader';
import type { CsvColumn, CsvRow } from './csv-row';

/** The rows of one order or refund. */
export interface RowGroup {
  readonly kind: 'sale' | 'refund';
  readonly source: string;
  readonly rows: readonly CsvRow[];
}

/** What every row of one order repeats. */
const COMMON: readonly CsvColumn[] = [
  'order_number',
  'sale_external_id',
  'code',
  'link',
  'clicked_at',
  'currency',
  'occurred_at',
];

interface OpenGroup {
  readonly kind: 'sale' | 'refund';
  readonly source: string;
  readonly rows: CsvRow[];
  /** True once one of its rows is bad: half an order must not be recorded as the whole. */
  isSpoiled: boolean;
}

/**
 * Rows with the same external id are one order where each names its line by `line_id`; a row without one is an order of
 * its own, so that a row that stands in the file twice is a repetition and never a second line.
 */
export function groupRows(
  rows: readonly CsvRow[],
  defaultSource: string,
): { readonly groups: readonly RowGroup[]; readonly bad: readonly BadRow[] } {
  const bad: BadRow[] = [];
  const open = new Map<string, OpenGroup>();
  for (const row of rows) {
    const kind = kindOf(row);
    if (kind === null) {
      bad.push({ line: row.line, code: 'UNKNOWN_TYPE', message: 'The type is "sale", "refund" or empty.' });
      continue;
    }
    const source = row.values.source || defaultSource;
    const own = row.values.line_id === '' ? String(row.line) : '';
    const key = JSON.stringify([kind, source, row.values.external_id, own]);
    const group = open.get(key);
    if (group) addTo(group, row, bad);
    else open.set(key, { kind, source, rows: [row], isSpoiled: false });
  }
  const groups = [...open.values()];
  for (const { rows: spoiled } of groups.filter((group) => group.isSpoiled)) {
    const message = 'Another row of the same order is bad, so the order is left out.';
    for (const { line } of spoiled) bad.push({ line, code: 'INCOMPLETE_ORDER', message });
  }
  return { groups: groups.filter((group) => !group.isSpoiled), bad };
}

function kindOf(row: CsvRow): 'sale' | 'refund' | null {
  const type = row.values.type.toLowerCase();
  if (type === '' || type === 'sale') return 'sale';
  return type === 'refund' ? 'refund' : null;
}

function addTo(group: OpenGroup, row: CsvRow, bad: BadRow[]): void {
  const [first] = group.rows;
  const twin = group.rows.find((earlier) => earlier.values.line_id === row.values.line_id);
  if (twin && JSON.stringify(twin.values) === JSON.stringify(row.values)) return;
  const differing = twin ? 'line_id' : COMMON.find((column) => first?.values[column] !== row.values[column]);
  if (differing === undefined) {
    group.rows.push(row);
    return;
  }
  const message = `${differing}: disagrees with line ${(twin ?? first)?.line} of the same order.`;
  bad.push({ line: row.line, code: 'ROWS_DISAGREE', message });
  group.isSpoiled = true;
}
