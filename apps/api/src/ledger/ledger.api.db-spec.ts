import { systemActor, UnitOfWork } from '@evenhand/kernel';
import { OpenBook, RecordBankCredit } from '@evenhand/ledger';
import { ApiInTest, type Login } from '../../../../test/support/api/api-in-test';
import { toGlobalId } from '../graphql';

const POSTINGS = `query ($filter: PostingFilterInput!, $first: Int, $after: String) {
  postings(filter: $filter, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
    edges { node { reference kind amount { amount currency } debit { kind } credit { kind } } } } }`;

describe('the ledger over GraphQL', () => {
  let api: ApiInTest;
  let brand: Login;
  let rival: Login;

  beforeAll(async () => {
    api = await ApiInTest.open();
    brand = await api.signUpBrand('aurore', 'Aurore Paris');
    rival = await api.signUpBrand('borealis', 'Borealis');
    const { partyId: brandId } = brand;
    const actor = systemActor('test');
    await api.get(UnitOfWork).run(actor, (tx) => api.get(OpenBook).execute(tx, { brandId }));
    for (const bankReference of ['SCT 1', 'SCT 2']) {
      const credit = { brandId, currency: 'EUR', amountMinor: 1_050n, receivedAt: new Date() };
      const command = { actor, ...credit, bankReference, idempotencyKey: bankReference };
      await api.get(RecordBankCredit).execute(command);
    }
  }, 60_000);
  afterAll(() => api?.close());

  async function bookIdOf(who: Login): Promise<string> {
    const query = 'query ($id: ID!) { book(brandId: $id) { id } }';
    return (await api.ask(who, query, { id: toGlobalId('party', who.partyId) })).data?.['book'].id;
  }

  it('lists the postings of a filter page by page', async () => {
    const filter = { bookId: await bookIdOf(brand) };
    const first = await api.ask(brand, POSTINGS, { filter, first: 1 });
    expect(first.errors).toBeUndefined();
    expect(first.data?.['postings']).toMatchObject({
      totalCount: 2,
      pageInfo: { hasNextPage: true },
      edges: [{ node: { reference: 'SCT 1', kind: 'BRAND_FUNDED', amount: { amount: '10.50', currency: 'EUR' } } }],
    });
    const after = first.data?.['postings'].pageInfo.endCursor;
    const second = await api.ask(brand, POSTINGS, { filter, first: 1, after });
    expect(second.data?.['postings']).toMatchObject({
      pageInfo: { hasNextPage: false },
      edges: [{ node: { reference: 'SCT 2', debit: { kind: 'CLIENT_CASH' }, credit: { kind: 'BRAND_BALANCE' } } }],
    });
  });

  it('wants a filter that names something, and shows nobody another brand’s book', async () => {
    const codeOf = async (who: Login, filter: object) =>
      (await api.ask(who, POSTINGS, { filter })).errors?.[0]?.extensions['code'];
    expect(await codeOf(brand, {})).toBe('INVALID_INPUT');
    expect(await codeOf(rival, { bookId: await bookIdOf(brand) })).toBe('NOT_FOUND');
  });
});
