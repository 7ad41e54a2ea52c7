import { ApiInTest, type Login } from '../../../../test/support/api/api-in-test';
import { toGlobalId } from '../graphql';

const DAY_MS = 86_400_000;
const euro = (amount: string) => ({ amount, currency: 'EUR' });
const brief = {
  title: '巴黎手袋春季企划',
  summary: 'Show the new purse in your everyday life.',
  products: [{ name: 'Purse Aurore', retailPrice: euro('390.00') }],
  channels: ['XIAOHONGSHU'],
  deliverables: [
    { key: 'note_1', kind: 'IMAGE_NOTE', dueOn: new Date(Date.now() + 40 * DAY_MS).toISOString().slice(0, 10) },
  ],
  compensation: { cash: [{ minimum: euro('500'), maximum: euro('3000.00') }] },
  bidDeadline: new Date(Date.now() + 20 * DAY_MS).toISOString(),
  markets: ['CN'],
  languages: ['zh-Hans'],
  categories: ['fashion'],
  disclosureText: '#广告',
};

const CREATE = `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { ... on Campaign { id fit { score } } } }`;
const PUBLISH = `mutation ($input: PublishCampaignInput!) { publishCampaign(input: $input) { __typename } }`;
const PROFILE = `mutation ($input: UpdateInfluencerProfileInput!) { updateInfluencerProfile(input: $input) { __typename } }`;
const CHANNEL = `mutation ($input: AddChannelInput!) { addChannel(input: $input) { __typename } }`;
const PRICES = `mutation ($input: SetAskingPricesInput!) { setAskingPrices(input: $input) {
  ... on InfluencerProfile { askingPrices { amount currency } } ... on BusinessError { code } } }`;
const FIT = 'fit { score reasons { code weight values percent } }';
const CAMPAIGNS = `query ($order: CampaignOrder, $filter: CampaignFilterInput, $for: ID) {
  campaigns(orderBy: $order, filter: $filter, forInfluencerId: $for) { totalCount edges { node { title ${FIT} } } } }`;
const INFLUENCERS = `query ($order: InfluencerOrder, $filter: InfluencerFilterInput, $for: ID) {
  influencers(orderBy: $order, filter: $filter, forCampaignId: $for) { totalCount edges { node { displayName ${FIT} } } } }`;
const SAVE = `mutation ($input: SaveSearchInput!) { saveSearch(input: $input) { __typename
  ... on SavedSearch { id partyId kind name filter notify } ... on BusinessError { code details { name value } } } }`;
const CHANGE = `mutation ($input: ChangeSavedSearchInput!) { changeSavedSearch(input: $input) { __typename
  ... on SavedSearch { name filter notify } ... on BusinessError { code } } }`;
const DELETE = `mutation ($input: DeleteSavedSearchInput!) { deleteSavedSearch(input: $input) { savedSearchId } }`;
const LIST = `query ($kind: SavedSearchKind) { savedSearches(kind: $kind) { totalCount edges { node { id name } } } }`;

let api: ApiInTest;
let brand: Login;
let rival: Login;
let mei: Login;
let campaignId: string;

beforeAll(async () => {
  api = await ApiInTest.open();
  brand = await api.signUpBrand('aurore', 'Aurore Paris');
  rival = await api.signUpBrand('borealis', 'Borealis');
  mei = await api.signUpInfluencer('mei');
  const created = await api.ask(brand, CREATE, {
    input: { brandId: toGlobalId('party', brand.partyId), brief, budgets: [euro('10000')] },
  });
  expect(created.data?.['createCampaign'].fit).toBeNull();
  campaignId = created.data?.['createCampaign'].id;
  await api.ask(brand, PUBLISH, { input: { campaignId } });
  const profile = {
    displayName: 'Mei',
    country: 'CN',
    bio: '',
    categories: ['fashion'],
    markets: ['CN'],
    languages: ['zh-Hans'],
  };
  await api.ask(mei, PROFILE, { input: profile });
  const audience = { countries: [{ segment: 'CN', percent: 72 }] };
  const channel = {
    platform: 'XIAOHONGSHU',
    handle: 'mei',
    url: 'https://www.xiaohongshu.com/user/1',
    followers: 5,
    audience,
  };
  await api.ask(mei, CHANNEL, { input: channel });
}, 60_000);
afterAll(() => api?.close());

