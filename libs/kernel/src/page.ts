import { InvalidInput } from './domain-error';

/** Asks for `first` rows (1–100) after an opaque cursor. */
export interface PageRequest {
  readonly first: number;
  readonly after: string | null;
}

export interface PageRow<T> {
  readonly node: T;
  readonly cursor: string;
}

/** One page of a keyset-ordered list; `totalCount` counts all filtered rows. */
export interface Page<T> {
  readonly rows: readonly PageRow<T>[];
  readonly totalCount: number;
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

/** Builds a page from `first + 1` fetched rows: the extra row only tells that there is more. */
export function pageOf<T>(
  fetched: readonly T[],
  request: PageRequest,
  totalCount: number,
  keyOf: (row: T) => readonly string[],
): Page<T> {
  return {
    rows: fetched.slice(0, request.first).map((node) => ({ node, cursor: encodeCursor(keyOf(node)) })),
    totalCount,
    hasNextPage: fetched.length > request.first,
  };
}
