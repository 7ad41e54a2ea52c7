import type { Actor } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { batchStateAfter } from '../domain/batch';
import { authorizeEditing, authorizePreparing } from './access';
import { BatchStep } from './batch-step';
import { BatchStore } from './batch-store';

/** Takes a batch back to draft, for editing or for a new approval; the old one is gone. Throws `NotFound`, `InvalidTransition`. */
@Injectable()
export class ReopenPayoutBatch {
  constructor(
    private readonly step: BatchStep,
    private readonly batches: BatchStore,
  ) {}

  async execute({ actor, batchId }: { readonly actor: Actor; readonly batchId: string }): Promise<void> {
    authorizePreparing(actor);
    return this.step.run(actor, batchId, async (tx, batch) => {
      authorizeEditing(actor, batch.preparedBy);
      batchStateAfter(batch, 'reopen');
      await this.batches.change(tx, batchId, { state: 'draft' });
      await this.step.tell(tx, 'batch_reopened', batchId);
    });
  }
}
