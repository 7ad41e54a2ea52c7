import { SignUpBrand, SignUpInfluencer } from '@evenhand/parties';
import { readSettings } from '@evenhand/platform';
import { type TestDatabase, createTestDatabase } from '@evenhand/testing';
import { ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiModule } from '../api.module';
import { toGlobalId } from '../graphql';

interface Answer {
  readonly data: Record<string, Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }[];
}

const DAY_MS = 86_400_000;
const dayFromNow = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
const euro = (amount: string) => ({ amount, currency: 'EUR' });

const brief = {
  title: '巴黎手袋春季企划',
  summary: 'Show the new purse in your everyday life.',
  products: [{ name: 'Purse Aurore', retailPrice: euro('390.00') }],
  channels: ['XIAOHONGSHU'],
  deliverables: [{ key: 'note_1', kind: 'IMAGE_NOTE', dueOn: dayFromNow(40) }],
  compensation: {
    cash: [{ minimum: euro('500'), maximum: euro('3000.00') }],
    commission: [{ currency: 'EUR', minimumRate: '0.05', maximumRate: '0.20' }],
  },
  bidDeadline: new Date(Date.now() + 20 * DAY_MS).toISOString(),
  markets: ['CN'],
  languages: ['zh-Hans'],
  categories: ['fashion'],
  disclosureText: '#广告',
};
const compensation = {
  cash: { amount: euro('600.00'), milestones: [{ deliverableKey: 'note_1', amount: euro('600.00') }] },
  commission: { currency: 'EUR', rate: '0.10', livestreamRate: '3/20', reserve: euro('50') },
};

const CREATE = `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) {
  __typename
  ... on Campaign { id state limits { budgets { budget { amount currency } left { amount } } dealCap } brief { linksPolicy } }
  ... on BusinessError { code details { name value } } } }`;
const PUBLISH = `mutation ($input: PublishCampaignInput!) { publishCampaign(input: $input) {
  __typename ... on Campaign { state } ... on BusinessError { code } } }`;
const SEARCH = `query ($filter: CampaignFilterInput) { campaigns(filter: $filter, first: 5, orderBy: DEADLINE) {
  totalCount pageInfo { hasNextPage } edges { cursor node {
    id title brandName limits { dealCap } decisionDeadline
    brief { summary products { name description retailPrice { amount } } channels markets languages categories bidDeadline
      deliverables { key kind quantity dueOn revisionsAllowed description } disclosureText lawfulOrderNumber
      compensation { cash { minimum { amount } maximum { amount currency } } gift { minimum { amount } }
        commission { currency minimumRate maximumRate base } }
      usageRights { media territory from to } exclusivity { category from to } } } } } }`;
const BID = `mutation ($input: SubmitBidInput!) { submitBid(input: $input) {
  __typename ... on Bid { id state } ... on BusinessError { code message } } }`;
const COUNTER = `mutation ($input: CounterOfferInput!) { counterOffer(input: $input) {
  __typename ... on Bid { state latestOffer { number side } } ... on BusinessError { code } } }`;
const BIDS = `{ bids { totalCount edges { node { state influencerName campaignTitle offers { number side message compensation {
  cash { amount { amount currency } milestones { deliverableKey amount { amount } } }
  gift { fairMarketValue { amount } }
  commission { rate livestreamRate base holdDays cap { amount } reserve { amount } tiers { rate } } } } } } } }`;

