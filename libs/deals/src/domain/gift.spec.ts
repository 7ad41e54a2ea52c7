import { InvalidTransition } from '@evenhand/kernel';
import {
  fulfilGift,
  forgoGift,
  GIFT_COMMANDS,
  GIFT_TRANSITIONS,
  type GiftCommand,
  isReminderDue,
  loseGift,
  needsAddress,
  owesPosts,
  receiveGift,
  requestGift,
  returnGift,
  shipGift,
} from './gift';
import { GiftChoiceTwice, UnknownGiftItem } from './gift-errors';
import { GIFT_STATES, type GiftProgress, type GiftRequest, type GiftState, PROMISED } from './gift-progress';
import { proposeReturn, sendBack } from './gift-return';
import { proposeCorrection } from './gift-value';
import { appealDuty, decideAppeal, extendDuty, markGiftOverdue } from './posting-duty';

const NOW = new Date('2026-03-01T12:00:00Z');
const DAY = 86_400_000;
const inDays = (days: number) => new Date(NOW.getTime() + days * DAY);
const DUTY = { postingDutyDays: 14, everythingPublished: false };
const PARCEL = { carrier: 'SF Express', trackingNumber: 'SF1' };
const REQUEST: GiftRequest = {
  requestedAt: NOW,
  choices: [{ itemNumber: 2, choice: 'M, red' }],
  addressId: 'address',
  addressLabel: 'Home',
  addressCountry: 'JP',
};

/** A gift in the state for which every rule beside the state is fulfilled. */
function inState(state: GiftState, change: Partial<GiftProgress> = {}): GiftProgress {
  return { ...PROMISED, state, postingDueAt: inDays(3), overdueAt: inDays(-1), ...change };
}

const OPEN_APPEAL = { reason: 'Ill', appealedAt: NOW, decision: null, decidedBy: null, decidedAt: null };
const ASKED = {
  state: 'asked',
  reason: 'Loan',
  openedAt: NOW,
  carrier: null,
  trackingNumber: null,
  shippedAt: null,
} as const;
const WAIVE = { decision: 'waived', newDueAt: null, by: 'brand' } as const;
const VALUED = { items: [{ quantity: 1, fairMarketValueMinor: 100n }], corrections: [] };
const PROPOSAL = { itemNumber: 1, toMinor: 90n, reason: 'Sale', by: 'brand' } as const;

const COMMANDS: Readonly<Record<GiftCommand, (state: GiftState) => GiftState>> = {
  request: (state) => requestGift(inState(state), 2, REQUEST).state,
  ship: (state) => shipGift(inState(state), PARCEL, NOW).state,
  lose: (state) => loseGift(inState(state), NOW).state,
  receive: (state) => receiveGift(inState(state), DUTY, NOW).state,
  forgo: (state) => forgoGift(inState(state), NOW).state,
  fulfil: (state) => fulfilGift(inState(state), NOW).state,
  mark_overdue: (state) => markGiftOverdue(inState(state), NOW).state,
  extend: (state) => extendDuty(inState(state), NOW).state,
  appeal: (state) => appealDuty(inState(state), 'Ill', NOW).state,
  decide: (state) => decideAppeal(inState(state, { appeal: OPEN_APPEAL }), WAIVE, NOW).state,
  discuss_return: (state) => proposeReturn(inState(state), 'brand', 'Loan', NOW).state,
  send_back: (state) => sendBack(inState(state, { giftReturn: ASKED }), PARCEL, NOW).state,
  return: (state) => returnGift(inState(state), NOW).state,
  correct_value: (state) => {
    proposeCorrection({ ...VALUED, state }, PROPOSAL, NOW);
    return state;
  },
};

