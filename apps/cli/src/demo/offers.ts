import type { Compensation } from '@evenhand/campaigns';

const COMMISSION = {
  livestreamRate: null,
  tiers: [],
  capMinor: null,
  reserveMinor: 0n,
  attributionWindowDays: 60,
  attributionModel: 'last_click',
  base: 'net_of_discounts_tax_shipping',
  holdDays: 15,
  bonuses: [],
} as const;

/** Cash for video and note, the bag, and a commission at `rate` with a reserve in escrow. */
export function purseOffer(videoMinor: bigint, noteMinor: bigint, rate: string): Compensation {
  return {
    cash: {
      currency: 'EUR',
      amountMinor: videoMinor + noteMinor,
      milestones: [
        { deliverableKey: 'video', amountMinor: videoMinor },
        { deliverableKey: 'note', amountMinor: noteMinor },
      ],
    },
    gift: {
      currency: 'EUR',
      items: [{ name: 'Lumette 24', quantity: 1, fairMarketValueMinor: 89_000n }],
      postingDutyDays: 60,
    },
    commission: { ...COMMISSION, currency: 'EUR', rate, reserveMinor: 40_000n },
  };
}

/** One bag for one livestream, nothing else. */
export const bagOffer: Compensation = {
  cash: null,
  gift: {
    currency: 'JPY',
    items: [{ name: '帆布バッグ「雲」', quantity: 1, fairMarketValueMinor: 38_000n }],
    postingDutyDays: 21,
  },
  commission: null,
};

/** Commission alone: one rate for notes, a higher one for the livestream. */
export function designerOffer(rate: string, livestreamRate: string): Compensation {
  return { cash: null, gift: null, commission: { ...COMMISSION, currency: 'CNY', rate, livestreamRate } };
}
