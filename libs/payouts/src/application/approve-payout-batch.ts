import type { Actor } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type Approval, decideApproval } from '../domain/batch';
import { authorizeApproving } from './access';
import { ReadBatchContent } from './batch-content';
import { BatchStep } from './batch-step';
import { BatchStore } from './batch-store';

export interface ApprovePayoutBatchCommand {
  readonly actor: Actor;
  readonly batchId: string;
  /** Hash of the content the approver looked at. */
  readonly contentHash: string;
}

/**
 * The second person's yes to exactly what is there. Throws `NotFound`, `InvalidTransition`, `PreparerCannotApprove`,
 * `BatchContentChanged`.
 */
@Injectable()
export class ApprovePayoutBatch {
  constructor(
    private readonly step: BatchStep,
    private readonly batches: BatchStore,
    private readonly content: ReadBatchContent,
  ) {}

  async execute({ actor, batchId, contentHash }: ApprovePayoutBatchCommand): Promise<Approval> {
    const approver = authorizeApproving(actor);
    return this.step.run(actor, batchId, async (tx, batch, now) => {
      const { hash } = await this.content.execute(tx, batch);
      const approval = decideApproval(batch, {
        approverId: approver.userId,
        seenHash: contentHash,
        presentHash: hash,
        now,
      });
      await this.batches.change(tx, batchId, { state: 'approved', approval });
      await this.step.tell(tx, 'batch_approved', batchId, { approvedBy: approver.userId, contentHash: hash });
      return approval;
    });
  }
}
