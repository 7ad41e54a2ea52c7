const DAY_MS = 86_400_000;

export function inDays(days: number): Date {
  return new Date(Date.now() + days * DAY_MS);
}

function dayIn(days: number): string {
  return inDays(days).toISOString().slice(0, 10);
}

export interface Wanted {
  readonly title: string;
  readonly currency: string;
  /** Budget and upper ends of the ranges, major units. */
  readonly most: string;
  readonly dealCap: number | null;
}

/** A brief with every part filled in, for any mix of compensation in one currency. */
export function campaignInput(brandId: string, { title, currency, most, dealCap }: Wanted): Record<string, unknown> {
  const range = { minimum: { amount: '1', currency }, maximum: { amount: most, currency } };
  return {
    brandId,
    budgets: [{ amount: most, currency }],
    dealCap,
    brief: {
      title,
      summary: '一个在小红书开业的巴黎包袋品牌。 A Paris purse maker opens on Xiaohongshu.',
      products: [{ name: 'Purse', description: 'Grained leather', retailPrice: { amount: most, currency } }],
      channels: ['XIAOHONGSHU'],
      deliverables: [
        { key: 'video', kind: 'VIDEO_NOTE', quantity: 1, dueOn: dayIn(60), revisionsAllowed: 1, description: 'Worn' },
        { key: 'note', kind: 'IMAGE_NOTE', quantity: 1, dueOn: dayIn(60), revisionsAllowed: 1, description: 'Opened' },
      ],
      compensation: {
        cash: [range],
        gift: [range],
        commission: [{ currency, minimumRate: '0.05', maximumRate: '0.12' }],
      },
      bidDeadline: inDays(20).toISOString(),
      markets: ['CN', 'JP'],
      languages: ['zh', 'ja'],
      categories: ['fashion', 'bags'],
      disclosureText: '#广告',
      usageRights: { media: ['xiaohongshu'], territory: ['WORLD'], from: dayIn(1), to: dayIn(365) },
      exclusivity: { category: 'bags', from: dayIn(1), to: dayIn(90) },
      linksPolicy: 'PLATFORM_ONLY',
      lawfulOrderNumber: 'XHS-2026-1',
    },
  };
}

export interface Mix {
  readonly currency: string;
  readonly video: string;
  readonly note: string;
  readonly gift: string;
  readonly rate: string;
  readonly reserve: string;
  readonly holdDays: number;
}

/** Cash by two milestones (`total` is their sum), a gift and a commission. */
export function mixedCompensation(mix: Mix, total: string): Record<string, unknown> {
  const money = (amount: string) => ({ amount, currency: mix.currency });
  return {
    cash: {
      amount: money(total),
      milestones: [
        { deliverableKey: 'video', amount: money(mix.video) },
        { deliverableKey: 'note', amount: money(mix.note) },
      ],
    },
    gift: { items: [{ name: 'Purse', quantity: 1, fairMarketValue: money(mix.gift) }], postingDutyDays: 14 },
    commission: {
      currency: mix.currency,
      rate: mix.rate,
      reserve: money(mix.reserve),
      holdDays: mix.holdDays,
    },
  };
}

/** A commission and nothing else, released at once. */
export function commissionOnly(currency: string, rate: string): Record<string, unknown> {
  return { commission: { currency, rate, holdDays: 0 } };
}
