/** What became of sending a message once. */
export const ATTEMPT_ERRORS = [
  /** The name of the host is not known, or its name server did not answer. */
  'name_not_found',
  /** The name leads to an address that is not public. */
  'address_refused',
  'connection_failed',
  'tls_failed',
  'timeout',
  /** An answer that sends elsewhere: nobody checked that place. */
  'redirected',
  /** Any other answer than 2xx. */
  'refused',
  /** 410: the endpoint wants no more messages. */
  'gone',
  /** The worker was ended in between; whether it arrived is not known. */
  'interrupted',
  /** The agency represents the influencer no more. */
  'mandate_ended',
  /** No key that is known opens the endpoint's secret. */
  'secret_unreadable',
] as const;
export type AttemptError = (typeof ATTEMPT_ERRORS)[number];

export interface AttemptOutcome {
  /** Of the answer; null where there was none. */
  readonly status: number | null;
  /** Null where the message arrived. */
  readonly error: AttemptError | null;
  /** How long the receiver asked us to wait; null where it did not. */
  readonly retryAfterMs: number | null;
  readonly durationMs: number;
  /** The beginning of the answer's body, as plain text; null where there was no answer. */
  readonly excerpt: string | null;
}

/** An outcome without an answer. */
export function unanswered(error: AttemptError, durationMs = 0): AttemptOutcome {
  return { status: null, error, retryAfterMs: null, durationMs, excerpt: null };
}

/** What a status of an answer means. */
export function errorOf(status: number): AttemptError | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return 'redirected';
  return status === 410 ? 'gone' : 'refused';
}
