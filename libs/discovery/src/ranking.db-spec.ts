import { ANY_CAMPAIGN } from '@evenhand/campaigns';
import { moneyOf } from '@evenhand/money';
import { ANY_INFLUENCER, type Fit, RemoveChannel, SetAskingPrices } from '@evenhand/parties';
import { channelOn, type DiscoveryWorld, discoveryWorld } from '../../../test/support/discovery-world';
import { sampleBrief } from '../../../test/support/campaigns/campaign-samples';
import type { TestParty } from '../../../test/support/parties-world';
import { RankCampaigns } from './application/rank-campaigns';
import { RankInfluencers } from './application/rank-influencers';

const PLATFORMS = ['xiaohongshu', 'instagram', 'tiktok', 'line'] as const;
const MARKETS = ['CN', 'JP', 'FR', 'US'];
const LANGUAGES = ['zh-Hans', 'ja', 'fr', 'en'];
const CATEGORIES = ['fashion', 'bags', 'beauty', 'home'];

/** A sequence that looks drawn, the same each time. */
let state = 7;
function drawn(below: number): number {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
  return Math.floor(state / 65_536) % below;
}

function some<Value>(all: readonly Value[], least: number): Value[] {
  const taken = all.filter(() => drawn(2) === 0);
  return taken.length < least ? all.slice(0, least) : taken;
}

let world: DiscoveryWorld;
let brand: TestParty;
let influencers: TestParty[];
const campaignIds: string[] = [];

beforeAll(async () => {
  world = await discoveryWorld();
  brand = await world.signUpBrand('Aurore Paris');
  influencers = [];
  for (let index = 0; index < 12; index += 1) {
    const party = await world.signUpInfluencer(`Influencer ${index}`);
    influencers.push(party);
    const channels = some(PLATFORMS, 0).map((platform) =>
      channelOn(platform, `channel_${index}`, { CN: drawn(50), JP: drawn(50) }),
    );
    const lists = { categories: some(CATEGORIES, 0), markets: some(MARKETS, 0), languages: some(LANGUAGES, 0) };
    await world.profile(party, lists, channels);
    const prices = some(['EUR', 'JPY'], 0).map((currency) => moneyOf(BigInt(1 + drawn(4)) * 100_000n, currency));
    await world.get(SetAskingPrices).execute({ actor: await world.actorOf(party), prices });
  }
  const { compensation } = sampleBrief();
  for (let index = 0; index < 25; index += 1) {
    const cash = some(['EUR', 'JPY'], 1).map((currency) => ({
      currency,
      minimumMinor: 1n,
      maximumMinor: BigInt(1 + drawn(4)) * 100_000n,
    }));
    const lists = { categories: some(CATEGORIES, 1), markets: some(MARKETS, 1), languages: some(LANGUAGES, 1) };
    const brief = { ...lists, title: `Campaign ${index}`, channels: some(PLATFORMS, 1) };
    campaignIds.push(await world.publish(brand, { ...brief, compensation: { ...compensation, cash } }));
  }
}, 60_000);

afterAll(() => world.close());

interface Ranked {
  readonly id: string;
  readonly fit: Fit | null;
}

/** Every page in turn, `first` rows each. */
async function allPages(
  page: (request: { first: number; after: string | null }) => Promise<{
    readonly rows: readonly { readonly node: Ranked; readonly cursor: string }[];
    readonly hasNextPage: boolean;
    readonly totalCount: number | null;
  }>,
): Promise<{ readonly ranked: readonly Ranked[]; readonly totalCount: number | null }> {
  const ranked: Ranked[] = [];
  for (let after: string | null = null; ;) {
    const { rows, hasNextPage, totalCount } = await page({ first: 4, after });
    ranked.push(...rows.map(({ node }) => node));
    after = rows.at(-1)?.cursor ?? null;
    if (!hasNextPage) return { ranked, totalCount };
  }
}

function expectRanked(ranked: readonly Ranked[]): void {
  const scores = ranked.map(({ fit }) => fit?.score ?? -1);
  expect(ranked.map(({ fit }) => (fit?.reasons ?? []).reduce((sum, { weight }) => sum + weight, 0))).toEqual(scores);
  const inOrder = [...ranked].sort((one, other) => {
    const byScore = (other.fit?.score ?? 0) - (one.fit?.score ?? 0);
    return byScore === 0 ? (one.id < other.id ? 1 : -1) : byScore;
  });
  expect(ranked.map(({ id }) => id)).toEqual(inOrder.map(({ id }) => id));
  expect(new Set(scores).size).toBeGreaterThan(3);
}

