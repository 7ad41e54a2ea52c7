import { nextState, type Transitions } from '@evenhand/kernel';
import { type DeliverableState, isDone } from './deliverable';
import {
  DealAlreadyFunded,
  DealNotActive,
  GiftNotDelivered,
  NothingToFund,
  WorkAlreadyBegun,
  WorkNotFinished,
} from './errors';
import type { GiftState } from './gift-progress';

export const DEAL_STATES = ['awaiting_funding', 'active', 'completed', 'cancelled', 'disputed'] as const;
export type DealState = (typeof DEAL_STATES)[number];
export type DealCommand = 'fund' | 'complete' | 'cancel' | 'dispute' | 'resume';

export const DEAL_TRANSITIONS: Transitions<DealState, DealCommand> = {
  awaiting_funding: { fund: 'active', cancel: 'cancelled' },
  active: { complete: 'completed', cancel: 'cancelled', dispute: 'disputed' },
  completed: {},
  cancelled: {},
  disputed: { resume: 'active' },
};

/** What the brand puts aside for a deal, minor units; null or zero where the deal has no such part. */
export interface EscrowNeed {
  readonly cash: { readonly currency: string; readonly amountMinor: bigint } | null;
  readonly commissionReserve: { readonly currency: string; readonly amountMinor: bigint } | null;
}

/** How far the work of a deal has come. */
export interface DealProgress {
  readonly deliverables: readonly DeliverableState[];
  readonly gift: GiftState | null;
}

export function dealAfter(state: DealState, command: DealCommand): DealState {
  return nextState('The deal', DEAL_TRANSITIONS, state, command);
}

export function needsFunding(need: EscrowNeed): boolean {
  return (need.cash?.amountMinor ?? 0n) > 0n || (need.commissionReserve?.amountMinor ?? 0n) > 0n;
}

/** Nothing more is paid out of the deal's escrow by its own steps. */
export function hasEnded(state: DealState): boolean {
  return Object.keys(DEAL_TRANSITIONS[state]).length === 0;
}

/** A deal with nothing to put aside runs at once. */
export function stateAtAcceptance(need: EscrowNeed): DealState {
  return needsFunding(need) ? 'awaiting_funding' : 'active';
}

/**
 * The whole need is funded at once: a deal half funded would start work that nobody can pay. Answers `repeated` for the
 * key that funded it. Throws NothingToFund, DealAlreadyFunded, InvalidTransition.
 */
export function fundDeal(
  deal: { readonly state: DealState; readonly fundingKey: string | null; readonly need: EscrowNeed },
  idempotencyKey: string,
): { readonly repeated: boolean; readonly state: DealState } {
  if (deal.fundingKey === idempotencyKey) return { repeated: true, state: deal.state };
  if (!needsFunding(deal.need)) throw new NothingToFund();
  if (deal.fundingKey !== null) throw new DealAlreadyFunded();
  return { repeated: false, state: dealAfter(deal.state, 'fund') };
}

const UNSHIPPED: readonly GiftState[] = ['promised', 'requested'];
const ON_THE_WAY: readonly GiftState[] = [...UNSHIPPED, 'shipped', 'lost'];

/** Every deliverable is at least approved or settled, and a promised gift has arrived, came back or was forgone. */
export function completeDeal(state: DealState, progress: DealProgress): DealState {
  const next = dealAfter(state, 'complete');
  const open = progress.deliverables.filter((deliverable) => !isDone(deliverable));
  if (open.length > 0) throw new WorkNotFinished(open.length);
  if (progress.gift !== null && ON_THE_WAY.includes(progress.gift)) throw new GiftNotDelivered();
  return next;
}

/** Only before any work: nothing was submitted and nothing was shipped. */
export function cancelDeal(state: DealState, progress: DealProgress): DealState {
  const next = dealAfter(state, 'cancel');
  const isUntouched = progress.deliverables.every((deliverable) => deliverable === 'planned');
  if (!isUntouched || (progress.gift !== null && !UNSHIPPED.includes(progress.gift))) throw new WorkAlreadyBegun();
  return next;
}

/** Deliverables are worked on, and gifts move, only while the deal runs. */
export function requireActive(state: DealState): void {
  if (state !== 'active') throw new DealNotActive(state);
}

/** What was approved may still be published, and what was given still be posted about, after completion. */
export function requireActiveOrCompleted(state: DealState): void {
  if (state !== 'completed') requireActive(state);
}
