import { daysAfter } from './days';
import { giftAfter } from './gift';
import {
  AppealAlreadyMade,
  AppealTooLate,
  AppealWithBrand,
  AppealWithOperator,
  ExtensionAlreadyUsed,
  InvalidPostingDueDate,
  NoOpenAppeal,
  PostingDutyEnded,
} from './gift-errors';
import type { AppealDecider, AppealDecision, GiftAppeal, GiftProgress } from './gift-progress';

export const EXTENSION_DAYS = 7;
/** Days after a duty fell overdue within which the influencer may appeal. */
export const APPEAL_DAYS = 14;
/** Days after an appeal within which the brand decides; from then on an operator does. */
export const APPEAL_DECISION_DAYS = 14;
/** How far ahead the due date that an appeal brings may lie. */
export const MAX_RENEWED_DAYS = 90;

/** Granted by asking, once, before the duty is due. Throws InvalidTransition, ExtensionAlreadyUsed, PostingDutyEnded. */
export function extendDuty(gift: GiftProgress, now: Date): GiftProgress {
  const state = giftAfter(gift.state, 'extend');
  const dueAt = dueDateOf(gift);
  if (gift.extendedAt !== null) throw new ExtensionAlreadyUsed(gift.extendedAt);
  if (dueAt <= now) throw new PostingDutyEnded(dueAt);
  return { ...gift, state, extendedAt: now, postingDueAt: daysAfter(dueAt, EXTENSION_DAYS) };
}

export function isDutyOver({ state, postingDueAt }: GiftProgress, now: Date): boolean {
  return state === 'received' && postingDueAt !== null && postingDueAt <= now;
}

export function markGiftOverdue(gift: GiftProgress, now: Date): GiftProgress {
  return { ...gift, state: giftAfter(gift.state, 'mark_overdue'), overdueAt: now };
}

/** Throws InvalidTransition, AppealAlreadyMade, AppealTooLate. */
export function appealDuty(gift: GiftProgress, reason: string, now: Date): GiftProgress {
  const state = giftAfter(gift.state, 'appeal');
  if (gift.appeal !== null) throw new AppealAlreadyMade();
  const until = appealUntil(gift);
  if (until === null || until <= now) throw new AppealTooLate(until);
  const undecided = { decision: null, decidedBy: null, decidedAt: null };
  return { ...gift, state, appeal: { reason, appealedAt: now, ...undecided } };
}

/** The instant from which the influencer can no longer appeal; null where nothing is overdue. */
export function appealUntil({ overdueAt }: GiftProgress): Date | null {
  return overdueAt && daysAfter(overdueAt, APPEAL_DAYS);
}

/** The instant from which an operator decides instead of the brand. */
export function brandDecidesUntil({ appealedAt }: GiftAppeal): Date {
  return daysAfter(appealedAt, APPEAL_DECISION_DAYS);
}

/**
 * `renewed` needs the new due date, ahead of now. Throws InvalidTransition, NoOpenAppeal, AppealWithOperator (the brand
 * comes too late), AppealWithBrand (the operator too early), InvalidPostingDueDate.
 */
export function decideAppeal(
  gift: GiftProgress,
  verdict: { readonly decision: AppealDecision; readonly newDueAt: Date | null; readonly by: AppealDecider },
  now: Date,
): GiftProgress {
  const state = giftAfter(gift.state, 'decide');
  const { appeal } = gift;
  if (appeal === null || appeal.decision !== null) throw new NoOpenAppeal();
  const { decision, newDueAt, by } = verdict;
  const until = brandDecidesUntil(appeal);
  if (by === 'brand' && until <= now) throw new AppealWithOperator(until);
  if (by === 'operator' && now < until) throw new AppealWithBrand(until);
  const decided = { ...gift, state, appeal: { ...appeal, decision, decidedBy: by, decidedAt: now } };
  if (decision === 'renewed') {
    return { ...decided, state: 'received', postingDueAt: checkedDueDate(newDueAt, now), overdueAt: null };
  }
  if (newDueAt !== null) throw new InvalidPostingDueDate(MAX_RENEWED_DAYS);
  return decision === 'waived' ? { ...decided, state: 'waived', waivedAt: now } : decided;
}

function checkedDueDate(dueAt: Date | null, now: Date): Date {
  if (dueAt === null || dueAt <= now || dueAt > daysAfter(now, MAX_RENEWED_DAYS)) {
    throw new InvalidPostingDueDate(MAX_RENEWED_DAYS);
  }
  return dueAt;
}

function dueDateOf({ postingDueAt }: GiftProgress): Date {
  if (postingDueAt === null) throw new RangeError('A gift that was received has a due date.');
  return postingDueAt;
}
