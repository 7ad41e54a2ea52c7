import { InvalidTransition } from '@evenhand/kernel';
import {
  fulfilGift,
  GIFT_STATES,
  type GiftProgress,
  type GiftState,
  markGiftOverdue,
  owesPosts,
  PROMISED,
  receiveGift,
  returnGift,
  shipGift,
} from './gift';

const NOW = new Date('2026-03-01T12:00:00Z');
const DUTY = { postingDutyDays: 14, everythingPublished: false };

const inState = (state: GiftState): GiftProgress => ({ ...PROMISED, state });

const COMMANDS = {
  ship: (gift: GiftProgress) => shipGift(gift, { carrier: 'SF Express', trackingNumber: 'SF1' }, NOW),
  receive: (gift: GiftProgress) => receiveGift(gift, DUTY, NOW),
  fulfil: (gift: GiftProgress) => fulfilGift(gift, NOW),
  mark_overdue: (gift: GiftProgress) => markGiftOverdue(gift),
  return: (gift: GiftProgress) => returnGift(gift, NOW),
} as const;

describe('the gift: state × command', () => {
  const allowed: Readonly<Record<string, GiftState>> = {
    'promised ship': 'shipped',
    'shipped receive': 'received',
    'shipped return': 'returned',
    'received fulfil': 'fulfilled',
    'received mark_overdue': 'overdue',
    'received return': 'returned',
    'overdue fulfil': 'fulfilled',
    'overdue return': 'returned',
  };
  const commands = ['ship', 'receive', 'fulfil', 'mark_overdue', 'return'] as const;
  const cells = GIFT_STATES.flatMap((state) => commands.map((command) => [state, command] as const));

  it.each(cells)('%s, %s', (state, command) => {
    const next = allowed[`${state} ${command}`];
    if (next === undefined) expect(() => COMMANDS[command](inState(state))).toThrow(InvalidTransition);
    else expect(COMMANDS[command](inState(state)).state).toBe(next);
  });

  it.each(GIFT_STATES)('%s: the posts are owed only while the influencer holds it', (state) => {
    expect(owesPosts(inState(state))).toBe(state === 'received' || state === 'overdue');
  });
});

describe('the posting duty', () => {
  it('runs from receipt', () => {
    const received = receiveGift(inState('shipped'), DUTY, NOW);
    expect(received).toMatchObject({ receivedAt: NOW, postingDueAt: new Date('2026-03-15T12:00:00Z') });
  });

  it('is fulfilled at once where everything was published before the gift came', () => {
    const received = receiveGift(inState('shipped'), { ...DUTY, everythingPublished: true }, NOW);
    expect(received).toMatchObject({ state: 'fulfilled', receivedAt: NOW, fulfilledAt: NOW });
  });
});
