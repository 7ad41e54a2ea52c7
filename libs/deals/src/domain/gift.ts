import { nextState, type Transitions } from '@evenhand/kernel';
import { daysAfter } from './days';
import { GiftChoiceTwice, UnknownGiftItem } from './gift-errors';
import type { GiftProgress, GiftRequest, GiftState } from './gift-progress';

export const GIFT_COMMANDS = [
  'request',
  'ship',
  'lose',
  'receive',
  'forgo',
  'fulfil',
  'mark_overdue',
  'extend',
  'appeal',
  'decide',
  'discuss_return',
  'send_back',
  'return',
  'correct_value',
] as const;
export type GiftCommand = (typeof GIFT_COMMANDS)[number];

/**
 * Where a command leaves the state as it is, its own rules say more: see posting-duty, gift-return and gift-value. An
 * appeal that is decided for the influencer moves the state on.
 */
export const GIFT_TRANSITIONS: Transitions<GiftState, GiftCommand> = {
  promised: { request: 'requested', ship: 'shipped', correct_value: 'promised' },
  requested: { request: 'requested', ship: 'shipped', correct_value: 'requested' },
  shipped: { lose: 'lost', receive: 'received', return: 'returned', correct_value: 'shipped' },
  lost: { ship: 'shipped', receive: 'received', forgo: 'forgone', return: 'returned', correct_value: 'lost' },
  received: {
    fulfil: 'fulfilled',
    mark_overdue: 'overdue',
    extend: 'received',
    discuss_return: 'received',
    send_back: 'returning',
    correct_value: 'received',
  },
  overdue: {
    fulfil: 'fulfilled',
    appeal: 'overdue',
    decide: 'overdue',
    discuss_return: 'overdue',
    send_back: 'returning',
    correct_value: 'overdue',
  },
  fulfilled: { correct_value: 'fulfilled' },
  waived: { discuss_return: 'waived', send_back: 'returning', correct_value: 'waived' },
  returning: { return: 'returned', correct_value: 'returning' },
  returned: {},
  forgone: {},
};

/** Days after shipment from which both sides are reminded that nobody has said the gift is there. */
export const RECEIPT_REMINDER_DAYS = 14;

export function giftAfter(state: GiftState, command: GiftCommand): GiftState {
  return nextState('The gift', GIFT_TRANSITIONS, state, command);
}

/** May be said anew until it is shipped. Throws InvalidTransition, UnknownGiftItem, GiftChoiceTwice. */
export function requestGift(gift: GiftProgress, itemCount: number, request: GiftRequest): GiftProgress {
  const state = giftAfter(gift.state, 'request');
  const numbers = request.choices.map(({ itemNumber }) => itemNumber);
  const unknown = numbers.find((number) => number < 1 || number > itemCount);
  if (unknown !== undefined) throw new UnknownGiftItem(unknown);
  const twice = numbers.find((number, place) => numbers.indexOf(number) !== place);
  if (twice !== undefined) throw new GiftChoiceTwice(twice);
  return { ...gift, state, request };
}

/** The first time, or again after the parcel was lost. Unrequested too: the two may have agreed on it elsewhere. */
export function shipGift(
  gift: GiftProgress,
  shipment: { readonly carrier: string; readonly trackingNumber: string | null },
  now: Date,
): GiftProgress {
  const state = giftAfter(gift.state, 'ship');
  return { ...gift, ...shipment, state, shippedAt: now, receiptRemindedAt: null, lostAt: null };
}

/** True where receipt is neither confirmed nor denied long after shipment, and nobody was reminded of this parcel. */
export function isReminderDue({ state, shippedAt, receiptRemindedAt }: GiftProgress, now: Date): boolean {
  if (state !== 'shipped' || shippedAt === null || receiptRemindedAt !== null) return false;
  return daysAfter(shippedAt, RECEIPT_REMINDER_DAYS) <= now;
}

export function loseGift(gift: GiftProgress, now: Date): GiftProgress {
  return { ...gift, state: giftAfter(gift.state, 'lose'), lostAt: now };
}

/** The posting duty runs from receipt; where everything is published already, it is fulfilled at once. */
export function receiveGift(
  gift: GiftProgress,
  duty: { readonly postingDutyDays: number; readonly everythingPublished: boolean },
  now: Date,
): GiftProgress {
  const received: GiftProgress = {
    ...withoutAddress(gift),
    state: giftAfter(gift.state, 'receive'),
    lostAt: null,
    receivedAt: now,
    postingDueAt: daysAfter(now, duty.postingDutyDays),
  };
  return duty.everythingPublished ? fulfilGift(received, now) : received;
}

/** The influencer lets a lost gift go, and with it the duty to post about it. */
export function forgoGift(gift: GiftProgress, now: Date): GiftProgress {
  return { ...withoutAddress(gift), state: giftAfter(gift.state, 'forgo'), forgoneAt: now };
}

/** Everything the deal asks for is published, in time or late. */
export function fulfilGift(gift: GiftProgress, now: Date): GiftProgress {
  return { ...gift, state: giftAfter(gift.state, 'fulfil'), fulfilledAt: now };
}

/** It is with the brand again: undelivered, or sent back by the influencer. */
export function returnGift(gift: GiftProgress, now: Date): GiftProgress {
  return { ...withoutAddress(gift), state: giftAfter(gift.state, 'return'), returnedAt: now };
}

/** True where the influencer holds the gift and still owes the posts. */
export function owesPosts(gift: GiftProgress): boolean {
  return gift.state === 'received' || gift.state === 'overdue';
}

/** True while the brand needs the address to send the gift, or to find out where it went. */
export function needsAddress({ state }: GiftProgress): boolean {
  return state === 'requested' || state === 'shipped' || state === 'lost';
}

/** True while the gift's value stands in the in-kind accounts. */
export function isInKind({ receivedAt, returnedAt }: GiftProgress): boolean {
  return receivedAt !== null && returnedAt === null;
}

function withoutAddress(gift: GiftProgress): GiftProgress {
  return gift.request === null ? gift : { ...gift, request: { ...gift.request, addressId: null } };
}
