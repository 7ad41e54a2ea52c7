import type { AttemptError } from '../domain/attempt';
import { EndpointUrlRefused } from '../domain/errors';
import { AddressRefused, NameNotFound } from './public-addresses';

const MAX_EXCERPT = 500;
/** Controls, and what reorders or hides text. */
const UNSHOWABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]+/gu;

/** The beginning of a body as plain text in one line. */
export function plainExcerpt(body: Buffer): string {
  const text = new TextDecoder().decode(body).replace(UNSHOWABLE, ' ').trim();
  // By whole characters: half of one cannot be stored.
  return [...text].slice(0, MAX_EXCERPT).join('');
}

/** What a `Retry-After` asks for, in seconds or as a date; null where it makes no sense or has passed. */
export function retryAfterMs(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null;
  const ms = /^\d{1,9}$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now.getTime();
  return ms > 0 ? ms : null;
}

/** By which name an attempt failed that got no answer. */
export function failureOf(error: unknown, signal: AbortSignal): AttemptError {
  if (signal.aborted) return 'timeout';
  if (error instanceof NameNotFound) return 'name_not_found';
  if (error instanceof AddressRefused || error instanceof EndpointUrlRefused) return 'address_refused';
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return /CERT|TLS|SSL|EPROTO|SELF_SIGNED|UNABLE_TO/.test(code) ? 'tls_failed' : 'connection_failed';
}
