import { nextState } from '@evenhand/kernel';
import { type BatchCommand, BATCH_TRANSITIONS, type BatchState } from './batch-state';
import { ApprovalExpired, ApprovalVoid, BatchContentChanged, EmptyBatch, PreparerCannotApprove } from './errors';

/** How long an approval stands before it must be given again. */
export const APPROVAL_VALID_HOURS = 72;

const HOUR_MS = 3_600_000;

export interface Approval {
  readonly approvedBy: string;
  readonly approvedAt: Date;
  readonly expiresAt: Date;
  readonly contentHash: string;
}

/** What decisions about a batch look at. */
export interface BatchHead {
  readonly batchId: string;
  readonly state: BatchState;
  /** Null where a job prepared it. */
  readonly preparedBy: string | null;
  /** Of the content as it was submitted, hex sha256; null before. */
  readonly submittedHash: string | null;
  readonly approval: Approval | null;
}

export function batchStateAfter(batch: BatchHead, command: BatchCommand): BatchState {
  return nextState('The payout batch', BATCH_TRANSITIONS, batch.state, command);
}

/** Submits what is there now for approval; throws `InvalidTransition`, {@link EmptyBatch}. */
export function decideSubmission(batch: BatchHead, plannedItems: number): BatchState {
  const state = batchStateAfter(batch, 'submit');
  if (plannedItems === 0) throw new EmptyBatch(batch.batchId);
  return state;
}

export interface ApprovalRequest {
  readonly approverId: string;
  /** Of the content the approver has looked at. */
  readonly seenHash: string;
  /** Of the content as it is now. */
  readonly presentHash: string;
  readonly now: Date;
}

/**
 * Binds an approval to exactly what was submitted, seen and is there now.
 * Throws `InvalidTransition`, {@link PreparerCannotApprove}, {@link BatchContentChanged}.
 */
export function decideApproval(batch: BatchHead, request: ApprovalRequest): Approval {
  batchStateAfter(batch, 'approve');
  if (batch.preparedBy === request.approverId) throw new PreparerCannotApprove(batch.batchId);
  if (request.seenHash !== request.presentHash || batch.submittedHash !== request.presentHash) {
    throw new BatchContentChanged(batch.batchId);
  }
  return {
    approvedBy: request.approverId,
    approvedAt: request.now,
    expiresAt: new Date(request.now.getTime() + APPROVAL_VALID_HOURS * HOUR_MS),
    contentHash: request.presentHash,
  };
}

/** Throws `InvalidTransition`, {@link ApprovalExpired}, {@link ApprovalVoid}. */
export function decideExport(batch: BatchHead, presentHash: string, now: Date): BatchState {
  const state = batchStateAfter(batch, 'export');
  if (batch.approval === null || batch.approval.contentHash !== presentHash) throw new ApprovalVoid(batch.batchId);
  if (now >= batch.approval.expiresAt) throw new ApprovalExpired(batch.batchId, batch.approval.expiresAt);
  return state;
}
