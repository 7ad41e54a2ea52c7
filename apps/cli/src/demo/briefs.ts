import type { Brief, CampaignLimits, DeliverableSpec } from '@evenhand/campaigns';
import type { StoryClock } from './story-clock';

export interface DemoCampaign {
  readonly brief: Brief;
  readonly limits: CampaignLimits;
}

type BriefBasics = Pick<
  Brief,
  | 'bidDeadline'
  | 'channels'
  | 'markets'
  | 'languages'
  | 'categories'
  | 'usageRights'
  | 'exclusivity'
  | 'linksPolicy'
  | 'lawfulOrderNumber'
>;

function basics(clock: StoryClock): BriefBasics {
  return {
    bidDeadline: clock.daysAgo(-21),
    channels: ['xiaohongshu'],
    markets: ['CN'],
    languages: ['zh'],
    categories: ['fashion', 'bags'],
    usageRights: null,
    exclusivity: null,
    linksPolicy: 'platform_only',
    lawfulOrderNumber: null,
  };
}

function piece(clock: StoryClock, key: string, kind: DeliverableSpec['kind'], description: string): DeliverableSpec {
  return { key, kind, quantity: 1, dueOn: clock.dayAgo(-35), revisionsAllowed: 2, description };
}

/** The Paris purse maker about to open on Xiaohongshu: cash, a gift and 10 % on sales. */
export function purseOpening(clock: StoryClock): DemoCampaign {
  return {
    brief: {
      ...basics(clock),
      title: 'Lumette ouvre sur Xiaohongshu',
      summary: 'Présenter le sac Lumette 24 à Shanghai et à Tokyo : une vidéo, une note, et une part de chaque vente.',
      products: [
        {
          name: 'Lumette 24',
          description: 'Sac en cuir grainé',
          retailPrice: { currency: 'EUR', amountMinor: 89_000n },
        },
      ],
      deliverables: [
        piece(clock, 'video', 'video_note', 'Une vidéo portée, 60 à 90 secondes.'),
        piece(clock, 'note', 'image_note', 'Une note de six images, avec le sac ouvert.'),
      ],
      compensation: {
        cash: [{ currency: 'EUR', minimumMinor: 50_000n, maximumMinor: 400_000n }],
        gift: [{ currency: 'EUR', minimumMinor: 10_000n, maximumMinor: 100_000n }],
        commission: [
          { currency: 'EUR', minimumRate: '0.05', maximumRate: '0.12', base: 'net_of_discounts_tax_shipping' },
        ],
      },
      markets: ['CN', 'JP', 'FR'],
      languages: ['zh', 'ja', 'fr'],
      disclosureText: '#广告 #合作',
      usageRights: {
        media: ['xiaohongshu', 'brand_site'],
        territory: ['WORLD'],
        from: clock.dayAgo(30),
        to: clock.dayAgo(-335),
      },
      exclusivity: { category: 'bags', from: clock.dayAgo(30), to: clock.dayAgo(-60) },
      lawfulOrderNumber: 'XHS-2026-004211',
    },
    limits: { budgets: [{ currency: 'EUR', amountMinor: 1_200_000n }], dealCap: 5 },
  };
}

/** The small Tokyo label that offers a bag for one livestream. */
export function bagForALivestream(clock: StoryClock): DemoCampaign {
  return {
    brief: {
      ...basics(clock),
      title: 'ライブ一回、バッグ一点',
      summary: '帆布バッグ「雲」を一点お渡しします。ライブ配信でご紹介ください。',
      products: [
        { name: '帆布バッグ「雲」', description: '倉敷帆布', retailPrice: { currency: 'JPY', amountMinor: 38_000n } },
      ],
      deliverables: [
        { ...piece(clock, 'live', 'livestream', '30分以上のライブ配信で一度ご紹介ください。'), minimumMinutes: 30 },
      ],
      compensation: {
        cash: [],
        gift: [{ currency: 'JPY', minimumMinor: 10_000n, maximumMinor: 60_000n }],
        commission: [],
      },
      markets: ['JP'],
      languages: ['ja'],
      disclosureText: '#PR',
    },
    limits: { budgets: [], dealCap: 3 },
  };
}

/** The Shanghai designer on commission: notes, and a five-hour livestream at a higher rate. */
export function designerOnCommission(clock: StoryClock): DemoCampaign {
  return {
    brief: {
      ...basics(clock),
      title: '清禾秋季系列：分佣合作',
      categories: ['fashion'],
      summary: '笔记与五小时直播，按成交分佣。直播佣金更高，成交后十五天结算。',
      products: [
        { name: '清禾羊毛外套', description: '双面羊毛', retailPrice: { currency: 'CNY', amountMinor: 168_800n } },
      ],
      deliverables: [
        piece(clock, 'note', 'image_note', '一篇穿搭笔记。'),
        { ...piece(clock, 'live', 'livestream', '一场五小时直播。'), minimumMinutes: 300 },
      ],
      compensation: {
        cash: [],
        gift: [],
        commission: [
          { currency: 'CNY', minimumRate: '0.08', maximumRate: '0.20', base: 'net_of_discounts_tax_shipping' },
        ],
      },
      disclosureText: '#合作',
      lawfulOrderNumber: 'XHS-2026-005870',
    },
    limits: { budgets: [{ currency: 'CNY', amountMinor: 5_000_000n }], dealCap: null },
  };
}
