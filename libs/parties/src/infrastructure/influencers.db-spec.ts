import { ANONYMOUS, type PersonActor } from '@evenhand/kernel';
import { type Money, moneyOf } from '@evenhand/money';
import { type PartiesWorld, partiesWorld, type TestParty } from '../../../../test/support/parties-world';
import {
  AddChannel,
  RemoveChannel,
  SetAskingPrices,
  UpdateChannel,
  UpdateInfluencerProfile,
} from '../application/manage-influencer';
import {
  ANY_INFLUENCER,
  GetInfluencer,
  type InfluencerSearch,
  SearchInfluencers,
} from '../application/search-influencers';
import type { ChannelFacts } from '../domain/channel';
import { ChannelTaken } from '../domain/errors';

let world: PartiesWorld;
let viewer: PersonActor;
let aoi: TestParty;
let mei: TestParty;

beforeAll(async () => {
  world = await partiesWorld();
  viewer = await world.actorOf(await world.signUpBrand());
  aoi = await enrolled(
    '田中 葵',
    '東京の街でバッグとファッションを紹介します。映画が好き',
    ['fashion', 'バッグ'],
    'CN',
    500_000n,
  );
  mei = await enrolled('林小美', '上海博主，分享包包和穿搭，直播带货', ['bags', '穿搭'], 'CN', 80_000n);
  await enrolled('Zoë Martin', 'Paris, leather goods & slow fashion. Le cœur de l’été', ['fashion'], 'FR', 12_000n);
});

afterAll(() => world.close());

async function enrolled(name: string, bio: string, categories: string[], market: string, followers: bigint) {
  const party = await world.signUpInfluencer(name);
  const actor = await world.actorOf(party);
  await world
    .get(UpdateInfluencerProfile)
    .execute({ actor, displayName: name, country: 'JP', bio, categories, markets: [market], languages: ['ja'] });
  await world.get(AddChannel).execute({ actor, ...facts(name, followers, market) });
  return party;
}

function facts(handle: string, followers: bigint, country = 'CN'): ChannelFacts {
  return {
    platform: 'xiaohongshu',
    handle,
    url: 'https://www.xiaohongshu.com/user/1',
    followers,
    audience: { countries: [{ segment: country, percent: 70 }], ages: [], genders: [] },
  };
}

async function find(search: Partial<InfluencerSearch>): Promise<string[]> {
  const page = await world
    .get(SearchInfluencers)
    .execute({ actor: viewer, search: { ...ANY_INFLUENCER, ...search }, asks: null, page: { first: 50, after: null } });
  expect(page.totalCount).toBe(page.rows.length);
  return page.rows.map((row) => row.node.displayName);
}

