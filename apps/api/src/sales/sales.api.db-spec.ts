import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DealDirectory } from '@evenhand/deals';
import { systemActor, UnitOfWork } from '@evenhand/kernel';
import { ImportFxRates, OpenBook } from '@evenhand/ledger';
import { SignUpBrand, SignUpInfluencer } from '@evenhand/parties';
import { readSettings } from '@evenhand/platform';
import { createTestDatabase, type TestDatabase } from '@evenhand/testing';
import { ValidationPipe } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { statedDeal, StatedDeals } from '../../../../test/support/sales/stated-deals';
import { ApiModule } from '../api.module';
import { toGlobalId } from '../graphql';

interface Answer {
  readonly data: Record<string, Record<string, unknown>> | null;
  readonly errors?: readonly { readonly extensions: Readonly<Record<string, unknown>> }[];
}

type SaleEdges = readonly { readonly node: { readonly id: string } }[];

interface Login {
  readonly token: string;
  readonly partyId: string;
}

const euro = (amount: string) => ({ amount, currency: 'EUR' });
const RECORD = `mutation ($input: RecordSalesInput!) { recordSales(input: $input) { __typename
  ... on RecordSalesSuccess { results { externalId outcome firstOutcome reason { code } sales {
    orderBase { amount currency } conversion { rate date source }
    base { amount currency } commission { amount } attributedBy kind } } }
  ... on BusinessError { code } } }`;
const REFUND = `mutation ($input: RecordRefundsInput!) { recordRefunds(input: $input) { __typename
  ... on RecordRefundsSuccess { results { outcome reason { code } refunds {
    orderBase { amount currency } base { amount } commissionReversed { amount } } } }
  ... on BusinessError { code } } }`;
const SALES = `query ($filter: SaleFilterInput) { sales(filter: $filter) { totalCount
  totals { currency count base { amount } commission { amount } commissionReversed { amount } }
  edges { node { id orderNumber status decision orderBase { amount currency } orderRefundedBase { amount currency }
    conversion { rate date source } base { amount currency } refundedBase { amount currency } } } } }`;
const REFUNDS = `query ($saleId: ID!) { refunds(saleId: $saleId) { edges { node {
  orderBase { amount currency } base { amount currency } commissionReversed { amount currency } } } } }`;
const EARNINGS = `{ earnings { edges { node { orderNumber orderBase { amount currency } conversion { rate date }
  base { amount currency } gross { amount currency } } } } }`;
const LINES = `mutation ($input: RecordSalesInput!) { recordSales(input: $input) {
  ... on RecordSalesSuccess { results { outcome reason { code message } sales { dealId base { amount } } } } } }`;
const ATTRIBUTION = `query ($filter: SaleFilterInput) { sales(filter: $filter) { edges { node { id dealId decision
  base { amount } attribution { lineNumbers unearnedLines { lineNumbers code reason }
    candidates { value outcome dealId lineNumbers } } } } } }`;
const INBOX = `query ($filter: IntakeProblemFilterInput!) { intakeProblems(filter: $filter) { totalCount
  edges { node { externalId state reasonCode } } } }`;

