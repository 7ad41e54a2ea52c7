import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { type NewOutcome, OutcomeStore } from '../application/outcome-store';

@Injectable()
export class SqlOutcomeStore extends OutcomeStore {
  override async find(
    tx: Transaction,
    idempotencyKey: string,
  ): Promise<{ readonly itemId: string; readonly requestHash: string } | null> {
    const [row] = await managerOf(tx).query<{ itemId: string; requestHash: string }[]>(
      `select item_id as "itemId", encode(request_hash, 'hex') as "requestHash"
       from payouts.outcomes where idempotency_key = $1`,
      [idempotencyKey],
    );
    return row ?? null;
  }

  override async add(tx: Transaction, outcome: NewOutcome): Promise<void> {
    await managerOf(tx).query(
      `insert into payouts.outcomes (idempotency_key, request_hash, item_id, outcome, bank_reference, reason,
         occurred_at, recorded_by, recorded_at)
       values ($1, decode($2, 'hex'), $3, $4, $5, $6, $7, $8, $9)`,
      [
        outcome.idempotencyKey,
        outcome.requestHash,
        outcome.itemId,
        outcome.outcome,
        outcome.bankReference,
        outcome.reason,
        outcome.occurredAt,
        outcome.recordedBy,
        outcome.recordedAt,
      ],
    );
  }
}
