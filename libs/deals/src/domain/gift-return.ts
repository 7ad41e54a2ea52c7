import type { DealSide } from './deal-side';
import { giftAfter } from './gift';
import { NoOpenReturn, ReturnAlreadyOpen, ReturnNotYours } from './gift-errors';
import type { GiftProgress, GiftReturn, GiftReturnState } from './gift-progress';

const OPENED_AS: Readonly<Record<DealSide, GiftReturnState>> = { brand: 'asked', influencer: 'offered' };

/** Asked by the brand or offered by the influencer, again after it was declined. Throws InvalidTransition, ReturnAlreadyOpen. */
export function proposeReturn(gift: GiftProgress, by: DealSide, reason: string, now: Date): GiftProgress {
  const state = giftAfter(gift.state, 'discuss_return');
  if (isOpen(gift.giftReturn)) throw new ReturnAlreadyOpen();
  const unshipped = { carrier: null, trackingNumber: null, shippedAt: null };
  return { ...gift, state, giftReturn: { state: OPENED_AS[by], reason, openedAt: now, ...unshipped } };
}

/** The other side's word on it. Throws InvalidTransition, NoOpenReturn, ReturnNotYours. */
export function answerReturn(gift: GiftProgress, by: DealSide, accepts: boolean): GiftProgress {
  const state = giftAfter(gift.state, 'discuss_return');
  const { giftReturn } = gift;
  if (giftReturn === null || (giftReturn.state !== 'asked' && giftReturn.state !== 'offered')) throw new NoOpenReturn();
  if (giftReturn.state === OPENED_AS[by]) throw new ReturnNotYours();
  return { ...gift, state, giftReturn: { ...giftReturn, state: accepts ? 'accepted' : 'declined' } };
}

/** She sends it: that is her yes to what was asked for. Throws InvalidTransition, NoOpenReturn. */
export function sendBack(
  gift: GiftProgress,
  parcel: { readonly carrier: string; readonly trackingNumber: string | null },
  now: Date,
): GiftProgress {
  const state = giftAfter(gift.state, 'send_back');
  const { giftReturn } = gift;
  const maySend = giftReturn?.state === 'asked' || giftReturn?.state === 'accepted';
  if (!giftReturn || !maySend) throw new NoOpenReturn();
  return { ...gift, state, giftReturn: { ...giftReturn, ...parcel, state: 'shipped', shippedAt: now } };
}

function isOpen(giftReturn: GiftReturn | null): boolean {
  return giftReturn !== null && giftReturn.state !== 'declined';
}
