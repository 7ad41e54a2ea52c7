import { DealDirectory } from '@evenhand/deals';
import { AddStaff, SignIn } from '@evenhand/identity';
import { systemActor, UnitOfWork } from '@evenhand/kernel';
import { OpenBook } from '@evenhand/ledger';
import { ApiInTest, type Login, PASSWORD } from '../../../../test/support/api/api-in-test';
import { statedDeal, StatedDeals } from '../../../../test/support/sales/stated-deals';
import { toGlobalId } from '../graphql';

const RECORD = `mutation ($input: RecordSalesInput!) { recordSales(input: $input) { __typename
  ... on RecordSalesSuccess { results { outcome } } } }`;
const SALES = `query ($filter: SaleFilterInput) { sales(filter: $filter) { edges { node { orderNumber review status } } } }`;
const HOLDS = `query ($filter: RiskHoldFilterInput) { riskHolds(filter: $filter) { totalCount edges { node { id reasons
  explanation rulesVersion state note decidedBy sale { orderNumber review commission { amount } } } } } }`;
const decision = (name: string) => `mutation ($input: DecideRiskHoldInput!) { ${name}(input: $input) { __typename
  ... on RiskHoldDecided { id state note } ... on BusinessError { code } } }`;
const LOG = `query ($id: ID!) { auditLog(objectId: $id) { edges { node { action actor { kind name party { kind } } } } } }`;
const RULES = `query ($brandId: ID!) { riskRules(brandId: $brandId) {
  version customerOrders customerHours dealOrdersPerHour } }`;
const CHANGE = `mutation ($input: ChangeRiskRulesInput!) { changeRiskRules(input: $input) { __typename
  ... on RiskRulesChanged { rules { version dealOrdersPerHour } } ... on BusinessError { code } } }`;