describe('searching influencers', () => {
  it('finds the one with most followers first', async () => {
    expect(await find({})).toEqual(['田中 葵', '林小美', 'Zoë Martin']);
  });

  it.each([
    ['包', ['林小美']],
    ['包包', ['林小美']],
    ['直播带货', ['林小美']],
    ['バッグ', ['田中 葵']],
    ['ﾊﾞｯｸﾞ', ['田中 葵']],
    ['東京', ['田中 葵']],
    ['京都', []],
    ['ファッション 東京', ['田中 葵']],
    ['FASHION', ['田中 葵', 'Zoë Martin']],
    ['leather fash', ['Zoë Martin']],
    ['zoë', ['Zoë Martin']],
    ['ZOE', ['Zoë Martin']],
    ["l'ete", ['Zoë Martin']],
    ['L’ÉTÉ', ['Zoë Martin']],
    ['coeur', ['Zoë Martin']],
    ["cœur l'é\u200Bté", ['Zoë Martin']],
    ['か', []],
    ['が', ['田中 葵']],
    ['街でバッグ', ['田中 葵']],
    ['ｌｅａｔｈｅｒ', ['Zoë Martin']],
    ['葵', ['田中 葵']],
    ['leather\u0000 goods', ['Zoë Martin']],
    ["goods' or '1'='1", []],
    ['leather & | ! ( goods', []],
    [`葵${'葵'.repeat(10_000)}`, []],
    ['𠮷'.repeat(5_000), []],
    ["'; drop table parties.parties; --", []],
    ['%', []],
    ['_', []],
  ])('by %s', async (text, names) => {
    expect(await find({ text })).toEqual(names);
  });

  it('by category, market, language, platform, followers and audience', async () => {
    expect(await find({ categories: ['Bags', '穿搭'] })).toEqual(['林小美']);
    expect(await find({ markets: ['fr'] })).toEqual(['Zoë Martin']);
    expect(await find({ languages: ['en'] })).toEqual([]);
    expect(await find({ platforms: ['xiaohongshu'] })).toHaveLength(3);
    expect(await find({ platforms: ['douyin'] })).toEqual([]);
    expect(await find({ minFollowers: 80_000n, maxFollowers: 499_999n })).toEqual(['林小美']);
    expect(await find({ audience: [{ part: 'countries', segment: 'cn', minPercent: 70 }] })).toEqual([
      '田中 葵',
      '林小美',
    ]);
    expect(await find({ audience: [{ part: 'countries', segment: 'CN', minPercent: 71 }] })).toEqual([]);
  });

  it('by more than one share of an audience, of the same channel', async () => {
    const party = await world.signUpInfluencer('Yui');
    const actor = await world.actorOf(party);
    const ages = [{ segment: '18-24', percent: 60 }];
    const genders = [{ segment: 'female', percent: 80 }];
    const young = { ...facts('yui_1', 1n, 'JP'), audience: { countries: [], ages, genders: [] } };
    const women = { ...facts('yui_2', 1n, 'JP'), audience: { countries: [], ages: [], genders } };
    const channels = [];
    for (const channel of [young, women]) channels.push(await world.get(AddChannel).execute({ actor, ...channel }));
    const age = { part: 'ages', segment: '18-24', minPercent: 60 } as const;
    const gender = { part: 'genders', segment: 'female', minPercent: 80 } as const;
    expect(await find({ audience: [age] })).toEqual(['Yui']);
    expect(await find({ audience: [gender] })).toEqual(['Yui']);
    expect(await find({ audience: [age, gender] })).toEqual([]);
    for (const { id } of channels) await world.get(RemoveChannel).execute({ actor, channelId: id });
    expect(await find({ audience: [gender] })).toEqual([]);
    await world.asOwner('delete from parties.channels where influencer_id = $1', [party.partyId]);
    await world.asOwner('delete from parties.influencers where party_id = $1', [party.partyId]);
  });

  it('by the price they ask for', async () => {
    const actor = await world.actorOf(mei);
    const euros = (amountMinor: bigint) => moneyOf(amountMinor, 'EUR');
    const set = (prices: readonly Money[]) => world.get(SetAskingPrices).execute({ actor, prices });
    await set([moneyOf(9_000n, 'JPY'), euros(50_000n)]);
    expect(await find({ priceAtMost: euros(50_000n) })).toEqual(['林小美']);
    expect(await find({ priceAtMost: euros(49_999n) })).toEqual([]);
    expect(await find({ priceAtLeast: moneyOf(9_000n, 'JPY'), priceAtMost: moneyOf(9_000n, 'JPY') })).toEqual([
      '林小美',
    ]);
    expect(await find({ priceAtLeast: moneyOf(1n, 'CNY') })).toEqual([]);
    const { askingPrices } = await world.get(GetInfluencer).execute({ actor: viewer, influencerId: mei.partyId });
    expect(askingPrices).toEqual([euros(50_000n), moneyOf(9_000n, 'JPY')]);
    for (const prices of [[euros(0n)], [euros(-1n)], [euros(1n), euros(2n)]]) {
      await expect(set(prices)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    }
    await set([]);
    expect(await find({ priceAtMost: euros(50_000n) })).toEqual([]);
    const asBrand = world.get(SetAskingPrices).execute({ actor: viewer, prices: [] });
    await expect(asBrand).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each<[string, Partial<InfluencerSearch>]>([
    ['INVALID_RANGE', { minFollowers: 2n, maxFollowers: 1n }],
    ['INVALID_RANGE', { priceAtLeast: moneyOf(2n, 'EUR'), priceAtMost: moneyOf(1n, 'EUR') }],
    ['CURRENCY_MISMATCH', { priceAtLeast: moneyOf(1n, 'EUR'), priceAtMost: moneyOf(2n, 'JPY') }],
    ['INVALID_INPUT', { audience: [{ part: 'countries', segment: 'China', minPercent: 1 }] }],
    ['INVALID_INPUT', { audience: [{ part: 'ages', segment: "'; --", minPercent: 1 }] }],
    ['INVALID_INPUT', { audience: [{ part: 'genders', segment: 'female', minPercent: 101 }] }],
  ])('refuses by %s what could never find anybody', async (code, search) => {
    await expect(find(search)).rejects.toMatchObject({ code });
  });

  it('page by page, each once', async () => {
    const names: string[] = [];
    let after: string | null = null;
    for (let hasNextPage = true; hasNextPage;) {
      const page = await world
        .get(SearchInfluencers)
        .execute({ actor: viewer, search: ANY_INFLUENCER, asks: null, page: { first: 1, after } });
      expect(page.totalCount).toBe(3);
      names.push(...page.rows.map((row) => row.node.displayName));
      after = page.rows.at(-1)?.cursor ?? null;
      hasNextPage = page.hasNextPage;
    }
    expect(names).toEqual(['田中 葵', '林小美', 'Zoë Martin']);
  });

  it.each(['garbage', Buffer.from('["1"]').toString('base64url'), Buffer.from('["x","y"]').toString('base64url')])(
    'refuses %s as a cursor',
    async (after) => {
      const search = world
        .get(SearchInfluencers)
        .execute({ actor: viewer, search: ANY_INFLUENCER, asks: null, page: { first: 1, after } });
      await expect(search).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    },
  );

  it('is for people signed in', async () => {
    const search = world
      .get(SearchInfluencers)
      .execute({ actor: ANONYMOUS, search: ANY_INFLUENCER, asks: null, page: { first: 1, after: null } });
    await expect(search).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('a channel', () => {
  it('changes what searches find, and can be taken away', async () => {
    const party = await world.signUpInfluencer('Ken');
    const actor = await world.actorOf(party);
    const channel = await world.get(AddChannel).execute({ actor, ...facts('@ken_street', 10n) });
    expect(await find({ text: 'ken_street' })).toEqual(['Ken']);
    await world.get(UpdateChannel).execute({ actor, channelId: channel.id, ...facts('ken_tokyo', 20n) });
    expect(await find({ text: 'ken_street' })).toEqual([]);
    const view = await world.get(GetInfluencer).execute({ actor: viewer, influencerId: party.partyId });
    expect(view).toMatchObject({ followersTotal: 20n, channels: [{ handle: 'ken_tokyo', followers: 20n }] });
    expect(view).not.toHaveProperty('userId');
    await world.get(RemoveChannel).execute({ actor, channelId: channel.id });
    expect(await find({ text: 'ken_tokyo' })).toEqual([]);
  });

  it('belongs to one profile', async () => {
    const actor = await world.actorOf(mei);
    await expect(world.get(AddChannel).execute({ actor, ...facts('田中 葵', 1n) })).rejects.toThrow(ChannelTaken);
  });

  it('of somebody else is not found', async () => {
    const [mine] = (await world.get(GetInfluencer).execute({ actor: viewer, influencerId: aoi.partyId })).channels;
    const actor = await world.actorOf(mei);
    const removing = world.get(RemoveChannel).execute({ actor, channelId: mine?.id ?? '' });
    await expect(removing).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const settings = { user_id: mei.userId, party_ids: `{${mei.partyId}}` };
    const sql = 'update parties.channels set followers = 1 where influencer_id = $1 returning id';
    expect(await world.asApplication(settings, sql, [aoi.partyId])).toEqual([]);
  });
});
