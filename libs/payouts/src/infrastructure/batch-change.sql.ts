import type { BatchChange } from '../application/batch-store';

export interface ChangeSql {
  /** From `$3` on. */
  readonly assignments: string;
  readonly values: readonly unknown[];
}

/** What each step writes beside the state; going back to draft takes submission and approval away. */
export function changeOf(change: BatchChange): ChangeSql {
  switch (change.state) {
    case 'draft':
      return {
        assignments: `submitted_at = null, submitted_hash = null, approved_by = null, approved_at = null,
          approved_hash = null, approval_expires_at = null`,
        values: [],
      };
    case 'submitted':
      return {
        assignments: `submitted_at = $3, submitted_hash = decode($4, 'hex')`,
        values: [change.at, change.contentHash],
      };
    case 'approved': {
      const { approvedBy, approvedAt, contentHash, expiresAt } = change.approval;
      return {
        assignments: `approved_by = $3, approved_at = $4, approved_hash = decode($5, 'hex'), approval_expires_at = $6`,
        values: [approvedBy, approvedAt, contentHash, expiresAt],
      };
    }
    case 'exported':
      return { assignments: 'exported_at = $3', values: [change.at] };
    case 'settled':
      return { assignments: 'settled_at = $3', values: [change.at] };
    case 'rejected':
    case 'cancelled':
      return {
        assignments: 'closed_by = $3, closed_at = $4, close_reason = $5',
        values: [change.by, change.at, change.reason],
      };
  }
}
