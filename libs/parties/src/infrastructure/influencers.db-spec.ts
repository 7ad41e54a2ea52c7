import { ANONYMOUS, type PersonActor } from '@evenhand/kernel';
import { type PartiesWorld, partiesWorld, type TestParty } from '../../../../test/support/parties-world';
import { AddChannel, RemoveChannel, UpdateChannel, UpdateInfluencerProfile } from '../application/manage-influencer';
import { GetInfluencer, type InfluencerSearch, SearchInfluencers } from '../application/search-influencers';
import type { ChannelFacts } from '../domain/channel';
import { ChannelTaken } from '../domain/errors';

let world: PartiesWorld;
let viewer: PersonActor;
let aoi: TestParty;
let mei: TestParty;

const EVERYTHING: InfluencerSearch = {
  text: '',
  categories: [],
  markets: [],
  languages: [],
  platforms: [],
  minFollowers: null,
  maxFollowers: null,
  audience: null,
};

beforeAll(async () => {
  world = await partiesWorld();
  viewer = await world.actorOf(await world.signUpBrand());
  aoi = await enrolled('田中 葵', '東京の街でバッグとファッションを紹介します', ['fashion', 'バッグ'], 'CN', 500_000n);
  mei = await enrolled('林小美', '上海博主，分享包包和穿搭，直播带货', ['bags', '穿搭'], 'CN', 80_000n);
  await enrolled('Zoë Martin', 'Paris, leather goods & slow fashion', ['fashion'], 'FR', 12_000n);
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
    .execute({ actor: viewer, search: { ...EVERYTHING, ...search }, page: { first: 50, after: null } });
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
    expect(await find({ audience: { country: 'CN', minPercent: 70 } })).toEqual(['田中 葵', '林小美']);
    expect(await find({ audience: { country: 'CN', minPercent: 71 } })).toEqual([]);
  });

  it('page by page, each once', async () => {
    const names: string[] = [];
    let after: string | null = null;
    for (let hasNextPage = true; hasNextPage;) {
      const page = await world
        .get(SearchInfluencers)
        .execute({ actor: viewer, search: EVERYTHING, page: { first: 1, after } });
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
        .execute({ actor: viewer, search: EVERYTHING, page: { first: 1, after } });
      await expect(search).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    },
  );

  it('is for people signed in', async () => {
    const search = world
      .get(SearchInfluencers)
      .execute({ actor: ANONYMOUS, search: EVERYTHING, page: { first: 1, after: null } });
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