async function campaignsFor(party: TestParty, influencerId: string | null = null, filter = ANY_CAMPAIGN) {
  const actor = await world.actorOf(party);
  return allPages(async (page) => {
    const found = await world.get(RankCampaigns).execute({ actor, influencerId, filter, page });
    return {
      ...found,
      rows: found.rows.map(({ node, cursor }) => ({ node: { id: node.campaign.id, fit: node.fit }, cursor })),
    };
  });
}

async function influencersFor(party: TestParty, campaignId: string, search = ANY_INFLUENCER) {
  const actor = await world.actorOf(party);
  return allPages((page) => world.get(RankInfluencers).execute({ actor, campaignId, search, page }));
}

describe('campaigns by how well they fit an influencer', () => {
  it('come each once, best first, with a score that is the sum of its reasons', async () => {
    for (const influencer of influencers) {
      const { ranked, totalCount } = await campaignsFor(influencer);
      expect(totalCount).toBe(campaignIds.length);
      expect(ranked.map(({ id }) => id).sort()).toEqual([...campaignIds].sort());
      expectRanked(ranked);
    }
  });

  it('are filtered as in any other order', async () => {
    const [influencer] = influencers as [TestParty];
    const { ranked, totalCount } = await campaignsFor(influencer, null, { ...ANY_CAMPAIGN, markets: ['US'] });
    expect(totalCount).toBe(ranked.length);
    expect(totalCount).toBeLessThan(campaignIds.length);
  });

  it('are ranked by an agency for whom it represents, and for nobody else', async () => {
    const [influencer, other] = influencers as [TestParty, TestParty];
    const agency = await world.signUpAgency();
    await world.mandate(agency, influencer);
    expect(await campaignsFor(agency, influencer.partyId)).toEqual(await campaignsFor(influencer));
    for (const stranger of [agency, influencer]) {
      await expect(campaignsFor(stranger, other.partyId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    await expect(campaignsFor(agency)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('influencers by how well they fit a campaign', () => {
  it('come each once, best first, with a score that is the sum of its reasons', async () => {
    for (const campaignId of campaignIds.slice(0, 8)) {
      const { ranked, totalCount } = await influencersFor(brand, campaignId);
      expect(totalCount).toBe(influencers.length);
      expect(ranked.map(({ id }) => id).sort()).toEqual(influencers.map(({ partyId }) => partyId).sort());
      expectRanked(ranked);
    }
  });

  it('and a campaign have the same score from either side', async () => {
    const [influencer] = influencers as [TestParty];
    const hers = (await campaignsFor(influencer)).ranked;
    for (const campaignId of campaignIds.slice(0, 8)) {
      const theirs = (await influencersFor(brand, campaignId)).ranked.find(({ id }) => id === influencer.partyId);
      expect(theirs?.fit).toEqual(hers.find(({ id }) => id === campaignId)?.fit);
    }
  });

  it('are ranked for the brand of the campaign alone', async () => {
    const rival = await world.signUpBrand('Borealis');
    const [campaignId = ''] = campaignIds;
    await expect(influencersFor(rival, campaignId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const [influencer] = influencers as [TestParty];
    await expect(influencersFor(influencer, campaignId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('lose what they were found by with the channel that had it', async () => {
    const party = await world.signUpInfluencer('Ren');
    await world.profile(party, {}, [channelOn('line', 'ren', { CN: 90 })]);
    const campaignId = await world.publish(brand, { channels: ['line'], markets: ['CN'] });
    const fitNow = async () =>
      (await influencersFor(brand, campaignId)).ranked.find(({ id }) => id === party.partyId)?.fit;
    expect(await fitNow()).toEqual({
      score: 43,
      reasons: [
        { code: 'PLATFORM_MATCH', weight: 25, values: ['line'], percent: null },
        { code: 'AUDIENCE_MATCH', weight: 18, values: ['CN'], percent: 90 },
      ],
    });
    const [channel] = await world.rows<{ id: string }>('select id from parties.channels where influencer_id = $1', [
      party.partyId,
    ]);
    await world.get(RemoveChannel).execute({ actor: await world.actorOf(party), channelId: channel?.id ?? '' });
    expect(await fitNow()).toEqual({ score: 0, reasons: [] });
  });
});
