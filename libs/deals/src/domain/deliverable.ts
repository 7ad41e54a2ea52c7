import { nextState, type Transitions } from '@evenhand/kernel';
import { daysAfter } from './days';
import { InvalidLiveUrl, RevisionsExhausted } from './errors';
import { publicHttpsUrl } from './public-https-url';

export const DELIVERABLE_STATES = ['planned', 'submitted', 'changes_requested', 'approved', 'published'] as const;
export type DeliverableState = (typeof DELIVERABLE_STATES)[number];
export type DeliverableCommand = 'submit' | 'request_changes' | 'approve' | 'publish';

export const DELIVERABLE_TRANSITIONS: Transitions<DeliverableState, DeliverableCommand> = {
  planned: { submit: 'submitted' },
  submitted: { request_changes: 'changes_requested', approve: 'approved' },
  changes_requested: { submit: 'submitted' },
  approved: { publish: 'published' },
  published: {},
};

/** What approved a deliverable: the brand, or its silence until the day named in the terms. */
export type ApprovedBy = 'brand' | 'silence';

/** The part of a deliverable that changes. */
export interface DeliverableProgress {
  readonly state: DeliverableState;
  readonly revisionsUsed: number;
  readonly submittedAt: Date | null;
  /** When silence approves it; set only while it waits for the brand. */
  readonly autoApproveAt: Date | null;
  readonly approvedAt: Date | null;
  readonly approvedBy: ApprovedBy | null;
  readonly publishedAt: Date | null;
  readonly liveUrl: string | null;
}

export const PLANNED: DeliverableProgress = {
  state: 'planned',
  revisionsUsed: 0,
  submittedAt: null,
  autoApproveAt: null,
  approvedAt: null,
  approvedBy: null,
  publishedAt: null,
  liveUrl: null,
};

function after(state: DeliverableState, command: DeliverableCommand): DeliverableState {
  return nextState('The deliverable', DELIVERABLE_TRANSITIONS, state, command);
}

/** The brand has `autoApprovalDays` from now on to answer. */
export function submitDeliverable(
  progress: DeliverableProgress,
  autoApprovalDays: number,
  now: Date,
): DeliverableProgress {
  const state = after(progress.state, 'submit');
  return { ...progress, state, submittedAt: now, autoApproveAt: daysAfter(now, autoApprovalDays) };
}

/** Throws InvalidTransition, RevisionsExhausted. */
export function requestChanges(progress: DeliverableProgress, revisionsAllowed: number): DeliverableProgress {
  const state = after(progress.state, 'request_changes');
  if (progress.revisionsUsed >= revisionsAllowed) throw new RevisionsExhausted(revisionsAllowed);
  return { ...progress, state, revisionsUsed: progress.revisionsUsed + 1, autoApproveAt: null };
}

export function approveDeliverable(
  progress: DeliverableProgress,
  approvedBy: ApprovedBy,
  now: Date,
): DeliverableProgress {
  const state = after(progress.state, 'approve');
  return { ...progress, state, approvedAt: now, approvedBy, autoApproveAt: null };
}

/** Throws InvalidTransition, InvalidLiveUrl. */
export function publishDeliverable(progress: DeliverableProgress, liveUrl: string, now: Date): DeliverableProgress {
  const state = after(progress.state, 'publish');
  const url = publicHttpsUrl(liveUrl);
  if (!url) throw new InvalidLiveUrl();
  return { ...progress, state, publishedAt: now, liveUrl: url.href };
}
