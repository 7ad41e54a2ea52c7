import { Injectable } from '@nestjs/common';
import { requireReason } from './close-payout-batch';
import type { MarkItemFailedCommand } from './mark-item-rejected';
import { type RecordedOutcome, RecordOutcome } from './record-outcome';

/**
 * Nobody knows yet what became of an item: it is neither paid nor failed, keeps its end-to-end id and is not sent again.
 * Throws `NotFound`, `InvalidTransition`, `IdempotencyConflict`.
 */
@Injectable()
export class MarkItemUnknown {
  constructor(private readonly record: RecordOutcome) {}

  async execute(command: MarkItemFailedCommand): Promise<RecordedOutcome> {
    const reason = requireReason(command.reason);
    return this.record.execute({ ...command, reason, outcome: 'unknown', bankReference: null, occurredAt: null });
  }
}
