import { InvalidInput } from './domain-error';

/** Asks for `first` rows (1–100) after an opaque cursor. */
export interface PageRequest {
  readonly first: number;
  readonly after: string | null;
  /** False where nobody asked how many rows there are in all, which costs more than a page of them. */
  readonly counted?: boolean;
}

export interface PageRow<T> {
  readonly node: T;
  readonly cursor: string;
}

/** One page of a keyset-ordered list; `totalCount` counts all filtered rows, and is null where nobody asked for it. */
export interface Page<T> {
  readonly rows: readonly PageRow<T>[];
  readonly totalCount: number | null;
  readonly hasNextPage: boolean;
}

export const MAX_PAGE_SIZE = 100;
export const DEFAULT_PAGE_SIZE = 20;

/** A cursor is the sort key of a row as a JSON array of strings, base64url. */
export function encodeCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');
}

/** The sort key in a cursor of `length` parts, or {@link InvalidInput} for anything this product did not issue. */
export function decodeCursor(cursor: string, length: number): readonly string[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(key) && key.length === length && key.every((part) => typeof part === 'string')) return key;
  } catch {
    // Falls through: whatever is wrong with it, the answer is the same.
  }
  throw new InvalidInput('after', 'This cursor is not one of ours.');
}

/** The number of all filtered rows, where it is asked for. */
export async function countedFor(
  { counted = true }: PageRequest,
  count: () => Promise<number>,
): Promise<number | null> {
  return counted ? count() : null;
}

const FETCHED = [DEFAULT_PAGE_SIZE + 1, 51, MAX_PAGE_SIZE + 1];

/**
 * How many rows to fetch for a page: one more than it holds, rounded up to one of few numbers. They stand in the text of a
 * prepared statement, where PostgreSQL plans for them; a parameter would make it plan anew each time.
 */
export function rowsToFetch({ first }: PageRequest): number {
  return FETCHED.find((rows) => rows > first) ?? first + 1;
}

/** Builds a page from `first + 1` fetched rows: the extra row only tells that there is more. */
export function pageOf<T>(
  fetched: readonly T[],
  request: PageRequest,
  totalCount: number | null,
  keyOf: (row: T) => readonly string[],
): Page<T> {
  return {
    rows: fetched.slice(0, request.first).map((node) => ({ node, cursor: encodeCursor(keyOf(node)) })),
    totalCount,
    hasNextPage: fetched.length > request.first,
  };
}
