import { InvalidInput } from './domain-error';
import { decodeCursor, type PageRequest } from './page';

/** The parts of the cursor, each of the form it must have, or `InvalidInput`: nothing else reaches the database. Null for the first page. */
export function cursorOf(
  { after }: Pick<PageRequest, 'after'>,
  forms: readonly ((part: string) => boolean)[],
): readonly string[] | null {
  if (after === null) return null;
  const parts = decodeCursor(after, forms.length);
  if (parts.every((part, index) => forms[index]?.(part))) return parts;
  throw new InvalidInput('after', 'This cursor is not one of ours.');
}

/** Up to nine digits: fits a PostgreSQL integer. */
export function isInteger(part: string): boolean {
  return /^\d{1,9}$/.test(part);
}

/** Up to eighteen digits: fits a PostgreSQL bigint. */
export function isBigint(part: string): boolean {
  return /^\d{1,18}$/.test(part);
}

export function isWord(part: string): boolean {
  return /^\w{1,40}$/.test(part);
}

export function isInstant(part: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T[\d:.]{12}Z$/.test(part) && !Number.isNaN(Date.parse(part));
}
