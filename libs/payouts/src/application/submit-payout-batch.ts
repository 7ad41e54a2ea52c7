import type { Actor } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { decideSubmission } from '../domain/batch';
import { authorizeEditing, authorizePreparing, userIdOf } from './access';
import { ReadBatchContent } from './batch-content';
import { BatchStep } from './batch-step';
import { BatchStore } from './batch-store';

/** Hands a draft over for approval, as it is now. Throws `NotFound`, `InvalidTransition`, `EmptyBatch`. */
@Injectable()
export class SubmitPayoutBatch {
  constructor(
    private readonly step: BatchStep,
    private readonly batches: BatchStore,
    private readonly content: ReadBatchContent,
  ) {}

  async execute(command: {
    readonly actor: Actor;
    readonly batchId: string;
  }): Promise<{ readonly contentHash: string }> {
    const { actor, batchId } = command;
    authorizePreparing(actor);
    return this.step.run(actor, batchId, async (tx, batch, now) => {
      authorizeEditing(actor, batch.preparedBy);
      const content = await this.content.execute(tx, batch);
      decideSubmission(batch, content.items.length);
      await this.batches.change(tx, batchId, { state: 'submitted', at: now, contentHash: content.hash });
      await this.step.tell(tx, 'batch_submitted', batchId, { contentHash: content.hash, by: userIdOf(actor) });
      return { contentHash: content.hash };
    });
  }
}
