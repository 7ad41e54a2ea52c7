import { WriteReview } from '@evenhand/deals';
import { readSettings } from '@evenhand/platform';
import { ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { completedDeal } from '../../../../test/support/completed-deal';
import { briefIn, everyKind, limitsIn, mixIn } from '../../../../test/support/deal-samples';
import { DealWorld, type SignedUpSomeone, StandingClock } from '../../../../test/support/deal-world';
import { ApiModule } from '../api.module';
import { toGlobalId } from '../graphql';

interface Answer {
  readonly data: Record<string, Record<string, unknown>> | null;
  readonly errors?: readonly { readonly extensions: Readonly<Record<string, unknown>> }[];
}

const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);
const euro = (amount: string) => ({ amount, currency: 'EUR' });

const DEAL = `__typename
  ... on Deal { id state brand { id name } influencer { name } cash { amount currency } commissionReserve { amount }
    compensation { cash { amount { amount } } } brief { title } mandates { id version agencyId } policyVersion
    splitPlans { kind shares { role share party { name } } } trackingCodes { kind code linkSlug }
    deliverables { id key sequence kind state dueOn milestones { amount { amount } releasedAt } versions { disclosed } plannedStart acceptedMinutes
      publication { platform channelId caption check doubt confirmedAt startedAt endedAt minutes explodedAt } }
    gift { id state fairMarketValue { amount } items { name quantity fairMarketValue { amount } } } }
  ... on BusinessError { code message }`;
const PREVIEW = `query ($input: SplitPreviewInput!) { splitPreview(input: $input) { policyVersion mandates { version }
  gift { receiver { name } fairMarketValue { amount } }
  splits { kind exampleSales { amount } rate gross { amount } parts { role share amount { amount currency } party { name } }
    releases { deliverableKey sequence gross { amount } parts { amount { amount } } } } } }`;
const PERFORMANCE = `query ($id: ID!) { deal(id: $id) {
  performance { counts { views likes saves } clicks orders conversion
    money { spend { amount currency } perThousandViews { amount } perClick { amount } perOrder { amount } } }
  deliverables { metrics(first: 1) { totalCount edges { node { counts { views } source correction } } }
    latestMetrics { counts { views likes } }
    metricsByDay(timeZone: "UTC") { counts { views } difference { views } } } } }`;
const mutation = (name: string, type: string) => `mutation ($input: ${type}!) { ${name}(input: $input) { ${DEAL} } }`;

