export const DELIVERABLE_STATES = ['planned', 'submitted', 'changes_requested', 'approved', 'published'] as const;
export type DeliverableState = (typeof DELIVERABLE_STATES)[number];
