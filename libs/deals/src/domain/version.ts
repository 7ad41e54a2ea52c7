import type { ApprovedBy } from './deliverable';

export const VERSION_OUTCOMES = ['changes_requested', 'approved', 'auto_approved'] as const;

/** What became of a version: the brand wanted changes, approved it, or was silent until it counted as approved. */
export type VersionOutcome = (typeof VERSION_OUTCOMES)[number];

export function outcomeOfApproval(approvedBy: ApprovedBy): VersionOutcome {
  return approvedBy === 'silence' ? 'auto_approved' : 'approved';
}
