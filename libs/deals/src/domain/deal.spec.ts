import { InvalidTransition } from '@evenhand/kernel';
import {
  cancelDeal,
  completeDeal,
  DEAL_STATES,
  DEAL_TRANSITIONS,
  type DealCommand,
  type DealProgress,
  type DealState,
  dealAfter,
  type EscrowNeed,
  fundDeal,
  requireActive,
  requireActiveOrCompleted,
  stateAtAcceptance,
} from './deal';
import {
  DealAlreadyFunded,
  DealNotActive,
  GiftNotDelivered,
  NothingToFund,
  WorkAlreadyBegun,
  WorkNotFinished,
} from './errors';
import { GIFT_STATES, type GiftState } from './gift-progress';

const CASH: EscrowNeed = { cash: { currency: 'EUR', amountMinor: 100n }, commissionReserve: null };
const NOTHING: EscrowNeed = { cash: null, commissionReserve: { currency: 'EUR', amountMinor: 0n } };
const DONE: DealProgress = { deliverables: ['approved', 'published', 'settled'], gift: 'fulfilled' };
const ON_THE_WAY: readonly GiftState[] = ['promised', 'requested', 'shipped', 'lost'];
const UNTOUCHED: DealProgress = { deliverables: ['planned', 'planned'], gift: 'promised' };

describe('the deal: state × command', () => {
  const allowed: Readonly<Record<string, DealState>> = {
    'awaiting_funding fund': 'active',
    'awaiting_funding cancel': 'cancelled',
    'active complete': 'completed',
    'active cancel': 'cancelled',
    'active dispute': 'disputed',
    'disputed resume': 'active',
  };
  const commands: readonly DealCommand[] = ['fund', 'complete', 'cancel', 'dispute', 'resume'];
  const cells = DEAL_STATES.flatMap((state) => commands.map((command) => [state, command] as const));

  it.each(cells)('%s, %s', (state, command) => {
    const next = allowed[`${state} ${command}`];
    if (next === undefined) expect(() => dealAfter(state, command)).toThrow(InvalidTransition);
    else expect(dealAfter(state, command)).toBe(next);
  });

  it('has no other transitions', () => {
    const count = Object.values(DEAL_TRANSITIONS).reduce((sum, row) => sum + Object.keys(row).length, 0);
    expect(count).toBe(Object.keys(allowed).length);
  });
});

describe('funding', () => {
  it('waits where cash or a reserve must be put aside, and runs at once where nothing must', () => {
    expect(stateAtAcceptance(CASH)).toBe('awaiting_funding');
    const reserve = { cash: null, commissionReserve: { currency: 'JPY', amountMinor: 1n } };
    expect(stateAtAcceptance(reserve)).toBe('awaiting_funding');
    expect(stateAtAcceptance(NOTHING)).toBe('active');
  });

  it('answers again for the key that funded it, whatever became of the deal since', () => {
    const funded = { state: 'completed', fundingKey: 'k', need: CASH } as const;
    expect(fundDeal(funded, 'k')).toEqual({ repeated: true, state: 'completed' });
  });

  it('refuses a second funding with another key', () => {
    expect(() => fundDeal({ state: 'active', fundingKey: 'k', need: CASH }, 'other')).toThrow(DealAlreadyFunded);
  });

  it('refuses where there is nothing to put aside', () => {
    expect(() => fundDeal({ state: 'active', fundingKey: null, need: NOTHING }, 'k')).toThrow(NothingToFund);
  });

  it('refuses a cancelled deal', () => {
    expect(() => fundDeal({ state: 'cancelled', fundingKey: null, need: CASH }, 'k')).toThrow(InvalidTransition);
  });
});

describe('completing', () => {
  it('needs every deliverable approved', () => {
    expect(completeDeal('active', DONE)).toBe('completed');
    const open = { deliverables: ['approved', 'submitted', 'planned'], gift: null } as const;
    expect(() => completeDeal('active', open)).toThrow(new WorkNotFinished(2));
  });

  it.each(ON_THE_WAY)('waits for a gift that is %s', (gift) => {
    expect(() => completeDeal('active', { ...DONE, gift })).toThrow(GiftNotDelivered);
  });

  it.each([...GIFT_STATES.filter((state) => !ON_THE_WAY.includes(state)), null])(
    'goes on with a gift that is %s',
    (gift) => {
      expect(completeDeal('active', { ...DONE, gift })).toBe('completed');
    },
  );
});

describe('cancelling', () => {
  it.each(['awaiting_funding', 'active'] as const)('is possible before any work while %s', (state) => {
    expect(cancelDeal(state, UNTOUCHED)).toBe('cancelled');
  });

  it.each(['submitted', 'changes_requested', 'approved', 'published'] as const)(
    'is refused once a deliverable is %s',
    (deliverable) => {
      const begun = { ...UNTOUCHED, deliverables: ['planned', deliverable] } as const;
      expect(() => cancelDeal('active', begun)).toThrow(WorkAlreadyBegun);
    },
  );

  it.each(GIFT_STATES)('while the gift is %s', (gift) => {
    const cancel = () => cancelDeal('active', { ...UNTOUCHED, gift });
    if (gift === 'promised' || gift === 'requested') expect(cancel()).toBe('cancelled');
    else expect(cancel).toThrow(WorkAlreadyBegun);
  });
});

describe('work', () => {
  it.each(DEAL_STATES)('on a deal that is %s', (state) => {
    if (state === 'active') expect(() => requireActive(state)).not.toThrow();
    else expect(() => requireActive(state)).toThrow(DealNotActive);
  });

  it.each(DEAL_STATES)('publishing on a deal that is %s', (state) => {
    const mayPublish = state === 'active' || state === 'completed';
    if (mayPublish) expect(() => requireActiveOrCompleted(state)).not.toThrow();
    else expect(() => requireActiveOrCompleted(state)).toThrow(DealNotActive);
  });
});
