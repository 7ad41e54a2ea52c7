import type { GiftProgress } from '../domain/gift-progress';
import type { GiftCorrection } from '../domain/gift-value';

export const GIFT_EVENTS = [
  'gift_requested',
  'gift_shipped',
  'gift_receipt_reminded',
  'gift_lost',
  'gift_received',
  'gift_problem_noted',
  'gift_forgone',
  'gift_duty_extended',
  'gift_overdue',
  'gift_appealed',
  'gift_appeal_decided',
  'gift_fulfilled',
  'gift_return_asked',
  'gift_return_offered',
  'gift_return_answered',
  'gift_sent_back',
  'gift_returned',
  'gift_correction_proposed',
  'gift_correction_answered',
  'gift_correction_withdrawn',
] as const;
export type GiftEvent = (typeof GIFT_EVENTS)[number];

/** One line of a gift's history. */
export interface GiftChange {
  readonly event: GiftEvent;
  /** States of the gift; of its correction where the event is about one. */
  readonly from: string | null;
  readonly to: string;
  /** What was said with it: a reason, a carrier, what was wrong. Never an address. */
  readonly note: string | null;
  readonly at: Date;
}

export interface Gift {
  readonly id: string;
  readonly currency: string;
  /** Value of the whole gift as both sides agreed on it with the deal, minor units. */
  readonly declaredValueMinor: bigint;
  /** The same with the corrections that both have agreed on since. */
  readonly fairMarketValueMinor: bigint;
  /** At their present values. */
  readonly items: readonly {
    readonly name: string;
    readonly quantity: number;
    readonly fairMarketValueMinor: bigint;
  }[];
  readonly postingDutyDays: number;
  readonly progress: GiftProgress;
  /** By number. */
  readonly corrections: readonly GiftCorrection[];
  /** Oldest first. */
  readonly history: readonly GiftChange[];
}
