import { isRetryable } from './retryable-errors';

const MAX_ATTEMPTS = 5;
const BACKOFF_MS = 10;

/** Runs a whole transaction again after a serialisation failure or a deadlock. */
export async function runAgain<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS || !isRetryable(error)) throw error;
      await jitter(BACKOFF_MS * 2 ** attempt);
    }
  }
}

function jitter(meanMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, meanMs * (0.5 + Math.random())));
}
