import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { AttemptCounter } from '../application/attempt-counter';
import type { AttemptBucket, AttemptCount } from '../domain/attempt-limit';

/** One upsert counts: there is no moment between reading and writing in which another attempt could slip through. */
const COUNT_SQL = `
  insert into identity.attempts as counted (bucket, subject_hash, attempts, window_ends_at)
  values ($1, $2, 1, $3::timestamptz + make_interval(secs => $4))
  on conflict (bucket, subject_hash) do update set
    attempts = case when counted.window_ends_at <= $3 then 1 else counted.attempts + 1 end,
    window_ends_at = case when counted.window_ends_at <= $3 then excluded.window_ends_at else counted.window_ends_at end
  returning attempts, window_ends_at as "windowEndsAt"`;

@Injectable()
export class TypeormAttemptCounter extends AttemptCounter {
  override async count(
    tx: Transaction,
    bucket: AttemptBucket,
    subjectDigest: Buffer,
    windowSeconds: number,
    now: Date,
  ): Promise<AttemptCount> {
    const [count] = await managerOf(tx).query<AttemptCount[]>(COUNT_SQL, [bucket, subjectDigest, now, windowSeconds]);
    if (count === undefined) throw new Error('Counting an attempt returned nothing.');
    return count;
  }

  override async reset(tx: Transaction, bucket: AttemptBucket, subjectDigest: Buffer): Promise<void> {
    await managerOf(tx).query('delete from identity.attempts where bucket = $1 and subject_hash = $2', [
      bucket,
      subjectDigest,
    ]);
  }

  override async forgetEnded(tx: Transaction, now: Date, limit: number): Promise<number> {
    const gone = await managerOf(tx).query<{ forgotten: number }[]>(
      `with ended as (
         select bucket, subject_hash from identity.attempts where window_ends_at <= $1
         limit $2 for update skip locked
       ), gone as (
         delete from identity.attempts a using ended e
         where a.bucket = e.bucket and a.subject_hash = e.subject_hash returning 1
       )
       select count(*)::int as forgotten from gone`,
      [now, limit],
    );
    return gone[0]?.forgotten ?? 0;
  }
}
