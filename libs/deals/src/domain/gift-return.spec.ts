import type { DealSide } from './deal-side';
import { NoOpenReturn, ReturnAlreadyOpen, ReturnNotYours } from './gift-errors';
import { type GiftProgress, PROMISED } from './gift-progress';
import { answerReturn, proposeReturn, sendBack } from './gift-return';

const NOW = new Date('2026-03-01T12:00:00Z');
const HELD: GiftProgress = { ...PROMISED, state: 'received' };
const PARCEL = { carrier: 'Yamato', trackingNumber: null };
const BOTH: readonly (readonly [DealSide, DealSide, string])[] = [
  ['brand', 'influencer', 'asked'],
  ['influencer', 'brand', 'offered'],
];

describe.each(BOTH)('a return proposed by the %s', (by, other, state) => {
  const proposed = proposeReturn(HELD, by, 'It does not fit', NOW);

  it(`is ${state}, one at a time`, () => {
    expect(proposed.giftReturn).toMatchObject({ state, reason: 'It does not fit', openedAt: NOW });
    for (const side of [by, other]) expect(() => proposeReturn(proposed, side, 'x', NOW)).toThrow(ReturnAlreadyOpen);
  });

  it('is answered by the other side, once', () => {
    expect(() => answerReturn(proposed, by, true)).toThrow(ReturnNotYours);
    for (const accepts of [true, false]) {
      const answered = answerReturn(proposed, other, accepts);
      expect(answered.giftReturn?.state).toBe(accepts ? 'accepted' : 'declined');
      expect(() => answerReturn(answered, other, true)).toThrow(NoOpenReturn);
    }
  });

  it('that was accepted is sent; one that was declined is proposed anew', () => {
    const accepted = answerReturn(proposed, other, true);
    expect(sendBack(accepted, PARCEL, NOW)).toMatchObject({
      state: 'returning',
      giftReturn: { state: 'shipped', shippedAt: NOW, ...PARCEL },
    });
    const declined = answerReturn(proposed, other, false);
    expect(() => sendBack(declined, PARCEL, NOW)).toThrow(NoOpenReturn);
    expect(proposeReturn(declined, other, 'Please', NOW).giftReturn?.state).not.toBe('declined');
  });
});

it('sending what the brand asked for is a yes; what is merely offered waits for the brand', () => {
  expect(sendBack(proposeReturn(HELD, 'brand', 'x', NOW), PARCEL, NOW).state).toBe('returning');
  expect(() => sendBack(proposeReturn(HELD, 'influencer', 'x', NOW), PARCEL, NOW)).toThrow(NoOpenReturn);
  expect(() => sendBack(HELD, PARCEL, NOW)).toThrow(NoOpenReturn);
  expect(() => answerReturn(HELD, 'brand', true)).toThrow(NoOpenReturn);
});
