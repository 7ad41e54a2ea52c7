import type { Brief, CampaignLimits, CommissionOffer, Compensation } from '@evenhand/campaigns';
import type { MandateCuts } from '@evenhand/parties';

/** Two notes and a livestream, in any of the three currencies of the demo world. */
export function briefIn(currency: string, changes: Partial<Brief> = {}): Brief {
  return {
    title: 'Spring purses',
    summary: 'Show our new purse in your everyday life.',
    products: [{ name: 'Purse Aurore', description: 'Hand-made in Paris', retailPrice: null }],
    channels: ['xiaohongshu'],
    deliverables: [
      {
        key: 'note',
        kind: 'image_note',
        quantity: 2,
        dueOn: '2026-04-20',
        revisionsAllowed: 1,
        description: 'Outdoors',
      },
      { key: 'live', kind: 'livestream', quantity: 1, dueOn: '2026-05-02', revisionsAllowed: 0, description: '' },
    ],
    compensation: {
      cash: [{ currency, minimumMinor: 1n, maximumMinor: 10_000_000n }],
      gift: [{ currency, minimumMinor: 1n, maximumMinor: 1_000_000n }],
      commission: [{ currency, minimumRate: '0.01', maximumRate: '1', base: 'net_of_discounts_tax_shipping' }],
    },
    bidDeadline: new Date('2026-03-31T22:00:00.000Z'),
    markets: ['CN'],
    languages: ['zh-Hans'],
    categories: ['fashion'],
    disclosureText: '#广告',
    usageRights: null,
    exclusivity: null,
    linksPolicy: 'platform_only',
    lawfulOrderNumber: null,
    ...changes,
  };
}

/** The same in euros, with a deadline and due dates ahead of an instant. */
export function briefFrom(now: Date): Brief {
  const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
  const dueOn = inDays(30).toISOString().slice(0, 10);
  const deliverables = briefIn('EUR').deliverables.map((one) => ({ ...one, dueOn }));
  return briefIn('EUR', { bidDeadline: inDays(1), deliverables });
}

export function limitsIn(currency: string, changes: Partial<CampaignLimits> = {}): CampaignLimits {
  return { budgets: [{ currency, amountMinor: 1_000_000n }], dealCap: null, ...changes };
}

export function commissionIn(currency: string, changes: Partial<CommissionOffer> = {}): CommissionOffer {
  return {
    currency,
    rate: '0.10',
    livestreamRate: null,
    tiers: [],
    capMinor: null,
    reserveMinor: 0n,
    attributionWindowDays: 30,
    attributionModel: 'last_click',
    base: 'net_of_discounts_tax_shipping',
    holdDays: 14,
    bonuses: [],
    ...changes,
  };
}

/** 1,000.01 over two notes and 333.33 for the livestream: nothing in it divides evenly. */
export function cashIn(currency: string): Compensation {
  const milestones = [
    { deliverableKey: 'note', amountMinor: 100_001n },
    { deliverableKey: 'live', amountMinor: 33_333n },
  ];
  return { cash: { currency, amountMinor: 133_334n, milestones }, gift: null, commission: null };
}

/** Cash, gift and commission with a reserve. */
export function mixIn(currency: string): Compensation {
  return {
    ...cashIn(currency),
    gift: {
      currency,
      items: [{ name: 'Purse Aurore', quantity: 1, fairMarketValueMinor: 39_000n }],
      postingDutyDays: 14,
    },
    commission: commissionIn(currency, { reserveMinor: 20_000n }),
  };
}

export function everyKind(cut: MandateCuts['cash']): MandateCuts {
  return { cash: cut, note_commission: cut, livestream_commission: cut };
}

/** All of a deal in question, with nothing to show. */
export const DISPUTE_OVER_DEAL = {
  deliverableIds: null,
  reason: 'not_delivered',
  text: 'Nothing came',
  idempotencyKey: 'dispute',
} as const;