describe('deals over GraphQL', () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'deals-api-'));
  let world: DealWorld;
  let app: NestFastifyApplication;
  let brand: SignedUpSomeone;
  let influencer: SignedUpSomeone;
  let agency: SignedUpSomeone;
  let bidId: string;

  async function ask(someone: { readonly token: string } | null, query: string, variables: object): Promise<Answer> {
    const answer = await app.inject({
      method: 'POST',
      url: '/graphql',
      headers: someone === null ? {} : { cookie: `evenhand_session=${someone.token}` },
      payload: { query, variables },
    });
    return answer.json<Answer>();
  }

  const run = async (someone: { readonly token: string }, name: string, input: object) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const answer = await ask(someone, mutation(name, type), { input });
    if (!answer.data) throw new Error(JSON.stringify(answer.errors));
    return answer.data[name];
  };

  /** A reading of the influencer’s agency, which the brand corrects. */
  async function measured(deliverableId: string, times: number): Promise<void> {
    const reading = { deliverableId, readAt: new Date(), views: 10_001 * times, likes: 100 * times };
    expect(await run(agency, 'recordMetrics', reading)).toMatchObject({ __typename: 'Deal' });
    const corrected = { deliverableId, readAt: new Date(), views: 10_000 * times };
    expect(await run(brand, 'recordMetrics', corrected)).toMatchObject({ code: 'METRICS_FELL' });
    const reasoned = { ...corrected, correction: 'A typo' };
    expect(await run(brand, 'recordMetrics', reasoned)).toMatchObject({ __typename: 'Deal' });
    expect(await run(brand, 'recordMetrics', reasoned)).toMatchObject({ __typename: 'Deal' });
    expect(await run(brand, 'recordMetrics', { ...reasoned, likes: 1 })).toMatchObject({
      code: 'METRICS_ALREADY_READ',
    });
  }

  beforeAll(async () => {
    world = await DealWorld.open(new StandingClock(new Date()));
    const env = { DATABASE_URL: world.databaseUrl, DATA_DIR: dataDirectory, LOG_LEVEL: 'silent' };
    const adapter = new FastifyAdapter();
    app = await NestFactory.create(ApiModule.with(readSettings(env)), adapter, { logger: false });
    app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
    // Fastify's cookie plugin imports dynamically, which Jest cannot; one cookie is soon read.
    adapter.getInstance().addHook('onRequest', async (request) => {
      request.cookies = Object.fromEntries([(request.headers.cookie ?? '').split('=')]);
    });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    brand = await world.signUpBrand();
    influencer = await world.signUpInfluencer();
    agency = await world.signUpAgency();
    await world.mandate(agency, influencer, everyKind({ of: 'remainder', share: '3/8' }));
    const dueOn = inDays(60).toISOString().slice(0, 10);
    const base = briefIn('EUR');
    const brief = {
      ...base,
      bidDeadline: inDays(20),
      deliverables: base.deliverables.map((one) => ({ ...one, dueOn })),
    };
    const campaignId = await world.publishCampaign(brand, brief, limitsIn('EUR'));
    bidId = toGlobalId('bid', await world.bid(campaignId, influencer, mixIn('EUR')));
    await world.credit(brand, 'EUR', 153_334n);
  }, 60_000);

  afterAll(async () => {
    await app.close();
    await world.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  it('previews an offer to either side, to the cent, and to nobody else', async () => {
    const input = { bidId, exampleSales: euro('250.00') };
    const shown = await ask(brand, PREVIEW, { input });
    expect(shown.errors).toBeUndefined();
    expect(await ask(influencer, PREVIEW, { input })).toEqual(shown);
    const splits = shown.data?.['splitPreview']?.['splits'] as { readonly kind: string; readonly parts: unknown }[];
    expect(splits.find(({ kind }) => kind === 'NOTE_COMMISSION')?.parts).toEqual([
      { role: 'PLATFORM', share: '1/5', amount: euro('5.00'), party: { name: expect.any(String) } },
      { role: 'AGENCY', share: '3/10', amount: euro('7.50'), party: { name: 'Sakura Talent' } },
      { role: 'INFLUENCER', share: '1/2', amount: euro('12.50'), party: { name: 'Yuki Tanaka' } },
    ]);
    const rival = await world.signUpBrand('Rival');
    expect((await ask(rival, PREVIEW, { input })).errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
    expect((await ask(null, PREVIEW, { input })).errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    const mixed = { bidId, campaignId: toGlobalId('campaign', brand.partyId) };
    expect((await ask(brand, PREVIEW, { input: mixed })).errors?.[0]?.extensions['code']).toBe('INVALID_INPUT');
  });

  it('goes from an accepted offer to a completed deal, with named refusals on the way', async () => {
    expect(await run(brand, 'acceptOffer', { bidId, offerNumber: 2 })).toMatchObject({ code: 'OFFER_SUPERSEDED' });
    const deal = await run(brand, 'acceptOffer', { bidId, offerNumber: 1, noteCode: 'yuki-10' });
    expect(deal).toMatchObject({
      __typename: 'Deal',
      state: 'AWAITING_FUNDING',
      cash: euro('1333.34'),
      commissionReserve: { amount: '200.00' },
      gift: { state: 'PROMISED', fairMarketValue: { amount: '390.00' } },
      trackingCodes: [{ kind: 'NOTE_COMMISSION', code: 'YUKI-10' }, { kind: 'LIVESTREAM_COMMISSION' }],
    });
    const dealId = deal?.['id'];
    const fund = { dealId, idempotencyKey: 'fund-1' };
    expect(await run(brand, 'fundDeal', fund)).toMatchObject({ state: 'ACTIVE' });
    expect(await run(brand, 'fundDeal', fund)).toMatchObject({ state: 'ACTIVE' });
    const again = { dealId, idempotencyKey: 'fund-2' };
    expect(await run(brand, 'fundDeal', again)).toMatchObject({ code: 'DEAL_ALREADY_FUNDED' });
    await run(brand, 'shipGift', { dealId, carrier: 'SF Express' });
    await run(influencer, 'receiveGift', { dealId });
    expect(await run(brand, 'completeDeal', { dealId })).toMatchObject({ code: 'WORK_NOT_FINISHED' });
    const pieces = (deal?.['deliverables'] ?? []) as { readonly id: string; readonly kind: string }[];
    expect(pieces).toHaveLength(3);
    for (const [place, { id, kind }] of pieces.entries()) {
      await run(agency, 'submitDeliverable', { deliverableId: id, caption: 'New purse #广告' });
      await run(brand, 'approveDeliverable', { deliverableId: id });
      const post = { deliverableId: id, liveUrl: `https://www.xiaohongshu.com/explore/${place}` };
      const profile = { ...post, liveUrl: 'https://www.xiaohongshu.com/user/profile/5f0c0ffee0000000010000aa' };
      expect(await run(influencer, 'publishDeliverable', profile)).toMatchObject({ code: 'LIVE_URL_NOT_A_POST' });
      const undisclosed = { ...post, caption: 'New purse' };
      expect(await run(influencer, 'publishDeliverable', undisclosed)).toMatchObject({ code: 'DISCLOSURE_MISSING' });
      const times = { startedAt: inDays(-0.2), endedAt: inDays(-0.1) };
      await run(influencer, 'publishDeliverable', kind === 'LIVESTREAM' ? { ...post, ...times } : post);
      const confirmed = await run(brand, 'confirmPublication', { deliverableId: id });
      expect(confirmed?.['deliverables']).toContainEqual(
        expect.objectContaining({
          id,
          state: 'PUBLISHED',
          publication: expect.objectContaining({
            platform: 'XIAOHONGSHU',
            check: 'CONFIRMED',
            doubt: 'CHANNEL_NOT_LISTED',
            minutes: kind === 'LIVESTREAM' ? 144 : null,
          }),
        }),
      );
      await measured(id, place + 1);
      const twice = await run(brand, 'confirmPublication', { deliverableId: id });
      expect(twice).toMatchObject({ code: 'INVALID_TRANSITION' });
    }
    const came = await ask(brand, PERFORMANCE, { id: dealId });
    expect(came.errors).toBeUndefined();
    const { performance, deliverables } = came.data?.['deal'] ?? {};
    expect(performance).toEqual({
      counts: { views: 60_000, likes: 600, saves: null },
      clicks: 0,
      orders: 0,
      conversion: null,
      money: [{ spend: euro('1333.34'), perThousandViews: { amount: '22.22' }, perClick: null, perOrder: null }],
    });
    expect(deliverables).toContainEqual({
      metrics: {
        totalCount: 2,
        edges: [{ node: { counts: { views: 10_000 }, source: 'BRAND', correction: 'A typo' } }],
      },
      latestMetrics: { counts: { views: 10_000, likes: 100 } },
      metricsByDay: [{ counts: { views: 10_000 }, difference: { views: 10_000 } }],
    });
    const completed = await run(brand, 'completeDeal', { dealId });
    expect(completed).toMatchObject({ state: 'COMPLETED', gift: { state: 'FULFILLED' } });
    const list = `{ deals(filter: { states: [COMPLETED] }) { totalCount totals { cash { amount } commissionReserve { amount } }
      edges { node { id state } } } }`;
    const listed = await ask(agency, list, {});
    expect(listed.errors).toBeUndefined();
    expect(listed.data?.['deals']).toEqual({
      totalCount: 1,
      totals: [{ cash: { amount: '1333.34' }, commissionReserve: { amount: '200.00' } }],
      edges: [{ node: { id: dealId, state: 'COMPLETED' } }],
    });
  });

  it('shows reviews and ratings of many deals with as many statements as of few', async () => {
    const query = `query ($first: Int!) { deals(first: $first) { edges { node {
      brand { rating { count } } influencer { rating { count average } } reviews { stars } } } } }`;
    for (const stars of [4, 5]) {
      const [dealId, text] = [await completedDeal(world, brand, influencer), ''];
      await world.get(WriteReview).execute({ actor: await world.actor(brand), dealId, stars, text });
      await world.get(WriteReview).execute({ actor: await world.actor(influencer), dealId, stars: 1, text });
    }
    const asked = jest.spyOn(Client.prototype, 'query');
    const statementsFor = async (first: number) => {
      asked.mockClear();
      const { data } = await ask(brand, query, { first });
      return { statements: asked.mock.calls.length, edges: data?.['deals']?.['edges'] };
    };
    // The latest is the one that nobody reviewed.
    const [few, all] = [await statementsFor(2), await statementsFor(10)];
    asked.mockRestore();
    const sides = { brand: { rating: { count: 2 } }, influencer: { rating: { count: 2, average: 4.5 } } };
    const node = (...stars: number[]) => ({ node: { ...sides, reviews: stars.map((it) => ({ stars: it })) } });
    expect(few.edges).toEqual([node(), expect.anything()]);
    expect(all.edges).toHaveLength(3);
    expect(all.edges).toEqual(expect.arrayContaining([node(), node(4, 1), node(5, 1)]));
    expect(all.statements).toBe(few.statements);
    expect(few.statements).toBeGreaterThan(5);
  });

  it('refuses a role before it looks at the deal', async () => {
    const query = mutation('fundDeal', 'FundDealInput');
    const input = { dealId: toGlobalId('deal', brand.partyId), idempotencyKey: 'x' };
    expect((await ask(influencer, query, { input })).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    expect((await ask(brand, query, { input })).errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
  });

  it('shows everybody the marketplace policy, and lets operators alone change it', async () => {
    const read = '{ marketplacePolicy { version cashFee { share onTop } autoApprovalDays } }';
    const shown = await ask(null, read, {});
    expect(shown.errors).toBeUndefined();
    expect(shown.data?.['marketplacePolicy']).toEqual({
      version: 1,
      cashFee: { share: '0.10', onTop: false },
      autoApprovalDays: 7,
    });
    const write = `mutation ($input: UpdateMarketplacePolicyInput!) { updateMarketplacePolicy(input: $input) { __typename } }`;
    const [tenth, fifth] = [{ share: '0.1' }, { share: '0.2' }];
    const fees = { cashFee: tenth, noteCommissionFee: fifth, livestreamCommissionFee: fifth };
    const input = { expectedVersion: 1, ...fees, autoApprovalDays: 5, defaultHoldDays: 0 };
    expect((await ask(brand, write, { input })).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});
