interface SerializedError {
  readonly type?: string;
  readonly message?: string;
  readonly stack?: string;
  readonly code?: string;
  readonly constraint?: string;
}

/** What logs hold of an error pino has made plain: not its other properties, for a failed query's hold its parameters. */
export function loggedError(error: unknown): SerializedError {
  if (typeof error !== 'object' || error === null) return { message: String(error) };
  const { type, message, stack, code, constraint }: SerializedError = error;
  return { type, message, stack, code, constraint };
}
