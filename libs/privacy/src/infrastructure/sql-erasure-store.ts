import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { ErasureStore } from '../application/erasure-store';
import type { Erasure, ErasureStep } from '../domain/erasure';

const ERASURE = `
  select erasure_id as "erasureId", user_id as "userId", influencer_id as "influencerId", alone_in as "aloneIn",
         requested_by as "requestedBy", reason, requested_at as "requestedAt"
  from privacy.erasures`;

@Injectable()
export class SqlErasureStore extends ErasureStore {
  override async add(tx: Transaction, erasure: Erasure): Promise<boolean> {
    const { erasureId, userId, influencerId, aloneIn, requestedBy, reason, requestedAt } = erasure;
    const rows = await managerOf(tx).query<unknown[]>(
      `insert into privacy.erasures (erasure_id, user_id, influencer_id, alone_in, requested_by, reason, requested_at)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (user_id) do nothing returning erasure_id`,
      [erasureId, userId, influencerId, aloneIn, requestedBy, reason, requestedAt],
    );
    return rows.length > 0;
  }

  override async find(tx: Transaction, userId: string): Promise<Erasure | null> {
    const [row] = await managerOf(tx).query<Erasure[]>(`${ERASURE} where user_id = $1`, [userId]);
    return row ?? null;
  }

  override async unfinished(tx: Transaction, limit: number): Promise<readonly string[]> {
    const rows = await managerOf(tx).query<{ id: string }[]>(
      'select erasure_id as id from privacy.erasures where finished_at is null order by requested_at, erasure_id limit $1',
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  override async lock(tx: Transaction, erasureId: string) {
    const [erasure] = await managerOf(tx).query<Erasure[]>(
      `${ERASURE} where erasure_id = $1 and finished_at is null for update skip locked`,
      [erasureId],
    );
    if (erasure === undefined) return null;
    const rows = await managerOf(tx).query<{ step: string }[]>(
      'select step from privacy.erasure_steps where erasure_id = $1',
      [erasureId],
    );
    return { erasure, done: rows.map(({ step }) => step) };
  }

  override async markDone(tx: Transaction, erasureId: string, step: ErasureStep, at: Date): Promise<void> {
    await managerOf(tx).query('insert into privacy.erasure_steps (erasure_id, step, done_at) values ($1, $2, $3)', [
      erasureId,
      step,
      at,
    ]);
  }

  override async finish(tx: Transaction, erasureId: string, at: Date): Promise<void> {
    await managerOf(tx).query('update privacy.erasures set finished_at = $2 where erasure_id = $1', [erasureId, at]);
  }
}
