/** What attempts are counted by. The subject is hashed before it is stored. */
export type AttemptBucket = 'sign_in_email' | 'sign_in_address' | 'sign_up_address';

export interface AttemptLimit {
  readonly maxAttempts: number;
  readonly windowSeconds: number;
}

/** A person mistypes a few times; an office behind one address has many people. */
export const ATTEMPT_LIMITS: Readonly<Record<AttemptBucket, AttemptLimit>> = {
  sign_in_email: { maxAttempts: 10, windowSeconds: 900 },
  sign_in_address: { maxAttempts: 300, windowSeconds: 900 },
  sign_up_address: { maxAttempts: 120, windowSeconds: 3600 },
};

export interface AttemptCount {
  readonly attempts: number;
  readonly windowEndsAt: Date;
}

/** Seconds to wait after this attempt was counted; 0 while it is within the limit. */
export function secondsToWait(limit: AttemptLimit, count: AttemptCount, now: Date): number {
  if (count.attempts <= limit.maxAttempts) return 0;
  return Math.max(1, Math.ceil((count.windowEndsAt.getTime() - now.getTime()) / 1000));
}
