import type { BatchState } from './batch-state';
import type { ItemState } from './item-state';
import { type NotPaidReason, REASON_RULES, type ReasonRule } from './not-paid-reason';

/** A live item that holds part of a share. */
export interface ShareInItem {
  readonly itemId: string;
  readonly itemState: ItemState;
  readonly batchId: string;
  readonly batchNumber: bigint;
  readonly batchState: BatchState;
  readonly amountMinor: bigint;
}

/** What decides over the part of a share that is available and in no item. */
export interface PayeePosition {
  readonly hasAccount: boolean;
  /** What the book owes the payee now and no item plans to pay. */
  readonly openInBookMinor: bigint;
  /** The same over all books in which it is above zero. */
  readonly openInAllMinor: bigint;
  /** Minimum payout of the last batch in this currency. */
  readonly minimumMinor: bigint;
  /** The book's cash that is neither in transit nor planned. */
  readonly cashMinor: bigint;
}

export interface ShareFacts {
  /** Amount less what refunds took back. */
  readonly netMinor: bigint;
  readonly state: 'held' | 'released';
  readonly releaseAt: Date | null;
  /** Why it is frozen, as the ledger has it; null where it is not. */
  readonly frozenReason: string | null;
  readonly items: readonly ShareInItem[];
  readonly payee: PayeePosition;
}

/** Part of a share that is not paid, with the reason and on whom it depends. */
export interface NotPaidPart extends ReasonRule {
  readonly reason: NotPaidReason;
  /** Below zero where refunds after the payout left a debt. */
  readonly amountMinor: bigint;
  /** When it is expected to move on by itself; null where that depends on somebody. */
  readonly expectedAt: Date | null;
  readonly batchId: string | null;
  readonly batchNumber: bigint | null;
}

/** Every unpaid part of a share with its reason; the parts sum to what is not paid of it. */
export function notPaidBecause(share: ShareFacts, now: Date): readonly NotPaidPart[] {
  if (share.state === 'held') return share.netMinor === 0n ? [] : [part(heldReason(share, now), share.netMinor, share)];
  const inItems = share.items.filter((item) => item.itemState !== 'paid');
  const liveMinor = share.items.reduce((sum, item) => sum + item.amountMinor, 0n);
  const openMinor = share.netMinor - liveMinor;
  const open = openMinor === 0n ? [] : [part(openReason(share, openMinor), openMinor, share)];
  return [...inItems.map(partInItem), ...open];
}

function heldReason(share: ShareFacts, now: Date): NotPaidReason {
  if (share.frozenReason !== null) return frozenBecause(share.frozenReason);
  return share.releaseAt !== null && share.releaseAt > now ? 'held_until' : 'release_due';
}

function frozenBecause(frozenReason: string): NotPaidReason {
  return frozenReason === 'risk' ? 'risk_review' : 'disputed';
}

/** In the order in which a batch applies its rules. */
function openReason({ frozenReason, payee }: ShareFacts, openMinor: bigint): NotPaidReason {
  if (openMinor < 0n) return 'negative_balance';
  if (frozenReason !== null) return frozenBecause(frozenReason);
  if (payee.openInBookMinor <= 0n) return 'negative_balance';
  if (!payee.hasAccount) return 'no_payout_account';
  if (payee.openInAllMinor < payee.minimumMinor) return 'below_minimum';
  if (payee.cashMinor < openMinor) return 'waiting_for_brand_money';
  return 'next_batch';
}

function part(reason: NotPaidReason, amountMinor: bigint, share: ShareFacts): NotPaidPart {
  const expectedAt = reason === 'held_until' ? share.releaseAt : null;
  return { reason, amountMinor, expectedAt, batchId: null, batchNumber: null, ...REASON_RULES[reason] };
}

function partInItem({ itemState, batchState, batchId, batchNumber, amountMinor }: ShareInItem): NotPaidPart {
  const reason = itemReason(itemState, batchState);
  return { reason, amountMinor, expectedAt: null, batchId, batchNumber, ...REASON_RULES[reason] };
}

function itemReason(itemState: ItemState, batchState: BatchState): NotPaidReason {
  if (itemState === 'unknown') return 'bank_outcome_unknown';
  if (itemState === 'sent') return 'awaiting_bank';
  if (batchState === 'approved') return 'awaiting_export';
  return batchState === 'submitted' ? 'awaiting_approval' : 'in_draft_batch';
}