const codesOf = ({ errors }: { errors?: readonly { extensions: Readonly<Record<string, unknown>> }[] }) =>
  errors?.map(({ extensions }) => extensions['code']);

const REASONS = [
  { code: 'PLATFORM_MATCH', weight: 25, values: ['xiaohongshu'], percent: null },
  { code: 'CATEGORY_MATCH', weight: 20, values: ['fashion'], percent: null },
  { code: 'AUDIENCE_MATCH', weight: 14, values: ['CN'], percent: 72 },
  { code: 'MARKET_MATCH', weight: 15, values: ['CN'], percent: null },
  { code: 'LANGUAGE_MATCH', weight: 10, values: ['zh-Hans'], percent: null },
];
const PRICED = { code: 'WITHIN_PRICE_RANGE', weight: 10, values: ['EUR'], percent: null };

describe('ranking over GraphQL', () => {
  it('says why an influencer and a campaign fit, to either side', async () => {
    const hers = (await api.ask(mei, CAMPAIGNS, { order: 'BEST_MATCH' })).data?.['campaigns'];
    expect(hers).toEqual({
      totalCount: 1,
      edges: [{ node: { title: brief.title, fit: { score: 84, reasons: REASONS } } }],
    });
    expect((await api.ask(mei, PRICES, { input: { prices: [euro('3000.00')] } })).data?.['setAskingPrices']).toEqual({
      askingPrices: [euro('3000.00')],
    });
    const theirs = (await api.ask(brand, INFLUENCERS, { for: campaignId })).data?.['influencers'];
    expect(theirs.edges).toEqual([{ node: { displayName: 'Mei', fit: { score: 94, reasons: [...REASONS, PRICED] } } }]);
    expect((await api.ask(mei, CAMPAIGNS, {})).data?.['campaigns'].edges[0].node.fit).toBeNull();
    expect((await api.ask(brand, INFLUENCERS, {})).data?.['influencers'].edges[0].node.fit).toBeNull();
  });

  it('needs to know for whom, and somebody the actor may ask for', async () => {
    expect(codesOf(await api.ask(brand, CAMPAIGNS, { order: 'BEST_MATCH' }))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await api.ask(brand, INFLUENCERS, { order: 'BEST_MATCH' }))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await api.ask(brand, INFLUENCERS, { order: 'FOLLOWERS', for: campaignId }))).toEqual([
      'INVALID_INPUT',
    ]);
    const she = toGlobalId('party', mei.partyId);
    expect(codesOf(await api.ask(mei, CAMPAIGNS, { order: 'NEWEST', for: she }))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await api.ask(brand, CAMPAIGNS, { for: she }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await api.ask(rival, INFLUENCERS, { for: campaignId }))).toEqual(['NOT_FOUND']);
  });

  it('names ranges and amounts that are not possible', async () => {
    const cash = { cashAtLeast: euro('2'), cashAtMost: euro('1') };
    expect(codesOf(await api.ask(mei, CAMPAIGNS, { filter: cash }))).toEqual(['INVALID_RANGE']);
    const price = { priceAtLeast: euro('2'), priceAtMost: { amount: '2', currency: 'JPY' } };
    expect(codesOf(await api.ask(mei, INFLUENCERS, { filter: price }))).toEqual(['CURRENCY_MISMATCH']);
    const followers = { minFollowers: 2, maxFollowers: 1 };
    expect(codesOf(await api.ask(mei, INFLUENCERS, { filter: followers }))).toEqual(['INVALID_RANGE']);
    expect(codesOf(await api.ask(mei, PRICES, { input: { prices: [euro('1e3')] } }))).toEqual(['INVALID_AMOUNT']);
    for (const text of ['a\0b', 'x'.repeat(10_240)]) {
      expect(codesOf(await api.ask(mei, CAMPAIGNS, { filter: { text } }))).toEqual(['BAD_USER_INPUT']);
      expect(codesOf(await api.ask(mei, INFLUENCERS, { filter: { text } }))).toEqual(['BAD_USER_INPUT']);
    }
  });
});

