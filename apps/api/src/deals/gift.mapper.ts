import { appealUntil, brandDecidesUntil, type Fulfilment, type Gift, type GiftAppeal } from '@evenhand/deals';
import { Rational } from '@evenhand/money';
import { toGlobalId, toMoney } from '../graphql';
import type { DealGiftType, FulfilmentType, GiftAppealType } from './gift.types';

export function toGift(gift: Gift): DealGiftType {
  const { currency, progress } = gift;
  return {
    ...progress,
    id: toGlobalId('gift', gift.id),
    items: gift.items.map(({ name, quantity, fairMarketValueMinor }) => ({
      name,
      quantity,
      fairMarketValue: toMoney(fairMarketValueMinor, currency),
    })),
    fairMarketValue: toMoney(gift.fairMarketValueMinor, currency),
    declaredValue: toMoney(gift.declaredValueMinor, currency),
    postingDutyDays: gift.postingDutyDays,
    appealUntil: appealUntil(progress),
    appeal: progress.appeal && toAppeal(progress.appeal),
    corrections: gift.corrections.map(({ fromMinor, toMinor, ...correction }) => ({
      ...correction,
      from: toMoney(fromMinor, currency),
      to: toMoney(toMinor, currency),
    })),
    history: gift.history.map(({ event, from, to, note, at }) => ({
      event,
      previousState: from?.toUpperCase() ?? null,
      state: to.toUpperCase(),
      note,
      changedAt: at,
    })),
  };
}

function toAppeal(appeal: GiftAppeal): GiftAppealType {
  return { ...appeal, brandDecidesUntil: brandDecidesUntil(appeal) };
}

export function toFulfilment({ cameDue, inTime }: Fulfilment): FulfilmentType {
  const rate = cameDue === 0 ? null : Rational.of(BigInt(inTime), BigInt(cameDue)).toString();
  return { cameDue, inTime, rate };
}
