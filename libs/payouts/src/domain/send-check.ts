import type { NotPaidReason } from './not-paid-reason';

/** What one book pays of one planned item, with what is there to pay it from at this moment. */
export interface PlannedTransfer {
  readonly itemId: string;
  readonly ordinal: number;
  readonly bookId: number;
  readonly partyId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  /** A deal or an earning behind it is frozen. */
  readonly isDisputed: boolean;
  /** The payee's available balance in the book. */
  readonly payableMinor: bigint;
  /** The book's cash less what is in transit. */
  readonly cashMinor: bigint;
}

/** Why an approved item is not sent after all. */
export type HeldBackReason = Extract<
  NotPaidReason,
  'disputed' | 'negative_balance' | 'waiting_for_brand_money' | 'no_payout_account'
>;

export interface SendDecision {
  readonly sent: readonly PlannedTransfer[];
  readonly heldBack: ReadonlyMap<string, HeldBackReason>;
}

/**
 * Which items of an approved batch can be sent now. An item is sent whole or held back whole: its amount was approved.
 * Items come in their order, each taking from what those before it left of a book's cash.
 */
export function decideSending(transfers: readonly PlannedTransfer[]): SendDecision {
  const cashLeft = new Map<string, bigint>();
  const sent: PlannedTransfer[] = [];
  const heldBack = new Map<string, HeldBackReason>();
  for (const [itemId, parts] of byItem(transfers)) {
    const leftFor = (part: PlannedTransfer): bigint => cashLeft.get(cashKey(part)) ?? part.cashMinor;
    if (parts.some((part) => part.isDisputed)) {
      heldBack.set(itemId, 'disputed');
    } else if (parts.some((part) => part.payableMinor < part.amountMinor)) {
      heldBack.set(itemId, 'negative_balance');
    } else if (parts.some((part) => leftFor(part) < part.amountMinor)) {
      heldBack.set(itemId, 'waiting_for_brand_money');
    } else {
      for (const part of parts) cashLeft.set(cashKey(part), leftFor(part) - part.amountMinor);
      sent.push(...parts);
    }
  }
  return { sent, heldBack };
}

function byItem(transfers: readonly PlannedTransfer[]): ReadonlyMap<string, PlannedTransfer[]> {
  const items = new Map<string, PlannedTransfer[]>();
  for (const transfer of [...transfers].sort((a, b) => a.ordinal - b.ordinal || a.bookId - b.bookId)) {
    const parts = items.get(transfer.itemId);
    if (parts === undefined) items.set(transfer.itemId, [transfer]);
    else parts.push(transfer);
  }
  return items;
}

function cashKey({ bookId, currency }: PlannedTransfer): string {
  return `${bookId}:${currency}`;
}
