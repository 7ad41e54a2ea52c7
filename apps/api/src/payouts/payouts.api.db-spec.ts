import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemActor, type Transaction, UnitOfWork } from '@evenhand/kernel';
import {
  compileSplitPlan,
  FundEscrow,
  OpenBook,
  RecordBankCredit,
  ReleaseDueHolds,
  SplitEarnings,
} from '@evenhand/ledger';
import { LoadActor, PLATFORM_PARTY_ID, SetPayoutAccount, SignUpBrand, SignUpInfluencer } from '@evenhand/parties';
import { readSettings } from '@evenhand/platform';
import { createTestDatabase, type TestDatabase } from '@evenhand/testing';
import { ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { ApiModule } from '../api.module';
import { toGlobalId } from '../graphql';

interface Login {
  readonly token: string;
  readonly partyId: string;
  readonly userId: string;
}

const money = (amount: string) => ({ amount, currency: 'EUR' });

describe('payouts over GraphQL', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let owner: Client;
  let brand: Login;
  let mei: Login;
  let preparer: Login;
  let approver: Login;
  const dataDirectory = mkdtempSync(join(tmpdir(), 'payouts-api-'));

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new Client({ connectionString: database.url });
    await owner.connect();
    const settings = readSettings({ DATABASE_URL: database.url, DATA_DIR: dataDirectory, LOG_LEVEL: 'silent' });
    const adapter = new FastifyAdapter();
    app = await NestFactory.create(ApiModule.with(settings), adapter, { logger: false });
    app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
    // Fastify's cookie plugin imports dynamically, which Jest cannot; one cookie is soon read.
    adapter.getInstance().addHook('onRequest', async (request) => {
      request.cookies = Object.fromEntries([(request.headers.cookie ?? '').split('=')]);
    });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    await people();
    await earn();
  }, 60_000);

  afterAll(async () => {
    await app?.close();
    await owner?.end();
    await database?.drop();
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  async function people(): Promise<void> {
    const profile = { bio: '', categories: [], markets: [], languages: [] };
    const user = (name: string) => ({
      email: `${name}@example.com`,
      password: 'correct horse battery staple',
      displayName: name,
      locale: 'en',
      address: null,
      country: 'FR',
    });
    const influencers = app.get(SignUpInfluencer, { strict: false });
    brand = await app
      .get(SignUpBrand, { strict: false })
      .execute({ ...user('aurore'), organisationName: 'Aurore Paris' });
    mei = await influencers.execute({ ...user('mei'), ...profile });
    preparer = await influencers.execute({ ...user('noor'), ...profile });
    approver = await influencers.execute({ ...user('emil'), ...profile });
    for (const [login, role] of [
      [preparer, 'finance_preparer'],
      [approver, 'finance_approver'],
    ] as const) {
      await owner.query('update identity.users set staff_roles = array[$2] where id = $1', [login.userId, role]);
    }
    const actor = await app.get(LoadActor, { strict: false }).forUser(mei.userId, null);
    await app.get(SetPayoutAccount, { strict: false }).execute({
      actor,
      partyId: mei.partyId,
      currency: 'EUR',
      holder: 'Mei Tanaka',
      iban: 'FR7630006000011234567890189',
      bic: 'AGRIFRPP',
      accountNumber: null,
      bankCode: null,
      country: 'FR',
    });
  }

  /** One sale of 10.00 commission, half of it hers, paid for and released. */
  async function earn(): Promise<void> {
    const uow = app.get(UnitOfWork, { strict: false });
    const run = (work: (tx: Transaction) => Promise<unknown>) => uow.run(systemActor('test'), work);
    const { partyId: brandId } = brand;
    await run((tx) => app.get(OpenBook, { strict: false }).execute(tx, { brandId }));
    const [dealId, saleId] = [uuidv7(), uuidv7()];
    const credit = { brandId, currency: 'EUR', amountMinor: 1000n, idempotencyKey: 'credit' };
    await app.get(RecordBankCredit, { strict: false }).execute({
      ...credit,
      actor: systemActor('test'),
      bankReference: 'SCT',
      receivedAt: new Date(),
    });
    await run((tx) =>
      app.get(FundEscrow, { strict: false }).execute(tx, { ...credit, dealId, purpose: 'commission_reserve' }),
    );
    const plan = compileSplitPlan(mei.partyId, [
      { partyId: PLATFORM_PARTY_ID, role: 'platform', of: 'gross', share: '1/2' },
    ]);
    await run((tx) =>
      app.get(SplitEarnings, { strict: false }).execute(tx, brandId, [
        {
          idempotencyKey: 'sale',
          kind: 'note_commission',
          source: { type: 'sale', id: saleId },
          dealId,
          campaignId: uuidv7(),
          influencerId: mei.partyId,
          currency: 'EUR',
          baseMinor: 10_000n,
          poolMinor: 1000n,
          plan,
          earnedAt: new Date('2026-10-31T23:30:00.000Z'),
          releaseAt: new Date('2026-11-01T00:00:00.000Z'),
          fundedFrom: 'reserve_then_receivable',
        },
      ]),
    );
    await app.get(ReleaseDueHolds, { strict: false }).execute({ now: new Date(), limit: 100 });
  }

  async function ask(who: Login | null, query: string, variables: object = {}) {
    const headers = who ? { cookie: `evenhand_session=${who.token}` } : {};
    const response = await app.inject({ method: 'POST', url: '/graphql', headers, payload: { query, variables } });
    return response.json();
  }

  async function mutate(who: Login, name: string, type: string, selection: string, input: object) {
    const inputType = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const answer = await ask(
      who,
      `mutation ($input: ${inputType}!) { ${name}(input: $input) {
         __typename ... on ${type} { ${selection} } ... on BusinessError { code } } }`,
      { input },
    );
    return answer.data?.[name] ?? answer;
  }

  const reasons = async () => {
    const answer = await ask(
      mei,
      `{ earnings { totalCount totals { gross { amount } } edges { node { brandName gross { amount } shares {
           role partyName share net { amount } postings { debit { kind } credit { kind } amount { amount } }
           payout { available { amount } paid { amount } notPaidBecause { reason whoMustAct batchNumber } } } } } } }`,
    );
    return answer.data.earnings.edges[0].node.shares[1].payout.notPaidBecause[0]?.reason ?? 'paid';
  };

  it('goes from the draft to the settled batch, each step by the person whose step it is', async () => {
    expect(await reasons()).toBe('NEXT_BATCH');
    const draft = {
      cutOff: new Date().toISOString(),
      timeZone: 'Europe/Paris',
      minimums: [money('1.00')],
      idempotencyKey: 'november',
    };
    const selection = `id state totals { amount { amount currency } } contentHash
      items { totalCount edges { node { id payeeName amount { amount } lineCount
        lines { edges { node { postingId sourceType orderNumber amount { amount } } } } } } }
      exclusions { totalCount }`;
    const batch = await mutate(preparer, 'preparePayoutBatch', 'PayoutBatch', selection, draft);
    expect(batch).toMatchObject({
      state: 'DRAFT',
      totals: [{ amount: money('5.00') }],
      items: { totalCount: 1, edges: [{ node: { payeeName: 'mei', lineCount: 1 } }] },
    });
    expect(batch.items.edges[0].node.lines.edges[0].node).toMatchObject({
      sourceType: 'SALE',
      amount: { amount: '5.00' },
    });
    expect(await mutate(preparer, 'preparePayoutBatch', 'PayoutBatch', 'id', draft)).toMatchObject({ id: batch.id });
    expect(await reasons()).toBe('IN_DRAFT_BATCH');

    const { id: batchId, contentHash } = batch;
    expect(await mutate(preparer, 'submitPayoutBatch', 'PayoutBatch', 'state', { batchId })).toMatchObject({
      state: 'SUBMITTED',
    });
    expect(await reasons()).toBe('AWAITING_APPROVAL');
    const approval = { batchId, contentHash };
    const refused = await mutate(preparer, 'approvePayoutBatch', 'PayoutBatch', 'state', approval);
    expect(refused.errors[0].extensions.code).toBe('FORBIDDEN');
    expect(await mutate(approver, 'approvePayoutBatch', 'PayoutBatch', 'state', approval)).toMatchObject({
      state: 'APPROVED',
    });
    const file = await mutate(preparer, 'exportPayoutBatch', 'PayoutBatchExport', 'csv fileName isRepeated', {
      batchId,
    });
    expect(file).toMatchObject({ fileName: 'evenhand-payout-1.csv', isRepeated: false });
    expect(file.csv).toContain('FR7630006000011234567890189,AGRIFRPP,,,FR,EUR,5.00');
    const again = await mutate(preparer, 'exportPayoutBatch', 'PayoutBatchExport', 'csv isRepeated', { batchId });
    expect(again).toMatchObject({ csv: file.csv, isRepeated: true });
    expect(await reasons()).toBe('AWAITING_BANK');

    const itemId = batch.items.edges[0].node.id;
    const paid = { itemId, bankReference: 'SCT 9', paidAt: new Date().toISOString(), idempotencyKey: 'p' };
    expect(await mutate(preparer, 'markPayoutItemPaid', 'PayoutItem', 'state', paid)).toMatchObject({ state: 'PAID' });
    expect(await reasons()).toBe('paid');
    const settled = await ask(approver, `{ payoutBatch(id: "${batchId}") { state } payoutBatches { totalCount } }`);
    expect(settled.data).toEqual({ payoutBatch: { state: 'SETTLED' }, payoutBatches: { totalCount: 1 } });
  });

  it('reports the same to finance and to the payee, down to the postings', async () => {
    const report = `query ($filter: PayoutReportFilterInput) {
      payoutReport(groupBy: [PAYEE, MONTH, BRAND], filter: $filter) { totalCount timeZone
        totals { currency gross { amount } net { amount } paid { amount } }
        edges { node { payee { name } period brand { name } cuts { role net { amount } }
          figures { gross { amount } platformCut { amount } net { amount } held { amount } available { amount } paid { amount } } } } }
      payoutReportShares(filter: $filter) { edges { node { share postings { kind debit { kind } credit { kind } amount { amount } } } } } }`;
    const filter = { timeZone: 'Asia/Tokyo', from: '2026-11-01', to: '2026-12-01' };
    const seen = await ask(mei, report, { filter });
    expect(seen.errors).toBeUndefined();
    expect(seen.data.payoutReport).toMatchObject({
      totalCount: 1,
      timeZone: 'Asia/Tokyo',
      totals: [{ currency: 'EUR', gross: { amount: '10.00' }, paid: { amount: '5.00' } }],
    });
    expect(seen.data.payoutReport.edges[0].node).toMatchObject({
      payee: { name: 'mei' },
      brand: { name: 'Aurore Paris' },
      period: '2026-11',
      cuts: [{ role: 'PLATFORM', net: { amount: '5.00' } }],
    });
    expect(seen.data.payoutReportShares.edges[0].node.postings.map((row: { kind: string }) => row.kind)).toHaveLength(
      2,
    );
    const byFinance = await ask(approver, report, { filter: { ...filter, payeeId: toGlobalId('party', mei.partyId) } });
    expect(byFinance.data.payoutReport).toEqual(seen.data.payoutReport);
    const inParis = await ask(mei, report, { filter: { ...filter, timeZone: 'America/New_York' } });
    expect(inParis.data.payoutReport.totalCount).toBe(0);
  });

  it('finds an earning by the sale behind it, with what the books say of it', async () => {
    const query = `query ($filter: EarningsFilterInput) { earnings(filter: $filter) { totalCount edges { node {
      sourceId ruleVersion fromEscrow { amount } baseReversed { amount } } } } }`;
    const all = await ask(mei, query);
    expect(all.data.earnings.edges).toMatchObject([
      { node: { fromEscrow: { amount: '10.00' }, baseReversed: { amount: '0.00' } } },
    ]);
    const countOf = async (filter: object) => (await ask(mei, query, { filter })).data.earnings.totalCount;
    expect(await countOf({ saleId: all.data.earnings.edges[0].node.sourceId })).toBe(1);
    expect(await countOf({ saleId: toGlobalId('sale', uuidv7()) })).toBe(0);
    expect(await countOf({ kind: 'CASH' })).toBe(0);
  });

  it('is closed to brands, strangers and foreign ids', async () => {
    const codeOf = async (who: Login | null, query: string) =>
      (await ask(who, query)).errors?.[0]?.extensions?.code ?? 'no error';
    expect(await codeOf(brand, '{ payoutBatches { totalCount } }')).toBe('FORBIDDEN');
    expect(await codeOf(brand, '{ payoutReport(groupBy: [PAYEE]) { totalCount } }')).toBe('FORBIDDEN');
    expect(await codeOf(null, '{ payoutItems { totalCount } }')).toBe('UNAUTHENTICATED');
    const nobody = toGlobalId('payout', uuidv7());
    expect(await codeOf(mei, `{ payoutItem(id: "${nobody}") { state } }`)).toBe('NOT_FOUND');
  });
});
