import { MAX_AMOUNT_MINOR } from '@evenhand/money';
import type { DealSide } from './deal-side';
import { giftAfter } from './gift';
import {
  CorrectionNotYours,
  CorrectionStillOpen,
  GiftValueTooHigh,
  GiftValueUnchanged,
  NoOpenCorrection,
  UnknownGiftItem,
} from './gift-errors';
import type { GiftState } from './gift-progress';

export const CORRECTION_STATES = ['proposed', 'accepted', 'declined', 'withdrawn'] as const;
export type CorrectionState = (typeof CORRECTION_STATES)[number];

/** One item of a gift is worth something else: proposed by one side, and so only with the other's consent. */
export interface GiftCorrection {
  /** 1, 2, 3 … within the gift. */
  readonly number: number;
  /** 1 for the first item of the gift. */
  readonly itemNumber: number;
  /** Fair market value of one piece before and after, minor units. */
  readonly fromMinor: bigint;
  readonly toMinor: bigint;
  readonly reason: string;
  readonly proposedBy: DealSide;
  readonly proposedAt: Date;
  readonly state: CorrectionState;
  readonly decidedAt: Date | null;
}

interface Valued {
  readonly quantity: number;
  readonly fairMarketValueMinor: bigint;
}

interface ValuedGift<Item extends Valued = Valued> {
  readonly items: readonly Item[];
  readonly corrections: readonly GiftCorrection[];
  readonly state: GiftState;
}

export interface CorrectionProposal {
  readonly itemNumber: number;
  /** Of one piece, minor units of the gift's currency. */
  readonly toMinor: bigint;
  readonly reason: string;
  readonly by: DealSide;
}

/** The items at the values that both sides agree on by now. */
export function itemsAtPresent<Item extends Valued>(
  items: readonly Item[],
  corrections: readonly GiftCorrection[],
): readonly Item[] {
  return items.map((item, place) => {
    const accepted = corrections.filter((one) => one.state === 'accepted' && one.itemNumber === place + 1);
    return { ...item, fairMarketValueMinor: accepted.at(-1)?.toMinor ?? item.fairMarketValueMinor };
  });
}

/**
 * `items` at their present values. Throws InvalidTransition, UnknownGiftItem, CorrectionStillOpen, GiftValueUnchanged,
 * GiftValueTooHigh.
 */
export function proposeCorrection(gift: ValuedGift, proposal: CorrectionProposal, now: Date): GiftCorrection {
  giftAfter(gift.state, 'correct_value');
  const { itemNumber, toMinor, reason, by } = proposal;
  const item = gift.items[itemNumber - 1];
  if (!item) throw new UnknownGiftItem(itemNumber);
  if (gift.corrections.some(({ state }) => state === 'proposed')) throw new CorrectionStillOpen();
  const fromMinor = item.fairMarketValueMinor;
  if (toMinor === fromMinor) throw new GiftValueUnchanged();
  const correction = { number: gift.corrections.length + 1, itemNumber, fromMinor, toMinor, reason };
  const proposed: GiftCorrection = {
    ...correction,
    proposedBy: by,
    proposedAt: now,
    state: 'proposed',
    decidedAt: null,
  };
  const rest = gift.items.reduce((sum, each) => sum + (each === item ? 0n : wholeOf(each)), 0n);
  if (rest + BigInt(item.quantity) * toMinor > MAX_AMOUNT_MINOR) throw new GiftValueTooHigh();
  return proposed;
}

/** The other side's yes or no. Throws InvalidTransition, NoOpenCorrection, CorrectionNotYours. */
export function answerCorrection(
  gift: ValuedGift,
  answer: { readonly number: number; readonly by: DealSide; readonly accepts: boolean },
  now: Date,
): GiftCorrection {
  giftAfter(gift.state, 'correct_value');
  const open = openCorrection(gift, answer.number);
  if (open.proposedBy === answer.by) throw new CorrectionNotYours();
  return { ...open, state: answer.accepts ? 'accepted' : 'declined', decidedAt: now };
}

/** Its own side takes it back, whatever became of the gift. Throws NoOpenCorrection, CorrectionNotYours. */
export function withdrawCorrection(
  gift: ValuedGift,
  withdrawal: { readonly number: number; readonly by: DealSide },
  now: Date,
): GiftCorrection {
  const open = openCorrection(gift, withdrawal.number);
  if (open.proposedBy !== withdrawal.by) throw new CorrectionNotYours();
  return { ...open, state: 'withdrawn', decidedAt: now };
}

/** By how much the whole gift is worth more (below zero: less), minor units. */
export function differenceMinor(items: readonly Valued[], { itemNumber, fromMinor, toMinor }: GiftCorrection): bigint {
  return BigInt(items[itemNumber - 1]?.quantity ?? 0) * (toMinor - fromMinor);
}

function openCorrection(gift: ValuedGift, number: number): GiftCorrection {
  const open = gift.corrections.find((one) => one.number === number && one.state === 'proposed');
  if (!open) throw new NoOpenCorrection();
  return open;
}

function wholeOf({ quantity, fairMarketValueMinor }: Valued): bigint {
  return BigInt(quantity) * fairMarketValueMinor;
}