describe('the gift: state × command', () => {
  const allowed: Readonly<Partial<Record<GiftState, Readonly<Partial<Record<GiftCommand, GiftState>>>>>> = {
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
      decide: 'waived',
      discuss_return: 'overdue',
      send_back: 'returning',
      correct_value: 'overdue',
    },
    fulfilled: { correct_value: 'fulfilled' },
    waived: { discuss_return: 'waived', send_back: 'returning', correct_value: 'waived' },
    returning: { return: 'returned', correct_value: 'returning' },
  };
  const cells = GIFT_STATES.flatMap((state) => GIFT_COMMANDS.map((command) => [state, command] as const));

  it.each(cells)('%s, %s', (state, command) => {
    const next = allowed[state]?.[command];
    if (next === undefined) expect(() => COMMANDS[command](state)).toThrow(InvalidTransition);
    else expect(COMMANDS[command](state)).toBe(next);
  });

  it('has nothing in its table that is not tried above', () => {
    for (const state of GIFT_STATES) {
      expect(Object.keys(GIFT_TRANSITIONS[state]).sort()).toEqual(Object.keys(allowed[state] ?? {}).sort());
    }
  });

  it.each(GIFT_STATES)('%s: the posts are owed only while the influencer holds it', (state) => {
    expect(owesPosts(inState(state))).toBe(state === 'received' || state === 'overdue');
  });

  it.each(GIFT_STATES)('%s: the address is needed only while it is on its way', (state) => {
    expect(needsAddress(inState(state))).toBe(['requested', 'shipped', 'lost'].includes(state));
  });
});

describe('a request', () => {
  it('may be said anew until shipment, and the later one counts', () => {
    const again = { ...REQUEST, addressLabel: 'Studio', choices: [] };
    const requested = requestGift(requestGift(PROMISED, 2, REQUEST), 2, again);
    expect(requested).toMatchObject({ state: 'requested', request: again });
  });

  it.each([0, 3, -1])('chooses no item number %d of two', (itemNumber) => {
    const request = { ...REQUEST, choices: [{ itemNumber, choice: 'M' }] };
    expect(() => requestGift(PROMISED, 2, request)).toThrow(UnknownGiftItem);
  });

  it('chooses an item once', () => {
    const [choice] = REQUEST.choices;
    const request = { ...REQUEST, choices: [choice, choice].flatMap((one) => one ?? []) };
    expect(() => requestGift(PROMISED, 2, request)).toThrow(GiftChoiceTwice);
  });

  it('is forgotten as an address once nobody needs it any more', () => {
    const shipped = shipGift(requestGift(PROMISED, 2, REQUEST), PARCEL, NOW);
    const lost = loseGift(shipped, NOW);
    expect([shipped, lost].map(({ request }) => request?.addressId)).toEqual(['address', 'address']);
    const ends = [
      receiveGift(shipped, DUTY, NOW),
      receiveGift(lost, DUTY, NOW),
      returnGift(shipped, NOW),
      forgoGift(lost, NOW),
    ];
    for (const { request } of ends) expect(request).toMatchObject({ addressId: null, addressLabel: 'Home' });
  });
});

describe('a parcel', () => {
  it('is reminded of once, 14 days after shipment, and anew when it is sent anew', () => {
    const shipped = shipGift(PROMISED, PARCEL, NOW);
    expect([13.9, 14].map((days) => isReminderDue(shipped, inDays(days)))).toEqual([false, true]);
    expect(isReminderDue({ ...shipped, receiptRemindedAt: inDays(14) }, inDays(40))).toBe(false);
    const again = shipGift(loseGift({ ...shipped, receiptRemindedAt: inDays(14) }, inDays(20)), PARCEL, inDays(21));
    expect(again).toMatchObject({ state: 'shipped', shippedAt: inDays(21), lostAt: null });
    expect([34, 35].map((days) => isReminderDue(again, inDays(days)))).toEqual([false, true]);
  });

  it('that was received or lost reminds nobody', () => {
    const shipped = shipGift(PROMISED, PARCEL, NOW);
    const settled = [receiveGift(shipped, DUTY, NOW), loseGift(shipped, NOW)];
    expect(settled.map((gift) => isReminderDue(gift, inDays(40)))).toEqual([false, false]);
  });
});

describe('the posting duty', () => {
  it('runs from receipt', () => {
    const received = receiveGift({ ...PROMISED, state: 'shipped' }, DUTY, NOW);
    expect(received).toMatchObject({ receivedAt: NOW, postingDueAt: new Date('2026-03-15T12:00:00Z') });
  });

  it('is fulfilled at once where everything was published before the gift came', () => {
    const received = receiveGift({ ...PROMISED, state: 'shipped' }, { ...DUTY, everythingPublished: true }, NOW);
    expect(received).toMatchObject({ state: 'fulfilled', receivedAt: NOW, fulfilledAt: NOW });
  });
});