describe('sales on risk hold over GraphQL', () => {
  let api: ApiInTest;
  let brand: Login;
  let rival: Login;
  let mei: Login;
  let operator: { readonly token: string };

  beforeAll(async () => {
    api = await ApiInTest.open({
      change: (builder) => builder.overrideProvider(DealDirectory).useClass(StatedDeals),
    });
    brand = await api.signUpBrand('aurore', 'Aurore Paris');
    rival = await api.signUpBrand('borealis', 'Borealis');
    mei = await api.signUpInfluencer('mei');
    const staff = { email: 'ops@example.com', password: PASSWORD, displayName: 'Ops', locale: 'en' };
    await api.get(AddStaff).execute({ actor: systemActor('test'), ...staff, role: 'operator' });
    operator = await api.get(SignIn).execute({ email: staff.email, password: PASSWORD, address: null });
    const { partyId } = brand;
    await api.get(UnitOfWork).run(systemActor('test'), (tx) => api.get(OpenBook).execute(tx, { brandId: partyId }));
    const deals: DealDirectory = api.get(DealDirectory);
    (deals as StatedDeals).add(statedDeal(partyId, { influencerId: mei.partyId }), 'MEI');
    const event = (externalId: string, customerEmail: string | null) => {
      const basics = { source: 'shop', externalId, orderNumber: `#${externalId}`, currency: 'EUR', code: 'MEI' };
      const base = { amount: '100.00', currency: 'EUR' };
      return { ...basics, base, occurredAt: '2026-05-10T12:00:00Z', customerEmail };
    };
    const events = [event('1', 'MEI+shop@example.com'), event('2', 'ada@example.com'), event('3', null)];
    const { data } = await api.ask(brand, RECORD, { input: { brandId: brandId(), events } });
    expect(data?.['recordSales'].results).toHaveLength(3);
  }, 60_000);
  afterAll(() => api?.close());

  const brandId = () => toGlobalId('party', brand.partyId);
  const codeOf = async (...question: Parameters<ApiInTest['ask']>) =>
    (await api.ask(...question)).errors?.[0]?.extensions['code'];
  const holdsSeenBy = async (who: { readonly token: string }, filter: object = {}) =>
    (await api.ask(who, HOLDS, { filter })).data?.['riskHolds'];

  it('are listed with their reasons for the brand and the operator; the influencer sees that hers is held', async () => {
    for (const who of [brand, operator]) {
      expect(await holdsSeenBy(who, { brandId: brandId(), state: 'OPEN', reason: 'SELF_PURCHASE' })).toMatchObject({
        totalCount: 1,
        edges: [
          {
            node: {
              reasons: ['SELF_PURCHASE'],
              explanation: expect.stringContaining('influencer'),
              sale: { orderNumber: '#1', review: 'HELD', commission: { amount: '10.00' } },
            },
          },
        ],
      });
    }
    expect(await holdsSeenBy(rival)).toMatchObject({ totalCount: 0 });
    expect(await codeOf(mei, HOLDS)).toBe('FORBIDDEN');
    const { data } = await api.ask(mei, SALES, { filter: { review: 'HELD' } });
    expect(data?.['sales'].edges).toEqual([{ node: { orderNumber: '#1', review: 'HELD', status: 'RECORDED' } }]);
  });

  it('are decided by the operator alone, once', async () => {
    const [{ node }] = (await holdsSeenBy(operator)).edges;
    const input = { riskHoldId: node.id, note: 'Her own bag.', idempotencyKey: 'one' };
    for (const who of [brand, rival, mei]) {
      expect(await codeOf(who, decision('confirmRiskHold'), { input })).toBe('FORBIDDEN');
    }
    const unknown = { ...input, riskHoldId: toGlobalId('risk', brand.partyId) };
    expect(await codeOf(operator, decision('confirmRiskHold'), { input: unknown })).toBe('NOT_FOUND');
    for (let time = 0; time < 2; time += 1) {
      const { data } = await api.ask(operator, decision('confirmRiskHold'), { input });
      expect(data?.['confirmRiskHold']).toEqual({
        __typename: 'RiskHoldDecided',
        id: node.id,
        state: 'CONFIRMED',
        note: 'Her own bag.',
      });
    }
    const other = { ...input, idempotencyKey: 'two' };
    const { data } = await api.ask(operator, decision('clearRiskHold'), { input: other });
    expect(data?.['clearRiskHold']).toMatchObject({ code: 'RISK_HOLD_ALREADY_DECIDED' });
    const sales = (await api.ask(mei, SALES, { filter: { review: 'CONFIRMED' } })).data?.['sales'];
    expect(sales.edges).toEqual([{ node: { orderNumber: '#1', review: 'CONFIRMED', status: 'REFUNDED' } }]);
  });

  it('leave in the audit log who brought the sale and who decided, for the brand and staff alone', async () => {
    const [{ node }] = (await holdsSeenBy(operator)).edges;
    const entries = (await api.ask(brand, LOG, { id: node.id })).data?.['auditLog'].edges;
    expect(entries).toMatchObject([
      { node: { action: 'confirmed', actor: { kind: 'PERSON', name: null, party: { kind: 'PLATFORM' } } } },
      { node: { action: 'created', actor: { kind: 'PERSON', party: { kind: 'BRAND' } } } },
    ]);
    expect((await api.ask(operator, LOG, { id: node.id })).data?.['auditLog'].edges[0].node.actor.name).toBe('Ops');
    for (const who of [rival, mei]) expect(await codeOf(who, LOG, { id: node.id })).toBe('NOT_FOUND');
  });

  it('are held by rules that the brand reads and changes', async () => {
    const rulesSeenBy = async (who: Login) => (await api.ask(who, RULES, { brandId: brandId() })).data?.['riskRules'];
    expect(await rulesSeenBy(brand)).toEqual({
      version: 0,
      customerOrders: 3,
      customerHours: 24,
      dealOrdersPerHour: null,
    });
    const input = { brandId: brandId(), customerOrders: 2, customerHours: 48, dealOrdersPerHour: 500 };
    const change = async (who: Login, expectedVersion: number, more: object = {}) =>
      (await api.ask(who, CHANGE, { input: { ...input, expectedVersion, ...more } })).data?.['changeRiskRules'];
    expect(await change(brand, 0)).toMatchObject({ rules: { version: 1, dealOrdersPerHour: 500 } });
    expect(await change(brand, 0)).toMatchObject({ code: 'RISK_RULES_SUPERSEDED' });
    expect(await change(brand, 1, { customerHours: 0 })).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await codeOf(rival, CHANGE, { input: { ...input, expectedVersion: 1 } })).toBe('NOT_FOUND');
    expect(await codeOf(rival, RULES, { brandId: brandId() })).toBe('NOT_FOUND');
    expect(await codeOf(mei, RULES, { brandId: brandId() })).toBe('FORBIDDEN');
  });
});
