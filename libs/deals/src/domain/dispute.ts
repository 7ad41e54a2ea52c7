import { InvalidInput, nextState, type Transitions } from '@evenhand/kernel';
import { multiplyRoundHalfEven, Rational } from '@evenhand/money';
import { daysAfter } from './days';
import { AnswerStillOpen, DecisionIncomplete } from './dispute-errors';

export const DISPUTE_STATES = ['open', 'answered', 'decided', 'withdrawn'] as const;
export type DisputeState = (typeof DISPUTE_STATES)[number];
export type DisputeCommand = 'answer' | 'add_evidence' | 'decide' | 'withdraw';

/** No state is left by time alone: what is frozen stays frozen until somebody decides or takes the dispute back. */
export const DISPUTE_TRANSITIONS: Transitions<DisputeState, DisputeCommand> = {
  open: { answer: 'answered', add_evidence: 'open', decide: 'decided', withdraw: 'withdrawn' },
  answered: { add_evidence: 'answered', decide: 'decided', withdraw: 'withdrawn' },
  decided: {},
  withdrawn: {},
};

export const DISPUTE_REASONS = [
  'not_delivered',
  'not_as_agreed',
  'approval_withheld',
  'not_published',
  'rules_broken',
  'other',
] as const;
export type DisputeReason = (typeof DISPUTE_REASONS)[number];

/** `deal`: all of its cash, and its work rests; `deliverables`: the cash of those, and only they rest. */
export const DISPUTE_SCOPES = ['deal', 'deliverables'] as const;
export type DisputeScope = (typeof DISPUTE_SCOPES)[number];

export const DISPUTE_SIDES = ['brand', 'influencer'] as const;
export type DisputeSide = (typeof DISPUTE_SIDES)[number];

/** `dismissed`: nothing was wrong; the money is free again and the work goes on. The others decide the money for good. */
export const DISPUTE_OUTCOMES = ['for_brand', 'for_influencer', 'split', 'dismissed'] as const;
export type DisputeOutcome = (typeof DISPUTE_OUTCOMES)[number];

/** Where the money in question is: set aside by the brand, or earned by those whom the plan names. */
export const DISPUTE_PLACES = ['escrow', 'earning'] as const;
export type DisputePlace = (typeof DISPUTE_PLACES)[number];

export const MAX_DISPUTE_TEXT_LENGTH = 5000;
export const MAX_DISPUTE_ENTRIES = 100;
export const MAX_FILES_OF_ENTRY = 10;
const ANSWER_DAYS = 7;

export function disputeAfter(state: DisputeState, command: DisputeCommand): DisputeState {
  return nextState('The dispute', DISPUTE_TRANSITIONS, state, command);
}

/** By when the other side is heard; an operator decides earlier only where it has answered. */
export function answerDueAt(openedAt: Date): Date {
  return daysAfter(openedAt, ANSWER_DAYS);
}

/** Throws InvalidTransition, AnswerStillOpen. */
export function decideDispute(
  dispute: { readonly state: DisputeState; readonly answerDueAt: Date },
  now: Date,
): DisputeState {
  const state = disputeAfter(dispute.state, 'decide');
  if (dispute.state === 'open' && now < dispute.answerDueAt) throw new AnswerStillOpen(dispute.answerDueAt);
  return state;
}

/** What an operator states of one deliverable: the exact share of its cash that the influencer's side keeps. */
export interface StatedShare {
  readonly deliverableId: string;
  /** Exact rational from 0 to 1. */
  readonly influencerShare: string;
}

/**
 * The share of each deliverable's cash that the influencer's side keeps, null where nothing is decided about it. A split
 * states every deliverable once, the other outcomes state none.
 * Throws DecisionIncomplete, InvalidInput, InvalidRational.
 */
export function sharesOfDecision(
  outcome: DisputeOutcome,
  stated: readonly StatedShare[],
  deliverableIds: readonly string[],
): ReadonlyMap<string, Rational> | null {
  if (outcome !== 'split') {
    if (stated.length > 0) throw new InvalidInput('shares', 'Only a split states shares.');
    if (outcome === 'dismissed') return null;
    const share = outcome === 'for_influencer' ? Rational.ONE : Rational.ZERO;
    return new Map(deliverableIds.map((id) => [id, share]));
  }
  const shares = new Map(stated.map(({ deliverableId, influencerShare }) => [deliverableId, shareOf(influencerShare)]));
  const isComplete = shares.size === stated.length && stated.length === deliverableIds.length;
  if (!isComplete || deliverableIds.length === 0 || !deliverableIds.every((id) => shares.has(id))) {
    throw new DecisionIncomplete(deliverableIds.length);
  }
  return shares;
}

function shareOf(text: string): Rational {
  const share = Rational.parseStated(text);
  if (share.compare(Rational.ZERO) < 0 || share.compare(Rational.ONE) > 0) {
    throw new InvalidInput('shares.influencerShare', 'A share is from 0 to 1.');
  }
  return share;
}

/** The part of an amount that the influencer's side keeps, half-even; the rest is the brand's. Minor units. */
export function keptOf(amountMinor: bigint, influencerShare: Rational): bigint {
  return multiplyRoundHalfEven(amountMinor, influencerShare);
}
