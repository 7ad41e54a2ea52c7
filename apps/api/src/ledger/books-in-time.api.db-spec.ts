import { systemActor, UnitOfWork } from '@evenhand/kernel';
import { OpenBook } from '@evenhand/ledger';
import { Client } from 'pg';
import { ApiInTest, type Login } from '../../../../test/support/api/api-in-test';
import { toGlobalId } from '../graphql';

const CLOSE = `mutation ($input: ClosePeriodInput!) { closePeriod(input: $input) { __typename
  ... on ClosedPeriod { period timeZone closedBefore closedById }
  ... on BusinessError { code details { name value } } } }`;
const CREDIT = `mutation ($input: RecordBankCreditInput!) { recordBankCredit(input: $input) { __typename
  ... on BusinessError { code } } }`;
const BOOK = `query ($brandId: ID!, $asOf: DateTime, $effectiveBefore: DateTime) {
  book(brandId: $brandId, asOf: $asOf, effectiveBefore: $effectiveBefore) {
    balances { id kind balance { amount } } closedPeriods { period timeZone closedBefore } } }`;

describe('books in time over GraphQL', () => {
  let api: ApiInTest;
  let brand: Login;
  let rival: Login;
  let preparer: Login;
  let approver: Login;
  let owner: Client;

  beforeAll(async () => {
    api = await ApiInTest.open();
    owner = new Client({ connectionString: api.databaseUrl });
    await owner.connect();
    brand = await api.signUpBrand('aurore', 'Aurore Paris');
    rival = await api.signUpBrand('borealis', 'Borealis');
    preparer = await api.signUpInfluencer('prepares');
    approver = await api.signUpInfluencer('approves');
    for (const [{ userId }, role] of [
      [preparer, 'finance_preparer'],
      [approver, 'finance_approver'],
    ] as const) {
      await owner.query('update identity.users set staff_roles = array[$2] where id = $1', [userId, role]);
    }
    const { partyId: brandId } = brand;
    await api.get(UnitOfWork).run(systemActor('test'), (tx) => api.get(OpenBook).execute(tx, { brandId }));
  }, 60_000);
  afterAll(async () => {
    await owner?.end();
    await api?.close();
  });

  const brandId = (): string => toGlobalId('party', brand.partyId);
  const close = async (who: Login, period: string, timeZone = 'Europe/Paris') => {
    const answer = await api.ask(who, CLOSE, { input: { brandId: brandId(), period, timeZone } });
    return answer.errors?.[0]?.extensions['code'] ?? answer.data?.['closePeriod'];
  };
  const credit = async (amount: string, receivedAt: string) => {
    const input = { brandId: brandId(), amount: { amount, currency: 'EUR' }, bankReference: 'SCT', receivedAt };
    const answer = await api.ask(preparer, CREDIT, { input: { ...input, idempotencyKey: `${amount} ${receivedAt}` } });
    return answer.data?.['recordBankCredit'].code ?? 'recorded';
  };
  const book = async (who: Login, time: object = {}) => {
    const answer = await api.ask(who, BOOK, { brandId: brandId(), ...time });
    return answer.errors?.[0]?.extensions['code'] ?? answer.data?.['book'];
  };
  const cash = async (time: object) =>
    (await book(brand, time)).balances.find(({ kind }: { kind: string }) => kind === 'CLIENT_CASH')?.balance.amount;

  it('are asked for by what was known and by what had happened', async () => {
    await credit('10.00', '2026-01-10T00:00:00Z');
    const asOf = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await credit('2.50', '2026-01-31T22:59:59Z');
    await credit('1.00', '2026-01-31T23:00:00Z');
    const effectiveBefore = '2026-01-31T23:00:00Z';
    expect(await cash({})).toBe('13.50');
    expect(await cash({ effectiveBefore })).toBe('12.50');
    expect(await cash({ asOf })).toBe('10.00');
    expect(await cash({ asOf, effectiveBefore: '2026-01-10T00:00:00Z' })).toBe('0.00');

    const trial = `query ($brandId: ID, $asOf: DateTime, $effectiveBefore: DateTime) {
      trialBalance(brandId: $brandId, asOf: $asOf, effectiveBefore: $effectiveBefore) {
        lines { kind balance { amount } } differences { difference { amount } } } }`;
    const { data } = await api.ask(approver, trial, { brandId: brandId(), effectiveBefore });
    expect(data?.['trialBalance'].lines).toContainEqual({ kind: 'BRAND_BALANCE', balance: { amount: '12.50' } });
    expect(data?.['trialBalance'].differences).toEqual([{ difference: { amount: '0.00' } }]);
  });

  it('show one account to whoever may see it, and are not found by strangers', async () => {
    const { id } = (await book(brand)).balances.find(({ kind }: { kind: string }) => kind === 'CLIENT_CASH');
    const query = `query ($id: ID!, $before: DateTime) {
      accountBalance(id: $id, effectiveBefore: $before) { kind balance { amount } } }`;
    const variables = { id, before: '2026-01-31T23:00:00Z' };
    const answer = await api.ask(brand, query, variables);
    expect(answer.data?.['accountBalance']).toEqual({ kind: 'CLIENT_CASH', balance: { amount: '12.50' } });
    expect((await api.ask(rival, query, variables)).errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
    expect(await book(rival)).toBe('NOT_FOUND');
    expect(await book(brand, { asOf: 'yesterday' })).toBe('BAD_USER_INPUT');
  });

  it('are closed by finance approvers, forward, when the period is over', async () => {
    for (const who of [brand, rival, preparer]) expect(await close(who, '2026-01')).toBe('FORBIDDEN');
    const closed = {
      __typename: 'ClosedPeriod',
      period: '2026-01',
      timeZone: 'Europe/Paris',
      closedBefore: '2026-01-31T23:00:00.000Z',
      closedById: toGlobalId('user', approver.userId),
    };
    expect(await close(approver, '2026-01')).toEqual(closed);
    expect(await close(approver, '2026-01')).toEqual(closed);
    expect(await close(approver, '2025-12')).toMatchObject({ code: 'PERIOD_ALREADY_CLOSED' });
    expect(await close(approver, '2999-12')).toMatchObject({ code: 'PERIOD_NOT_OVER' });
    expect(await close(approver, '2026-02', 'Mars/Olympus')).toMatchObject({ code: 'UNKNOWN_TIME_ZONE' });
    expect(await close(approver, 'January')).toBe('INVALID_INPUT');
    expect(await credit('9.00', '2026-01-31T22:59:59Z')).toBe('PERIOD_CLOSED');
    const { period, timeZone, closedBefore } = closed;
    expect((await book(brand)).closedPeriods).toEqual([{ period, timeZone, closedBefore }]);
  });

  it('keep from a brand who of the staff closed them', async () => {
    const query = 'query ($id: ID!) { book(brandId: $id) { closedPeriods { closedById } } }';
    const codeFor = async (who: Login) =>
      (await api.ask(who, query, { id: brandId() })).errors?.[0]?.extensions['code'] ?? 'shown';
    expect([await codeFor(brand), await codeFor(preparer)]).toEqual(['FORBIDDEN', 'shown']);
  });
});
