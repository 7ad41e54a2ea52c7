import type { Actor } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { requireReason } from './close-payout-batch';
import { type RecordedOutcome, RecordOutcome } from './record-outcome';

export interface MarkItemFailedCommand {
  readonly actor: Actor;
  readonly itemId: string;
  /** What the bank said. */
  readonly reason: string;
  readonly idempotencyKey: string;
}

/**
 * The bank refused an item: the money is the payee's again and its lines are free for the next batch.
 * Throws `NotFound`, `InvalidTransition`, `IdempotencyConflict`.
 */
@Injectable()
export class MarkItemRejected {
  constructor(private readonly record: RecordOutcome) {}

  async execute(command: MarkItemFailedCommand): Promise<RecordedOutcome> {
    const reason = requireReason(command.reason);
    return this.record.execute({ ...command, reason, outcome: 'rejected', bankReference: null, occurredAt: null });
  }
}
