import { InvalidTransition } from '@evenhand/kernel';
import { MAX_AMOUNT_MINOR } from '@evenhand/money';
import {
  CorrectionNotYours,
  CorrectionStillOpen,
  GiftValueTooHigh,
  GiftValueUnchanged,
  NoOpenCorrection,
  UnknownGiftItem,
} from './gift-errors';
import {
  answerCorrection,
  differenceMinor,
  type GiftCorrection,
  itemsAtPresent,
  proposeCorrection,
  withdrawCorrection,
} from './gift-value';

const NOW = new Date('2026-03-01T12:00:00Z');
const ITEMS = [
  { name: 'Bag', quantity: 1, fairMarketValueMinor: 30_000n },
  { name: 'Strap', quantity: 3, fairMarketValueMinor: 3_000n },
];
const GIFT = { items: ITEMS, corrections: [], state: 'received' } as const;
const LESS = { itemNumber: 2, toMinor: 2_500n, reason: 'Sold at 25', by: 'brand' } as const;
const OPEN = proposeCorrection(GIFT, LESS, NOW);
const withOpen = { ...GIFT, corrections: [OPEN] };

describe('a proposal', () => {
  it('says from what to what one piece of an item goes, and changes nothing yet', () => {
    expect(OPEN).toEqual({
      number: 1,
      itemNumber: 2,
      fromMinor: 3_000n,
      toMinor: 2_500n,
      reason: 'Sold at 25',
      proposedBy: 'brand',
      proposedAt: NOW,
      state: 'proposed',
      decidedAt: null,
    });
    expect(itemsAtPresent(ITEMS, [OPEN])).toEqual(ITEMS);
  });

  it('stands alone', () => {
    for (const by of ['brand', 'influencer'] as const) {
      expect(() => proposeCorrection(withOpen, { ...LESS, by }, NOW)).toThrow(CorrectionStillOpen);
    }
  });

  it('is of an item there is, to another value, that the ledger can hold', () => {
    for (const itemNumber of [0, 3]) {
      expect(() => proposeCorrection(GIFT, { ...LESS, itemNumber }, NOW)).toThrow(UnknownGiftItem);
    }
    expect(() => proposeCorrection(GIFT, { ...LESS, toMinor: 3_000n }, NOW)).toThrow(GiftValueUnchanged);
    const most = (MAX_AMOUNT_MINOR - 30_000n) / 3n;
    expect(proposeCorrection(GIFT, { ...LESS, toMinor: most }, NOW).toMinor).toBe(most);
    expect(() => proposeCorrection(GIFT, { ...LESS, toMinor: most + 1n }, NOW)).toThrow(GiftValueTooHigh);
  });
});

describe('the answer', () => {
  it('is the other side’s, and the value changes with its yes alone', () => {
    const answer = (accepts: boolean) => answerCorrection(withOpen, { number: 1, by: 'influencer', accepts }, NOW);
    expect(answer(false)).toEqual({ ...OPEN, state: 'declined', decidedAt: NOW });
    expect(itemsAtPresent(ITEMS, [answer(false)])).toEqual(ITEMS);
    expect(itemsAtPresent(ITEMS, [answer(true)]).map((item) => item.fairMarketValueMinor)).toEqual([30_000n, 2_500n]);
    expect(() => answerCorrection(withOpen, { number: 1, by: 'brand', accepts: true }, NOW)).toThrow(
      CorrectionNotYours,
    );
  });

  it('comes once, while the gift can still be corrected', () => {
    const accepted: GiftCorrection = { ...OPEN, state: 'accepted', decidedAt: NOW };
    const answer = { number: 1, by: 'influencer', accepts: true } as const;
    expect(() => answerCorrection({ ...GIFT, corrections: [accepted] }, answer, NOW)).toThrow(NoOpenCorrection);
    expect(() => answerCorrection(withOpen, { ...answer, number: 2 }, NOW)).toThrow(NoOpenCorrection);
    expect(() => answerCorrection({ ...withOpen, state: 'returned' }, answer, NOW)).toThrow(InvalidTransition);
  });

  it('may be spared: its own side takes a proposal back, whatever became of the gift', () => {
    const taken = withdrawCorrection({ ...withOpen, state: 'returned' }, { number: 1, by: 'brand' }, NOW);
    expect(taken).toEqual({ ...OPEN, state: 'withdrawn', decidedAt: NOW });
    expect(() => withdrawCorrection(withOpen, { number: 1, by: 'influencer' }, NOW)).toThrow(CorrectionNotYours);
  });
});

it('the difference is of all pieces of the item, and a second correction starts from the first', () => {
  const first: GiftCorrection = { ...OPEN, state: 'accepted', decidedAt: NOW };
  expect(differenceMinor(ITEMS, first)).toBe(-1_500n);
  const items = itemsAtPresent(ITEMS, [first]);
  const second = proposeCorrection({ ...GIFT, items, corrections: [first] }, { ...LESS, toMinor: 4_000n }, NOW);
  expect(second).toMatchObject({ number: 2, fromMinor: 2_500n });
  expect(differenceMinor(items, second)).toBe(4_500n);
});
