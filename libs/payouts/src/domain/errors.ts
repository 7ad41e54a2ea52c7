import { DomainError } from '@evenhand/kernel';

/** Whoever prepared a batch cannot approve it, whatever roles he has. */
export class PreparerCannotApprove extends DomainError {
  readonly code = 'PREPARER_CANNOT_APPROVE';

  constructor(batchId: string) {
    super('A batch must be approved by another person than the one who prepared it.', { batchId });
  }
}

/** The batch is no longer what was looked at: read it again. */
export class BatchContentChanged extends DomainError {
  readonly code = 'BATCH_CONTENT_CHANGED';

  constructor(batchId: string) {
    super('The batch has changed since: amounts, lines or accounts differ from what was shown. Look at it again.', {
      batchId,
    });
  }
}

/** What was approved is not what would be paid; reopen the batch, submit it and have it approved again. */
export class ApprovalVoid extends DomainError {
  readonly code = 'APPROVAL_VOID';

  constructor(batchId: string) {
    super('Amounts, lines or accounts changed after the approval, which is void. The batch needs a new approval.', {
      batchId,
    });
  }
}

/** An approval lasts for a limited time. */
export class ApprovalExpired extends DomainError {
  readonly code = 'APPROVAL_EXPIRED';

  constructor(batchId: string, expiredAt: Date) {
    super('The approval of this batch has expired. Reopen it, submit it and have it approved again.', {
      batchId,
      expiredAt: expiredAt.toISOString(),
    });
  }
}

/** Nothing to pay: a batch without items goes no further than its draft. */
export class EmptyBatch extends DomainError {
  readonly code = 'EMPTY_BATCH';

  constructor(batchId: string) {
    super('This batch holds no item to pay.', { batchId });
  }
}
