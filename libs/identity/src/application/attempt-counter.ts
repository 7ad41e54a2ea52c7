import type { Transaction } from '@evenhand/kernel';
import type { AttemptBucket, AttemptCount } from '../domain/attempt-limit';

/** Counters that several processes share; each count is atomic. */
export abstract class AttemptCounter {
  /** Counts one attempt and returns the count of the running window, this attempt included. */
  abstract count(
    tx: Transaction,
    bucket: AttemptBucket,
    subjectDigest: Buffer,
    windowSeconds: number,
    now: Date,
  ): Promise<AttemptCount>;
  abstract reset(tx: Transaction, bucket: AttemptBucket, subjectDigest: Buffer): Promise<void>;
  /** Forgets windows that ended before `now`, at most `limit`; answers how many. */
  abstract forgetEnded(tx: Transaction, now: Date, limit: number): Promise<number>;
}
