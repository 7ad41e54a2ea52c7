import { InvalidInput, type PersonActor } from '@evenhand/kernel';
import { moneyOf } from '@evenhand/money';
import { ANY_CAMPAIGN } from '../application/campaign-filter';
import type { CampaignFilter, CampaignOrder } from '../application/repositories';
import { CampaignWorld } from '../../../../test/support/campaigns/campaign-world';
import { NOW, daysAfter, sampleBrief } from '../../../../test/support/campaigns/campaign-samples';

describe('searching campaigns', () => {
  let world: CampaignWorld;
  let brand: PersonActor & { readonly brandId: string };
  let mei: PersonActor & { readonly influencerId: string };

  beforeAll(async () => {
    world = await CampaignWorld.open();
    [brand, mei] = await Promise.all([world.brand(), world.influencer()]);
    const { compensation } = sampleBrief();
    const bare = { products: [{ name: 'Sample', description: '', retailPrice: null }], deliverables: [] };
    const deliverables = sampleBrief().deliverables.map((spec) => ({ ...spec, description: '' }));
    const publish = async (minute: number, changes: Parameters<CampaignWorld['publish']>[1], budgetIn = 'EUR') => {
      world.clock.instant = new Date(NOW.getTime() + minute * 60_000);
      const budgets = [{ currency: budgetIn, amountMinor: 900_000n }];
      await world.publish(brand, { ...bare, deliverables, summary: '-', ...changes }, { budgets });
    };
    await publish(1, {
      title: 'Spring purses from Été Paris',
      summary: '春季新款手袋,日常穿搭. Une œuvre d’art pour l’été.',
    });
    await publish(2, {
      title: '東京のバッグを紹介',
      channels: ['instagram', 'tiktok'],
      markets: ['JP'],
      languages: ['ja'],
      categories: ['accessories'],
      bidDeadline: daysAfter(NOW, 5),
      compensation: { cash: [], gift: [{ currency: 'JPY', minimumMinor: 1n, maximumMinor: 90_000n }], commission: [] },
    });
    await publish(
      3,
      {
        title: '小红书直播带货',
        markets: ['CN'],
        categories: ['beauty'],
        compensation: {
          cash: [{ currency: 'CNY', minimumMinor: 100_000n, maximumMinor: 200_000n }],
          gift: [],
          commission: compensation.commission.map((range) => ({ ...range, currency: 'CNY' })),
        },
      },
      'CNY',
    );
    world.clock.instant = NOW;
    await world.createCampaign.execute({
      actor: brand,
      brandId: brand.brandId,
      brief: sampleBrief({ title: 'Hidden draft of purses' }),
      limits: { budgets: [{ currency: 'EUR', amountMinor: 900_000n }], dealCap: null },
    });
  });
  afterAll(() => world.close());

  async function find(
    filter: Partial<CampaignFilter>,
    actor: PersonActor = mei,
    ranking: CampaignOrder = 'newest',
  ): Promise<readonly string[]> {
    const page = { first: 50, after: null };
    const found = await world.searchCampaigns.execute({ actor, filter: { ...ANY_CAMPAIGN, ...filter }, ranking, page });
    expect(found.totalCount).toBe(found.rows.length);
    return found.rows.map((row) => row.node.campaign.brief.title);
  }

  const PURSES = 'Spring purses from Été Paris';
  const TOKYO = '東京のバッグを紹介';
  const LIVE = '小红书直播带货';

  it.each([
    ['purse', [PURSES]],
    ['PURSES ete', [PURSES]],
    ['手', [PURSES]],
    ['袋', [PURSES]],
    ['手袋', [PURSES]],
    ['搭', [PURSES]],
    ['新款手袋', [PURSES]],
    ['手袋新款', []],
    ['バッグ', [TOKYO]],
    ['ﾊﾞｯｸﾞ', [TOKYO]],
    ['東', [TOKYO]],
    ['小红书', [LIVE]],
    ['红', [LIVE]],
    ['直播 小红书', [LIVE]],
    ['purse 手袋', [PURSES]],
    ['purse バッグ', []],
    ["o'clock & | ! \\ :*", []],
    ['!!!', []],
    ['   ', [LIVE, TOKYO, PURSES]],
    ["l'été", [PURSES]],
    ['L’ÉTÉ', [PURSES]],
    ["l'hiver", []],
    ['oeuvre', [PURSES]],
    ['œuvre d’art', [PURSES]],
    ['を紹介', [TOKYO]],
    ['東京の バッグ', [TOKYO]],
    ['Ｐｕｒｓｅｓ　手袋', [PURSES]],
    ["purses' or 1=1 -- & !", []],
    ['pur\u0000ses \u200Bété', [PURSES]],
    ['𠮷'.repeat(60), []],
    [`purse ${'手'.repeat(10_000)}`, []],
    [`purse ${'& ! ( '.repeat(2_000)}`, [PURSES]],
  ])('finds by the text %s', async (text, titles) => {
    expect(await find({ text })).toEqual(titles);
  });

  it('filters by market, language, channel, category, kind, currency and price', async () => {
    expect(await find({ markets: ['JP'] })).toEqual([TOKYO, PURSES]);
    expect(await find({ languages: ['zh-Hans'] })).toEqual([LIVE, PURSES]);
    expect(await find({ channels: ['tiktok', 'youtube'] })).toEqual([TOKYO]);
    expect(await find({ categories: ['beauty', 'accessories'] })).toEqual([LIVE, TOKYO]);
    expect(await find({ kinds: ['gift'] })).toEqual([TOKYO, PURSES]);
    expect(await find({ kinds: ['cash', 'commission'], currency: 'CNY' })).toEqual([LIVE]);
    expect(await find({ kinds: ['gift'], currency: 'CNY' })).toEqual([]);
    expect(await find({ currency: 'JPY' })).toEqual([TOKYO]);
    expect(await find({ cashAtLeast: { currency: 'CNY', amountMinor: 200_000n } })).toEqual([LIVE]);
    expect(await find({ cashAtLeast: { currency: 'CNY', amountMinor: 200_001n } })).toEqual([]);
    expect(await find({ cashAtMost: { currency: 'EUR', amountMinor: 50_000n } })).toEqual([PURSES]);
    expect(await find({ cashAtMost: { currency: 'EUR', amountMinor: 49_999n } })).toEqual([]);
    expect(await find({ bidsOpenAt: daysAfter(NOW, 6) })).toEqual([LIVE, PURSES]);
  });

  it('filters by the deadline, and takes markets, categories and languages in any spelling', async () => {
    const deadline = daysAfter(NOW, 5);
    expect(await find({ deadlineTo: deadline })).toEqual([TOKYO]);
    expect(await find({ deadlineFrom: deadline, deadlineTo: deadline })).toEqual([TOKYO]);
    expect(await find({ deadlineFrom: new Date(deadline.getTime() + 1) })).toEqual([LIVE, PURSES]);
    expect(await find({ markets: ['cn'], categories: ['BEAUTY'], languages: ['ZH-hans'] })).toEqual([LIVE]);
    expect(await find({ states: ['published', 'closed'], markets: ['JP'] })).toEqual([TOKYO, PURSES]);
  });

  it.each<[string, Partial<CampaignFilter>]>([
    ['INVALID_RANGE', { deadlineFrom: daysAfter(NOW, 2), deadlineTo: daysAfter(NOW, 1) }],
    ['INVALID_RANGE', { cashAtLeast: moneyOf(2n, 'EUR'), cashAtMost: moneyOf(1n, 'EUR') }],
    ['CURRENCY_MISMATCH', { cashAtLeast: moneyOf(1n, 'EUR'), cashAtMost: moneyOf(2n, 'JPY') }],
    ['UNKNOWN_CURRENCY', { cashAtLeast: { currency: 'XXX', amountMinor: 1n } }],
  ])('refuses by %s what could never find anything', async (code, filter) => {
    await expect(find(filter)).rejects.toMatchObject({ code });
  });

  it('shows drafts to their brand alone, also by text', async () => {
    expect(await find({ text: 'draft', brandId: brand.brandId }, brand)).toEqual(['Hidden draft of purses']);
    expect(await find({ text: 'draft', brandId: brand.brandId })).toEqual([]);
    expect(await find({ states: ['draft'] })).toEqual([]);
    expect(await find({}, await world.brand())).toEqual([]);
  });

  it('sorts by deadline and pages without gaps or repeats', async () => {
    expect((await find({}, mei, 'deadline'))[0]).toBe(TOKYO);
    const seen: string[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < 3; pages += 1) {
      const page = { first: 1, after };
      const found = await world.searchCampaigns.execute({
        actor: mei,
        filter: ANY_CAMPAIGN,
        ranking: 'deadline',
        page,
      });
      expect(found.totalCount).toBe(3);
      expect(found.hasNextPage).toBe(pages < 2);
      const [row] = found.rows;
      if (!row) throw new Error('A page is empty.');
      seen.push(row.node.campaign.id);
      after = row.cursor;
    }
    expect(new Set(seen).size).toBe(3);
  });

  it('refuses cursors that are not its own', async () => {
    const forged = Buffer.from('["now","x"]').toString('base64url');
    const page = { first: 1, after: forged };
    const search = world.searchCampaigns.execute({ actor: mei, filter: ANY_CAMPAIGN, ranking: 'newest', page });
    await expect(search).rejects.toThrow(InvalidInput);
  });
});
