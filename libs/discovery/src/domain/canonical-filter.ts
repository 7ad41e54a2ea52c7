/** A filter as it is stored: only what it says, keys and lists in order, so that equal filters are equal texts. */
export interface StoredFilter {
  readonly [key: string]: StoredValue;
}
export type StoredValue = string | number | true | readonly StoredValue[] | StoredFilter;

/** Amounts and counts become decimal texts, instants ISO texts; what filters nothing is left out. */
export function canonicalFilter(filter: object): StoredFilter {
  const entries = Object.entries(filter).flatMap(([key, value]) => {
    const stored = canonicalValue(value);
    return stored === null ? [] : [[key, stored] as const];
  });
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function canonicalValue(value: unknown): StoredValue | null {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'string') return value.normalize('NFC').replaceAll(/\s+/gu, ' ').trim() || null;
  if (typeof value === 'number') return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return canonicalList(value);
  if (typeof value === 'object' && value !== null) return canonicalFilter(value);
  return value === true ? true : null;
}

/** Any entry of a list may match, or all must: their order never says anything. */
function canonicalList(list: readonly unknown[]): readonly StoredValue[] | null {
  const byText = new Map(
    list.flatMap((value) => {
      const stored = canonicalValue(value);
      return stored === null ? [] : [[JSON.stringify(stored), stored] as const];
    }),
  );
  const inOrder = [...byText].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, stored]) => stored);
  return inOrder.length === 0 ? null : inOrder;
}
