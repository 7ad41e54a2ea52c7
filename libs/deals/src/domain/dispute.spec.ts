import { InvalidInput, InvalidTransition } from '@evenhand/kernel';
import { InvalidRational } from '@evenhand/money';
import {
  answerDueAt,
  decideDispute,
  DISPUTE_STATES,
  DISPUTE_TRANSITIONS,
  disputeAfter,
  type DisputeCommand,
  type DisputeState,
  sharesOfDecision,
} from './dispute';
import { AnswerStillOpen, DecisionIncomplete } from './dispute-errors';

const OPENED = new Date('2026-03-01T09:00:00.000Z');
const DUE = new Date('2026-03-08T09:00:00.000Z');

describe('the dispute: state × command', () => {
  const allowed: Readonly<Record<string, DisputeState>> = {
    'open answer': 'answered',
    'open add_evidence': 'open',
    'open decide': 'decided',
    'open withdraw': 'withdrawn',
    'answered add_evidence': 'answered',
    'answered decide': 'decided',
    'answered withdraw': 'withdrawn',
  };
  const commands: readonly DisputeCommand[] = ['answer', 'add_evidence', 'decide', 'withdraw'];
  const cells = DISPUTE_STATES.flatMap((state) => commands.map((command) => [state, command] as const));

  it.each(cells)('%s, %s', (state, command) => {
    const next = allowed[`${state} ${command}`];
    if (next === undefined) expect(() => disputeAfter(state, command)).toThrow(InvalidTransition);
    else expect(disputeAfter(state, command)).toBe(next);
  });

  it('has no other transitions', () => {
    const count = Object.values(DISPUTE_TRANSITIONS).reduce((sum, row) => sum + Object.keys(row).length, 0);
    expect(count).toBe(Object.keys(allowed).length);
  });
});

describe('deciding', () => {
  it('waits seven days for the other side, or until it has answered', () => {
    expect(answerDueAt(OPENED)).toEqual(DUE);
    const early = new Date(DUE.getTime() - 1);
    expect(() => decideDispute({ state: 'open', answerDueAt: DUE }, early)).toThrow(AnswerStillOpen);
    expect(decideDispute({ state: 'open', answerDueAt: DUE }, DUE)).toBe('decided');
    expect(decideDispute({ state: 'answered', answerDueAt: DUE }, early)).toBe('decided');
  });

  const texts = (shares: ReturnType<typeof sharesOfDecision>) =>
    shares && Object.fromEntries([...shares].map(([id, share]) => [id, share.toString()]));

  it('gives everything to one side, nothing to decide, or each its stated share', () => {
    expect(texts(sharesOfDecision('for_brand', [], ['a', 'b']))).toEqual({ a: '0', b: '0' });
    expect(texts(sharesOfDecision('for_influencer', [], ['a', 'b']))).toEqual({ a: '1', b: '1' });
    expect(sharesOfDecision('dismissed', [], ['a'])).toBeNull();
    const stated = [
      { deliverableId: 'b', influencerShare: '1/3' },
      { deliverableId: 'a', influencerShare: '0.25' },
    ];
    expect(texts(sharesOfDecision('split', stated, ['a', 'b']))).toEqual({ a: '1/4', b: '1/3' });
  });

  const half = (deliverableId: string) => ({ deliverableId, influencerShare: '1/2' });

  it.each([
    ['too few', [half('a')], ['a', 'b']],
    ['one twice', [half('a'), half('a')], ['a', 'b']],
    ['another one', [half('a'), half('c')], ['a', 'b']],
    ['one too many', [half('a'), half('b')], ['a']],
    ['nothing that is in question', [], []],
  ])('refuses a split that states %s', (_what, stated, ids) => {
    expect(() => sharesOfDecision('split', stated, ids)).toThrow(DecisionIncomplete);
  });

  it.each(['-1/2', '1.01', '3/2'])('refuses a share of %s', (influencerShare) => {
    expect(() => sharesOfDecision('split', [{ deliverableId: 'a', influencerShare }], ['a'])).toThrow(InvalidInput);
  });

  it('refuses what is no exact share, and shares that nobody asked for', () => {
    const stated = [{ deliverableId: 'a', influencerShare: 'half' }];
    expect(() => sharesOfDecision('split', stated, ['a'])).toThrow(InvalidRational);
    expect(() => sharesOfDecision('for_brand', [half('a')], ['a'])).toThrow(InvalidInput);
  });
});