describe('saved searches over GraphQL', () => {
  it('come back as the filter to search with', async () => {
    const filter = {
      text: '手袋',
      channels: ['XIAOHONGSHU', 'INSTAGRAM'],
      kinds: ['CASH'],
      cashAtLeast: euro('600'),
      openForBids: true,
      markets: ['cn'],
      brandId: toGlobalId('party', brand.partyId),
      deadlineFrom: '2026-01-01T00:00:00.000Z',
    };
    const input = { partyId: toGlobalId('party', mei.partyId), name: 'Purses', campaigns: filter };
    const saved = (await api.ask(mei, SAVE, { input })).data?.['saveSearch'];
    expect(saved).toMatchObject({ __typename: 'SavedSearch', kind: 'CAMPAIGNS', name: 'Purses', notify: true });
    const canonical = { channels: ['INSTAGRAM', 'XIAOHONGSHU'], markets: ['CN'], cashAtLeast: euro('600.00') };
    expect(JSON.parse(saved.filter)).toEqual({ ...filter, ...canonical });
    const found = await api.ask(mei, CAMPAIGNS, { filter: JSON.parse(saved.filter) });
    expect(found.data?.['campaigns'].totalCount).toBe(1);
    const again = { ...input, name: 'Again', campaigns: JSON.parse(saved.filter) };
    expect((await api.ask(mei, SAVE, { input: again })).data?.['saveSearch'].filter).toBe(saved.filter);
    const share = { part: 'GENDERS', segment: 'female', minPercent: 40 };
    const influencers = { minFollowers: 5, audience: [share], priceAtMost: euro('10.00') };
    const other = { partyId: input.partyId, name: 'People', influencers, notify: false };
    const people = (await api.ask(mei, SAVE, { input: other })).data?.['saveSearch'];
    expect({ ...people, filter: JSON.parse(people.filter) }).toMatchObject({
      kind: 'INFLUENCERS',
      notify: false,
      filter: influencers,
    });
    expect((await api.ask(mei, LIST, { kind: 'INFLUENCERS' })).data?.['savedSearches']).toMatchObject({
      totalCount: 1,
    });
  });

  it('are changed and deleted by whoever keeps them, with named errors', async () => {
    const input = { partyId: toGlobalId('party', mei.partyId), name: 'Mine', campaigns: {} };
    const saved = (await api.ask(mei, SAVE, { input })).data?.['saveSearch'];
    const savedSearchId: string = saved.id;
    expect((await api.ask(mei, SAVE, { input })).data?.['saveSearch']).toMatchObject({
      code: 'SAVED_SEARCH_NAME_TAKEN',
    });
    const change = { savedSearchId, name: 'Yours', notify: false, campaigns: { markets: ['JP'] } };
    expect((await api.ask(mei, CHANGE, { input: change })).data?.['changeSavedSearch']).toMatchObject({
      name: 'Yours',
      notify: false,
    });
    const empty = {
      savedSearchId,
      campaigns: { deadlineFrom: '2027-01-01T00:00:00Z', deadlineTo: '2026-01-01T00:00:00Z' },
    };
    expect((await api.ask(mei, CHANGE, { input: empty })).data?.['changeSavedSearch']).toMatchObject({
      code: 'INVALID_RANGE',
    });
    for (const stranger of [brand, rival]) {
      expect(codesOf(await api.ask(stranger, CHANGE, { input: change }))).toEqual(['NOT_FOUND']);
      expect(codesOf(await api.ask(stranger, DELETE, { input: { savedSearchId } }))).toEqual(['NOT_FOUND']);
      expect(codesOf(await api.ask(stranger, SAVE, { input }))).toEqual(['NOT_FOUND']);
    }
    expect((await api.ask(mei, DELETE, { input: { savedSearchId } })).data?.['deleteSavedSearch']).toEqual({
      savedSearchId,
    });
    expect(codesOf(await api.ask(mei, DELETE, { input: { savedSearchId } }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await api.ask(null, LIST))).toEqual(['UNAUTHENTICATED']);
  });

  it('look for one kind', async () => {
    const input = { partyId: toGlobalId('party', mei.partyId), name: 'Both' };
    expect(codesOf(await api.ask(mei, SAVE, { input }))).toEqual(['INVALID_INPUT']);
    const both = { ...input, campaigns: {}, influencers: {} };
    expect(codesOf(await api.ask(mei, SAVE, { input: both }))).toEqual(['INVALID_INPUT']);
  });
});
