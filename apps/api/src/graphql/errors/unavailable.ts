import { sqlStateOf } from '@evenhand/platform';
import { GraphQLError } from 'graphql';

export const UNAVAILABLE = 'UNAVAILABLE';
export const BUSY = 'The service is busy. Try again shortly.';

/** True where the database could not take the request: no free connection, no server, or a statement or lock timed out. */
export function isUnavailable(error: unknown): boolean {
  const state = sqlStateOf(error);
  if (state !== undefined) {
    return /^(08|53|57)/.test(state) || state === '55P03' || state === 'ECONNREFUSED' || state === 'ECONNRESET';
  }
  return error instanceof Error && /timeout exceeded when trying to connect|Connection terminated/.test(error.message);
}

/** The error of a request for which the database could not even say who asks. */
export function unavailable(cause: Error): GraphQLError {
  return new GraphQLError(BUSY, { originalError: cause, extensions: { code: UNAVAILABLE, http: { status: 503 } } });
}
