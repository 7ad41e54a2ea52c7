import { nextState, type Transitions } from '@evenhand/kernel';
import { daysAfter } from './days';
import { InvalidLiveUrl, RevisionsExhausted } from './errors';
import { publicHttpsUrl } from './public-https-url';

export const DELIVERABLE_STATES = [
  'planned',
  'submitted',
  'changes_requested',
  'approved',
  'published',
  'settled',
] as const;
/** `settled`: an operator decided about its cash before it was approved; no more work is owed for it. */
export type DeliverableState = (typeof DELIVERABLE_STATES)[number];
export type DeliverableCommand = 'submit' | 'request_changes' | 'approve' | 'publish' | 'settle';

export const DELIVERABLE_TRANSITIONS: Transitions<DeliverableState, DeliverableCommand> = {
  planned: { submit: 'submitted', settle: 'settled' },
  submitted: { request_changes: 'changes_requested', approve: 'approved', settle: 'settled' },
  changes_requested: { submit: 'submitted', settle: 'settled' },
  approved: { publish: 'published' },
  published: {},
  settled: {},
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

export function settleDeliverable(progress: DeliverableProgress): DeliverableProgress {
  return { ...progress, state: after(progress.state, 'settle'), autoApproveAt: null };
}

/** The brand's days to answer stood still while the deliverable rested. */
export function prolongAnswer(progress: DeliverableProgress, restedSince: Date, now: Date): DeliverableProgress {
  const { autoApproveAt } = progress;
  if (autoApproveAt === null) return progress;
  const restedMs = now.getTime() - Math.max(restedSince.getTime(), progress.submittedAt?.getTime() ?? 0);
  return { ...progress, autoApproveAt: new Date(autoApproveAt.getTime() + restedMs) };
}

/** No work is owed for it any more, and none of its cash is in escrow. */
export function isDone(state: DeliverableState): boolean {
  return state === 'approved' || state === 'published' || state === 'settled';
}

/** Throws InvalidTransition, InvalidLiveUrl. */
export function publishDeliverable(progress: DeliverableProgress, liveUrl: string, now: Date): DeliverableProgress {
  const state = after(progress.state, 'publish');
  const url = publicHttpsUrl(liveUrl);
  if (!url) throw new InvalidLiveUrl();
  return { ...progress, state, publishedAt: now, liveUrl: url.href };
}
