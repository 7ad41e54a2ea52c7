import type { Brief, CampaignLimits } from '../../../libs/campaigns/src/domain/brief';
import type { Compensation } from '../../../libs/campaigns/src/domain/compensation';

const DAY_MS = 86_400_000;

/** The instant the samples are written for. */
export const NOW = new Date('2026-03-01T09:00:00.000Z');

export function daysAfter(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * DAY_MS);
}

/** A purse maker's brief that is valid at {@link NOW}: cash 500.00–3000.00 EUR, gifts, commission 5–20 %. */
export function sampleBrief(changes: Partial<Brief> = {}): Brief {
  return {
    title: 'Spring purses on Xiaohongshu',
    summary: 'Show our new leather purse in your everyday life. 春季新款手袋,想请你分享日常穿搭。',
    products: [
      {
        name: 'Purse Aurore',
        description: 'Hand-made in Paris, 手工制作',
        retailPrice: { currency: 'EUR', amountMinor: 39_000n },
      },
    ],
    channels: ['xiaohongshu'],
    deliverables: [
      {
        key: 'note_1',
        kind: 'image_note',
        quantity: 1,
        dueOn: '2026-04-20',
        revisionsAllowed: 2,
        description: 'Six pictures outdoors',
      },
      { key: 'live_1', kind: 'livestream', quantity: 1, dueOn: '2026-05-02', revisionsAllowed: 0, description: '' },
    ],
    compensation: {
      cash: [{ currency: 'EUR', minimumMinor: 50_000n, maximumMinor: 300_000n }],
      gift: [{ currency: 'EUR', minimumMinor: 10_000n, maximumMinor: 80_000n }],
      commission: [{ currency: 'EUR', minimumRate: '0.05', maximumRate: '0.20', base: 'net_of_discounts' }],
    },
    bidDeadline: new Date('2026-03-31T22:00:00.000Z'),
    markets: ['CN', 'JP'],
    languages: ['zh-Hans', 'ja'],
    categories: ['fashion'],
    disclosureText: '#广告 合作',
    usageRights: { media: ['paid_social'], territory: ['CN'], from: '2026-04-01', to: '2026-12-31' },
    exclusivity: { category: 'handbags', from: '2026-04-01', to: '2026-06-30' },
    linksPolicy: 'platform_only',
    lawfulOrderNumber: null,
    ...changes,
  };
}

export function sampleLimits(changes: Partial<CampaignLimits> = {}): CampaignLimits {
  return { budgets: [{ currency: 'EUR', amountMinor: 1_000_000n }], dealCap: null, ...changes };
}

/** A cash fee for the first note of {@link sampleBrief}. */
export function cashOf(amountMinor: bigint): Compensation {
  return {
    cash: { currency: 'EUR', amountMinor, milestones: [{ deliverableKey: 'note_1', amountMinor }] },
    gift: null,
    commission: null,
  };
}

/** Cash, gift and commission in one offer that fits {@link sampleBrief}. */
export function mixedCompensation(): Compensation {
  return {
    ...cashOf(100_000n),
    gift: {
      currency: 'EUR',
      items: [{ name: 'Purse Aurore', quantity: 2, fairMarketValueMinor: 39_000n }],
      postingDutyDays: 14,
    },
    commission: {
      currency: 'EUR',
      rate: '0.10',
      livestreamRate: '3/20',
      tiers: [{ fromNetSalesMinor: 1_000_000n, rate: '0.12' }],
      capMinor: 500_000n,
      reserveMinor: 20_000n,
      attributionWindowDays: 30,
      attributionModel: 'last_click',
      base: 'net_of_discounts',
      holdDays: 15,
      bonuses: [],
    },
  };
}
