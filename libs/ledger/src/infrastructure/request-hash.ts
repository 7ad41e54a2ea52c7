import { createHash } from 'node:crypto';

/**
 * sha256, as PostgreSQL reads bytea, of the canonical text of what was asked: equal requests have equal hashes whatever
 * order their fields came in. JSON-safe values only.
 */
export function requestHash(kind: string, request: Readonly<Record<string, unknown>>): string {
  return `\\x${createHash('sha256').update(kind).update(canonicalText(request)).digest('hex')}`;
}

function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalText(field)}`).join(',')}}`;
}
