import type { Transitions } from '@evenhand/kernel';

export const ITEM_STATES = [
  'planned',
  'excluded',
  'cancelled',
  'held_back',
  'sent',
  'unknown',
  'paid',
  'rejected',
] as const;
export type ItemState = (typeof ITEM_STATES)[number];

export type ItemCommand = 'exclude' | 'cancel' | 'hold_back' | 'send' | 'mark_paid' | 'mark_rejected' | 'mark_unknown';

/** An unknown outcome is not a failure: the item stays with the bank until its statement says what became of it. */
export const ITEM_TRANSITIONS: Transitions<ItemState, ItemCommand> = {
  planned: { exclude: 'excluded', cancel: 'cancelled', hold_back: 'held_back', send: 'sent' },
  excluded: {},
  cancelled: {},
  held_back: {},
  sent: { mark_paid: 'paid', mark_rejected: 'rejected', mark_unknown: 'unknown' },
  unknown: { mark_paid: 'paid', mark_rejected: 'rejected' },
  paid: {},
  rejected: {},
};

/** States in which an item holds on to its lines, so that no other item can pay them. */
export const LIVE_ITEM_STATES: readonly ItemState[] = ['planned', 'sent', 'unknown', 'paid'];

/** True where nothing more can become of the item. */
export function isFinalItemState(state: ItemState): boolean {
  return Object.keys(ITEM_TRANSITIONS[state]).length === 0;
}
