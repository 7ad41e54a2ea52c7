import { type Actor, InvalidInput } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { batchStateAfter } from '../domain/batch';
import { authorizeApproving, authorizePreparing, userIdOf } from './access';
import { BatchStep } from './batch-step';
import { BatchStore } from './batch-store';

export interface ClosePayoutBatchCommand {
  readonly actor: Actor;
  readonly batchId: string;
  readonly reason: string;
}

const MAX_REASON = 500;

/** The trimmed reason, 1 to 500 characters; throws `InvalidInput`. */
export function requireReason(reason: string): string {
  const text = reason.trim();
  if (text.length === 0 || text.length > MAX_REASON) {
    throw new InvalidInput('reason', `Give a reason of 1 to ${MAX_REASON} characters.`);
  }
  return text;
}

/** The approver's no: the batch ends and its lines are free for the next one. Throws `NotFound`, `InvalidTransition`. */
@Injectable()
export class RejectPayoutBatch {
  constructor(
    private readonly step: BatchStep,
    private readonly batches: BatchStore,
  ) {}

  async execute({ actor, batchId, reason }: ClosePayoutBatchCommand): Promise<void> {
    const { userId } = authorizeApproving(actor);
    const why = requireReason(reason);
    return this.step.run(actor, batchId, async (tx, batch, now) => {
      batchStateAfter(batch, 'reject');
      await this.batches.cancelPlannedItems(tx, batchId, why, now);
      await this.batches.change(tx, batchId, { state: 'rejected', by: userId, at: now, reason: why });
      await this.step.tell(tx, 'batch_rejected', batchId, { rejectedBy: userId, reason: why });
    });
  }
}

/** Gives a batch up before it is sent; its lines are free for the next one. Throws `NotFound`, `InvalidTransition`. */
@Injectable()
export class CancelPayoutBatch {
  constructor(
    private readonly step: BatchStep,
    private readonly batches: BatchStore,
  ) {}

  async execute({ actor, batchId, reason }: ClosePayoutBatchCommand): Promise<void> {
    authorizePreparing(actor);
    const why = requireReason(reason);
    return this.step.run(actor, batchId, async (tx, batch, now) => {
      batchStateAfter(batch, 'cancel');
      await this.batches.cancelPlannedItems(tx, batchId, why, now);
      await this.batches.change(tx, batchId, { state: 'cancelled', by: userIdOf(actor), at: now, reason: why });
      await this.step.tell(tx, 'batch_cancelled', batchId, { reason: why });
    });
  }
}