describe('campaigns and bids over GraphQL', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  const dataDirectory = mkdtempSync(join(tmpdir(), 'campaigns-api-'));
  let brand: { token: string; partyId: string };
  let rivalBrand: { token: string; partyId: string };
  let mei: { token: string; partyId: string };
  let rival: { token: string; partyId: string };

  beforeAll(async () => {
    database = await createTestDatabase();
    const env = { DATABASE_URL: database.url, DATA_DIR: dataDirectory, LOG_LEVEL: 'silent' };
    const adapter = new FastifyAdapter();
    app = await NestFactory.create(ApiModule.with(readSettings(env)), adapter, { logger: false });
    app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
    // Fastify's cookie plugin imports dynamically, which Jest cannot; one cookie is soon read.
    const cookies = (header: string | undefined) => Object.fromEntries([(header ?? '').split('=')]);
    adapter.getInstance().addHook('onRequest', async (request) => {
      request.cookies = cookies(request.headers.cookie);
    });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    const brands = app.get(SignUpBrand, { strict: false });
    const influencers = app.get(SignUpInfluencer, { strict: false });
    const user = (name: string) => ({
      email: `${name}@example.com`,
      password: 'correct horse battery staple',
      displayName: name,
      locale: 'en',
      address: null,
      country: 'FR',
    });
    const profile = { bio: '', categories: [], markets: [], languages: [] };
    brand = await brands.execute({ ...user('aurore'), organisationName: 'Aurore Paris' });
    rivalBrand = await brands.execute({ ...user('borealis'), organisationName: 'Borealis' });
    mei = await influencers.execute({ ...user('mei'), ...profile });
    rival = await influencers.execute({ ...user('rin'), ...profile });
  }, 60_000);
  afterAll(async () => {
    await app?.close();
    await database?.drop();
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  async function ask(who: { token: string } | null, query: string, variables: object = {}): Promise<Answer> {
    const headers = who ? { cookie: `evenhand_session=${who.token}` } : {};
    const response = await app.inject({ method: 'POST', url: '/graphql', headers, payload: { query, variables } });
    return response.json();
  }
  const codesOf = (answer: Answer) => answer.errors?.map((error) => error.extensions['code']);
  const create = (changes: object = {}, who = brand) =>
    ask(who, CREATE, {
      input: {
        brandId: toGlobalId('party', brand.partyId),
        brief: { ...brief, ...changes },
        budgets: [euro('10000')],
        dealCap: 3,
      },
    });

  it('goes from the brief to a countered bid', async () => {
    const created = (await create()).data?.['createCampaign'];
    expect(created).toMatchObject({
      __typename: 'Campaign',
      state: 'DRAFT',
      brief: { linksPolicy: 'PLATFORM_ONLY' },
      limits: { budgets: [{ budget: euro('10000.00'), left: { amount: '10000.00' } }], dealCap: 3 },
    });
    const campaignId = created?.['id'];
    expect((await ask(mei, SEARCH, { filter: { text: '手' } })).data?.['campaigns']?.['totalCount']).toBe(0);
    expect((await ask(brand, PUBLISH, { input: { campaignId } })).data?.['publishCampaign']).toEqual({
      __typename: 'Campaign',
      state: 'PUBLISHED',
    });
    const found = await ask(mei, SEARCH, { filter: { text: '手', kinds: ['CASH'], cashAtLeast: euro('600') } });
    expect(found.errors).toBeUndefined();
    expect(found.data?.['campaigns']).toMatchObject({
      totalCount: 1,
      edges: [{ node: { id: campaignId, brandName: 'Aurore Paris', limits: null } }],
    });
    const bid = (await ask(mei, BID, { input: { campaignId, compensation, message: '你好' } })).data?.['submitBid'];
    expect(bid).toMatchObject({ __typename: 'Bid', state: 'SUBMITTED' });
    const offer = { cash: { amount: euro('550'), milestones: [{ deliverableKey: 'note_1', amount: euro('550') }] } };
    const input = { bidId: bid?.['id'], inAnswerTo: 1, compensation: offer };
    expect((await ask(mei, COUNTER, { input })).data?.['counterOffer']).toMatchObject({ code: 'NOT_YOUR_TURN' });
    expect(codesOf(await ask(rival, COUNTER, { input }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await ask(rivalBrand, COUNTER, { input }))).toEqual(['NOT_FOUND']);
    expect((await ask(brand, COUNTER, { input })).data?.['counterOffer']).toEqual({
      __typename: 'Bid',
      state: 'COUNTERED',
      latestOffer: { number: 2, side: 'BRAND' },
    });
    expect((await ask(brand, COUNTER, { input })).data?.['counterOffer']).toMatchObject({ code: 'OFFER_SUPERSEDED' });
    expect((await ask(mei, BIDS)).data?.['bids']).toMatchObject({
      totalCount: 1,
      edges: [
        {
          node: {
            influencerName: 'mei',
            campaignTitle: brief.title,
            offers: [
              {
                side: 'INFLUENCER',
                message: '你好',
                compensation: {
                  cash: { amount: euro('600.00') },
                  commission: { rate: '0.10', reserve: { amount: '50.00' } },
                },
              },
              { side: 'BRAND', compensation: { commission: null } },
            ],
          },
        },
      ],
    });
    expect((await ask(rival, BIDS)).data?.['bids']).toEqual({ totalCount: 0, edges: [] });
  });

  it('names what is wrong with a brief', async () => {
    const late = (await create({ bidDeadline: '2020-01-01T00:00:00Z', markets: ['xx'] })).data;
    expect(late?.['createCampaign']).toMatchObject({ code: 'INVALID_BRIEF' });
    expect(JSON.stringify(late)).toMatch(/bidDeadline.*markets|markets.*bidDeadline/);
    const leading = (await create({ summary: 'Scan the QR code or see www.aurore.example' })).data;
    expect(leading?.['createCampaign']).toMatchObject({ code: 'OFF_PLATFORM_LINK' });
  });

  it.each(['-1', '1e3', '1,00', 'NaN', '10.001', '9223372036854775808', '0x10', ' 5'])(
    'refuses the amount %s',
    async (amount) => {
      const cash = [{ minimum: euro('0'), maximum: euro(amount) }];
      expect(codesOf(await create({ compensation: { cash } }))).toEqual(['INVALID_AMOUNT']);
    },
  );

  it('refuses amounts of two currencies in one range, and bids by brands and strangers', async () => {
    const cash = [{ minimum: { amount: '5', currency: 'JPY' }, maximum: euro('5') }];
    expect(codesOf(await create({ compensation: { cash } }))).toEqual(['CURRENCY_MISMATCH']);
    const campaignId = (await create()).data?.['createCampaign']?.['id'];
    expect(codesOf(await ask(brand, BID, { input: { campaignId, compensation } }))).toEqual(['FORBIDDEN']);
    expect(codesOf(await ask(null, BID, { input: { campaignId, compensation } }))).toEqual(['UNAUTHENTICATED']);
    expect(codesOf(await ask(mei, BID, { input: { campaignId, compensation } }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await create({}, rivalBrand))).toEqual(['NOT_FOUND']);
    expect(codesOf(await ask(rivalBrand, PUBLISH, { input: { campaignId } }))).toEqual(['NOT_FOUND']);
  });
});
