import { nextState, type Transitions } from '@evenhand/kernel';
import { daysAfter } from './days';

export const GIFT_STATES = ['promised', 'shipped', 'received', 'fulfilled', 'overdue', 'returned'] as const;
export type GiftState = (typeof GIFT_STATES)[number];
export type GiftCommand = 'ship' | 'receive' | 'fulfil' | 'mark_overdue' | 'return';

export const GIFT_TRANSITIONS: Transitions<GiftState, GiftCommand> = {
  promised: { ship: 'shipped' },
  shipped: { receive: 'received', return: 'returned' },
  received: { fulfil: 'fulfilled', mark_overdue: 'overdue', return: 'returned' },
  overdue: { fulfil: 'fulfilled', return: 'returned' },
  fulfilled: {},
  returned: {},
};

/** The part of a gift that changes. */
export interface GiftProgress {
  readonly state: GiftState;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly shippedAt: Date | null;
  readonly receivedAt: Date | null;
  /** By when everything must be published; set at receipt. */
  readonly postingDueAt: Date | null;
  readonly fulfilledAt: Date | null;
  readonly returnedAt: Date | null;
}

export const PROMISED: GiftProgress = {
  state: 'promised',
  carrier: null,
  trackingNumber: null,
  shippedAt: null,
  receivedAt: null,
  postingDueAt: null,
  fulfilledAt: null,
  returnedAt: null,
};

function after(state: GiftState, command: GiftCommand): GiftState {
  return nextState('The gift', GIFT_TRANSITIONS, state, command);
}

export function shipGift(
  gift: GiftProgress,
  shipment: { readonly carrier: string; readonly trackingNumber: string | null },
  now: Date,
): GiftProgress {
  return { ...gift, ...shipment, state: after(gift.state, 'ship'), shippedAt: now };
}

/** The posting duty runs from receipt; where everything is published already, it is fulfilled at once. */
export function receiveGift(
  gift: GiftProgress,
  duty: { readonly postingDutyDays: number; readonly everythingPublished: boolean },
  now: Date,
): GiftProgress {
  const received: GiftProgress = {
    ...gift,
    state: after(gift.state, 'receive'),
    receivedAt: now,
    postingDueAt: daysAfter(now, duty.postingDutyDays),
  };
  return duty.everythingPublished ? fulfilGift(received, now) : received;
}

/** Everything the deal asks for is published, in time or late. */
export function fulfilGift(gift: GiftProgress, now: Date): GiftProgress {
  return { ...gift, state: after(gift.state, 'fulfil'), fulfilledAt: now };
}

export function markGiftOverdue(gift: GiftProgress): GiftProgress {
  return { ...gift, state: after(gift.state, 'mark_overdue') };
}

export function returnGift(gift: GiftProgress, now: Date): GiftProgress {
  return { ...gift, state: after(gift.state, 'return'), returnedAt: now };
}

/** True where the influencer holds the gift and still owes the posts. */
export function owesPosts(gift: GiftProgress): boolean {
  return gift.state === 'received' || gift.state === 'overdue';
}