describe('sales over GraphQL', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let brand: Login;
  let influencer: Login;
  let yuki: Login;
  let rival: Login;
  const dataDirectory = mkdtempSync(join(tmpdir(), 'sales-api-'));

  beforeAll(async () => {
    database = await createTestDatabase();
    const settings = readSettings({ DATABASE_URL: database.url, DATA_DIR: dataDirectory, LOG_LEVEL: 'silent' });
    const module = await Test.createTestingModule({ imports: [ApiModule.with(settings)] })
      .overrideProvider(DealDirectory)
      .useClass(StatedDeals)
      .compile();
    const adapter = new FastifyAdapter();
    app = module.createNestApplication(adapter, { logger: false });
    app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
    // Fastify's cookie plugin imports dynamically, which Jest cannot; one cookie is soon read.
    adapter.getInstance().addHook('onRequest', async (request) => {
      request.cookies = Object.fromEntries([(request.headers.cookie ?? '').split('=')]);
    });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    await signUp();
  }, 60_000);

  afterAll(async () => {
    await app?.close();
    await database?.drop();
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  async function signUp(): Promise<void> {
    const user = (name: string) => ({
      email: `${name}@example.com`,
      password: 'correct horse battery staple',
      displayName: name,
      locale: 'en',
      address: null,
      country: 'FR',
    });
    const profile = { bio: '', categories: [], markets: [], languages: [] };
    const brands = app.get(SignUpBrand, { strict: false });
    brand = await brands.execute({ ...user('aurore'), organisationName: 'Aurore Paris' });
    rival = await brands.execute({ ...user('borealis'), organisationName: 'Borealis' });
    const influencers = app.get(SignUpInfluencer, { strict: false });
    influencer = await influencers.execute({ ...user('mei'), ...profile });
    yuki = await influencers.execute({ ...user('yuki'), ...profile });
    const uow = app.get(UnitOfWork, { strict: false });
    await uow.run(systemActor('test'), (tx) =>
      app.get(OpenBook, { strict: false }).execute(tx, { brandId: brand.partyId }),
    );
    const deals = app.get<StatedDeals>(DealDirectory, { strict: false });
    deals.add(statedDeal(brand.partyId, { influencerId: influencer.partyId }), 'MEI');
    deals.add(statedDeal(brand.partyId, { influencerId: influencer.partyId }), 'SORA');
    deals.add(statedDeal(brand.partyId, { influencerId: yuki.partyId }), 'YUKI');
    const activeFrom = new Date('2026-01-01');
    deals.add(statedDeal(brand.partyId, { influencerId: influencer.partyId, activeFrom }), 'AOI');
  }

  async function ask(who: Login | null, query: string, variables: object): Promise<Answer> {
    const headers = who ? { cookie: `evenhand_session=${who.token}` } : {};
    const response = await app.inject({ method: 'POST', url: '/graphql', headers, payload: { query, variables } });
    return response.json();
  }

  const brandId = () => toGlobalId('party', brand.partyId);
  const codesOf = (answer: Answer) => answer.errors?.map((error) => error.extensions['code']);
  const event = (externalId: string, change: object = {}) => {
    const basics = { source: 'shop', externalId, orderNumber: `#${externalId}`, currency: 'EUR' };
    return { ...basics, code: 'mei', base: euro('99.99'), occurredAt: '2026-05-10T12:00:00Z', ...change };
  };
  const record = (who: Login | null, ...events: object[]) =>
    ask(who, RECORD, { input: { brandId: brandId(), events } });

  it('records a list once, with a result per event, and its refunds', async () => {
    const events = [
      event('1'),
      event('1'),
      event('2', { code: 'nobody' }),
      event('3', { currency: 'USD', base: null }),
    ];
    const line = { quantity: 2, unitPrice: { amount: '10.00', currency: 'USD' } };
    const answer = await record(brand, ...events.slice(0, 3), { ...events[3], lines: [line] });
    expect(answer.errors).toBeUndefined();
    expect(answer.data?.['recordSales']?.['results']).toMatchObject([
      { outcome: 'RECORDED', sales: [{ base: euro('99.99'), commission: { amount: '10.00' }, attributedBy: 'CODE' }] },
      { outcome: 'DUPLICATE', firstOutcome: 'RECORDED', sales: [{ commission: { amount: '10.00' } }] },
      { outcome: 'UNATTRIBUTED', reason: { code: 'UNKNOWN_CODE_OR_LINK' } },
      { outcome: 'REFUSED', reason: { code: 'RATES_NOT_LOADED' } },
    ]);
    const refund = { source: 'shop', externalId: 'r1', saleExternalId: '1', currency: 'EUR' };
    const occurredAt = '2026-05-12T12:00:00Z';
    const input = { brandId: brandId(), events: [{ ...refund, amount: euro('33.33'), occurredAt }] };
    expect((await ask(brand, REFUND, { input })).data?.['recordRefunds']?.['results']).toMatchObject([
      { outcome: 'RECORDED', refunds: [{ base: { amount: '33.33' }, commissionReversed: { amount: '3.33' } }] },
    ]);
    for (const who of [brand, influencer]) {
      expect((await ask(who, SALES, { filter: { code: 'MEI' } })).data?.['sales']).toMatchObject({
        totalCount: 1,
        totals: [{ currency: 'EUR', count: 1, base: { amount: '99.99' }, commissionReversed: { amount: '3.33' } }],
        edges: [{ node: { orderNumber: '#1', status: 'PARTIALLY_REFUNDED' } }],
      });
    }
    expect((await ask(rival, SALES, {})).data?.['sales']).toMatchObject({ totalCount: 0, totals: [] });
  });

  it('shows of an order in another currency both amounts and the rate, to the brand and to the influencer', async () => {
    await app.get(ImportFxRates, { strict: false }).execute();
    const dollars = (amount: string) => ({ amount, currency: 'USD' });
    const conversion = { rate: '10000/11711', date: '2026-04-10', source: 'ECB' };
    const occurredAt = '2026-04-12T12:00:00Z';
    const sold = await record(
      brand,
      event('usd', { code: 'aoi', currency: 'USD', base: dollars('100.00'), occurredAt }),
    );
    expect(sold.data?.['recordSales']?.['results']).toMatchObject([
      { outcome: 'RECORDED', sales: [{ orderBase: dollars('100.00'), conversion, base: euro('85.39') }] },
    ]);
    const refund = { source: 'shop', externalId: 'usd', saleExternalId: 'usd', currency: 'USD', occurredAt };
    const input = { brandId: brandId(), events: [{ ...refund, amount: dollars('33.33') }] };
    expect((await ask(brand, REFUND, { input })).data?.['recordRefunds']?.['results']).toMatchObject([
      { outcome: 'RECORDED', refunds: [{ orderBase: dollars('33.33'), base: { amount: '28.46' } }] },
    ]);
    for (const who of [brand, influencer]) {
      const sales = (await ask(who, SALES, { filter: { code: 'AOI' } })).data?.['sales'];
      expect(sales).toMatchObject({
        totals: [{ currency: 'EUR', count: 1, base: { amount: '85.39' } }],
        edges: [
          {
            node: {
              status: 'PARTIALLY_REFUNDED',
              orderBase: dollars('100.00'),
              orderRefundedBase: dollars('33.33'),
              conversion,
              base: euro('85.39'),
              refundedBase: euro('28.46'),
            },
          },
        ],
      });
      const refunds = await ask(who, REFUNDS, { saleId: (sales?.['edges'] as SaleEdges | undefined)?.[0]?.node.id });
      expect(refunds.data?.['refunds']?.['edges']).toEqual([
        { node: { orderBase: dollars('33.33'), base: euro('28.46'), commissionReversed: euro('2.85') } },
      ]);
    }
    const earnings = (await ask(influencer, EARNINGS, {})).data?.['earnings']?.['edges'];
    expect(earnings).toContainEqual({
      node: {
        orderNumber: '#usd',
        orderBase: dollars('100.00'),
        conversion: { rate: conversion.rate, date: conversion.date },
        base: euro('85.39'),
        gross: euro('8.54'),
      },
    });
  });

  it('makes an order of several deals’ lines a sale for each, of which an influencer sees her own and no other', async () => {
    const line = (lineId: string, code: string | null, amount: string) => ({
      lineId,
      code,
      quantity: 1,
      unitPrice: euro(amount),
    });
    const lines = [line('a', 'sora', '100.00'), line('b', 'yuki', '50.00'), line('c', 'nobody', '7.00')];
    const input = { brandId: brandId(), events: [event('basket', { code: null, base: null, lines })] };
    const recorded = (await ask(brand, LINES, { input })).data?.['recordSales']?.['results'];
    expect(recorded).toMatchObject([
      {
        outcome: 'RECORDED',
        sales: [{ base: { amount: '100.00' } }, { base: { amount: '50.00' } }],
        reason: { code: 'LINES_WITHOUT_DEAL', message: 'Line 3: No deal of this brand has the code “nobody”.' },
      },
    ]);
    const filter = { code: 'YUKI' };
    const seen = async (who: Login) => (await ask(who, ATTRIBUTION, { filter })).data?.['sales']?.['edges'];
    expect(await seen(brand)).toMatchObject([
      {
        node: {
          attribution: {
            lineNumbers: [2],
            unearnedLines: [{ lineNumbers: [3], code: 'UNKNOWN_CODE_OR_LINK' }],
            candidates: [{ value: 'yuki', outcome: 'WON', lineNumbers: [2] }],
          },
        },
      },
    ]);
    expect(await seen(yuki)).toMatchObject([
      {
        node: {
          base: { amount: '50.00' },
          decision: 'The code “yuki” decides. It counts for its lines of the order alone. Rate 0.10 of the base.',
          attribution: {
            lineNumbers: null,
            unearnedLines: [],
            candidates: [{ value: 'yuki', outcome: 'WON', lineNumbers: null }],
          },
        },
      },
    ]);
    expect(await seen(influencer)).toEqual([]);
    const told = JSON.stringify(await ask(yuki, ATTRIBUTION, {}));
    for (const hidden of ['sora', 'nobody', '100.00', toGlobalId('party', influencer.partyId)]) {
      expect(told).not.toContain(hidden);
    }
  });

  it('shows the inbox to the brand alone', async () => {
    const filter = { brandId: brandId(), kind: 'SALE' };
    await record(brand, event('waits', { code: 'nobody' }));
    const inbox = (await ask(brand, INBOX, { filter: { ...filter, state: 'UNATTRIBUTED' } })).data?.['intakeProblems'];
    expect(JSON.stringify(inbox)).toContain('waits');
    expect(codesOf(await ask(rival, INBOX, { filter }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await ask(influencer, INBOX, { filter }))).toEqual(['FORBIDDEN']);
  });

  it.each([
    ['-1.00', 'INVALID_AMOUNT'],
    ['1e3', 'INVALID_AMOUNT'],
    ['1,00', 'INVALID_AMOUNT'],
    ['NaN', 'INVALID_AMOUNT'],
    ['92233720368547758.08', 'INVALID_AMOUNT'],
    ['1.001', 'INVALID_AMOUNT'],
  ])('refuses the whole list for an amount of %s', async (amount, code) => {
    expect(codesOf(await record(brand, event('good'), event('bad', { base: euro(amount) })))).toEqual([code]);
    expect((await ask(brand, SALES, { filter: { code: 'MEI' } })).data?.['sales']?.['totalCount']).toBe(1);
  });

  it('lets nobody else record', async () => {
    expect(codesOf(await record(null, event('x')))).toEqual(['UNAUTHENTICATED']);
    expect(codesOf(await record(influencer, event('x')))).toEqual(['FORBIDDEN']);
    expect(codesOf(await record(rival, event('x')))).toEqual(['NOT_FOUND']);
  });
});
