import { hash } from 'node:crypto';

/**
 * sha256, as PostgreSQL reads bytea, of what was asked. Each money event lists the fields of its request itself, in one
 * order, so equal requests have equal texts. JSON-safe values only.
 */
export function requestHash(kind: string, request: Readonly<Record<string, unknown>>): string {
  return `\\x${hash('sha256', `${kind}${JSON.stringify(request)}`)}`;
}
