import { Clock, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { ATTEMPT_LIMITS, type AttemptBucket, secondsToWait } from '../domain/attempt-limit';
import { networkOf } from '../domain/client-address';
import { TooManyAttempts } from '../domain/errors';
import { AttemptCounter } from './attempt-counter';
import { SecretTokens } from './secret-tokens';

const SYSTEM = systemActor('limit attempts');

export interface Attempt {
  /** Null where the attempt names no account. */
  readonly email: string | null;
  /** Null for a client on this machine that is not limited by address (command line). */
  readonly address: string | null;
}

/**
 * Counts an attempt in a transaction of its own, before anything is verified: whatever becomes of the attempt, and
 * however many run at once, it stays counted. Throws {@link TooManyAttempts}.
 */
@Injectable()
export class LimitAttempts {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly counter: AttemptCounter,
    private readonly tokens: SecretTokens,
    private readonly clock: Clock,
  ) {}

  async execute(kind: 'sign_in' | 'sign_up', attempt: Attempt): Promise<void> {
    const now = this.clock.now();
    const waits = await this.uow.run(SYSTEM, async (tx) => {
      const seconds: number[] = [];
      for (const [bucket, subject] of subjectsOf(kind, attempt)) {
        const limit = ATTEMPT_LIMITS[bucket];
        const count = await this.counter.count(tx, bucket, this.tokens.digest(subject), limit.windowSeconds, now);
        seconds.push(secondsToWait(limit, count, now));
      }
      return seconds;
    });
    const longest = Math.max(0, ...waits);
    if (longest > 0) throw new TooManyAttempts(longest);
  }

  /** After a success: somebody who mistyped a few times starts anew. The address keeps its count. */
  async forgive(email: string): Promise<void> {
    await this.uow.run(SYSTEM, (tx) => this.counter.reset(tx, 'sign_in_email', this.tokens.digest(email)));
  }
}

/** Always in this order, so that two attempts never wait for each other. */
function subjectsOf(kind: 'sign_in' | 'sign_up', attempt: Attempt): readonly [AttemptBucket, string][] {
  const subjects: [AttemptBucket, string][] = [];
  if (kind === 'sign_in' && attempt.email !== null) subjects.push(['sign_in_email', attempt.email]);
  if (attempt.address !== null) subjects.push([`${kind}_address`, networkOf(attempt.address)]);
  return subjects;
}
