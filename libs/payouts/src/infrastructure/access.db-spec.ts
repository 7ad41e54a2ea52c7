import type { PersonActor } from '@evenhand/kernel';
import { managerOf, sqlStateOf } from '@evenhand/platform';
import type { DealInTest } from '../../../../test/invariants/deal-in-test';
import { person } from '../../../../test/invariants/ledger-under-test';
import { ALL, approve, draft, itemOf, payable, sell } from '../../../../test/support/payout-scenes';
import { type PayoutsUnderTest, payoutsUnderTest } from '../../../../test/support/payouts-under-test';

const PERMISSION_DENIED = '42501';
const TABLES = [
  'batches',
  'minimums',
  'items',
  'lines',
  'exclusions',
  'item_accounts',
  'outcomes',
  'bank_files',
] as const;

let payouts: PayoutsUnderTest;
let mine: DealInTest;
let theirs: DealInTest;
let batchId: string;

beforeAll(async () => {
  payouts = await payoutsUnderTest();
  mine = await payable(payouts);
  theirs = await payable(payouts);
  await payable(payouts, { influencerId: mine.influencerId, currency: 'JPY' });
  await sell(payouts, mine, 100n, { releaseAt: new Date('2099-01-01T00:00:00.000Z') });
  batchId = await draft(payouts, { currencies: ['EUR'], minimums: [{ currency: 'EUR', minimumMinor: 1n }] });
  await approve(payouts, batchId);
  await payouts.export.execute({ actor: payouts.preparer, batchId });
  const { itemId } = await itemOf(payouts, batchId, mine.influencerId);
  const paid = { itemId, bankReference: 'SCT', paidAt: new Date(), idempotencyKey: 'paid' };
  await payouts.markPaid.execute({ actor: payouts.preparer, ...paid });
});
afterAll(() => payouts.close());

function countAs(actor: PersonActor | null, table: string): Promise<number> {
  const sql = `select count(*)::integer as count from payouts.${table}`;
  if (actor === null) return payouts.ledger.dataSource.query(sql).then(([row]) => row.count);
  return payouts.ledger.run(
    (tx) =>
      managerOf(tx)
        .query<{ count: number }[]>(sql)
        .then(([row]) => row?.count ?? -1),
    actor,
  );
}

describe('row-level security of payouts', () => {
  it.each(TABLES)('hides %s from a connection without an actor, from strangers and from brands', async (table) => {
    const brand = person({ memberships: [{ partyId: mine.brandId, kind: 'brand', role: 'owner' }] });
    for (const actor of [null, person(), brand]) expect(await countAs(actor, table)).toBe(0);
  });

  it('shows a payee its own items and lines alone', async () => {
    const influencer = person({ influencerId: mine.influencerId });
    expect(await countAs(influencer, 'items')).toBe(1);
    expect(await countAs(influencer, 'lines')).toBe(1);
    for (const table of ['batches', 'item_accounts', 'outcomes', 'bank_files']) {
      expect(await countAs(influencer, table)).toBe(0);
    }
    const { itemId } = await itemOf(payouts, batchId, theirs.influencerId);
    await expect(payouts.listLines.execute({ actor: influencer, itemId, page: ALL })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('shows an agency its own items and those of whom it represents now, and never accounts', async () => {
    const memberships = [{ partyId: mine.agencyId, kind: 'agency', role: 'manager' }] as const;
    const mandated = { agencyId: mine.agencyId, influencerId: mine.influencerId, role: 'manager' } as const;
    expect(await countAs(person({ memberships }), 'items')).toBe(1);
    const representing = person({ memberships, representations: [mandated] });
    expect(await countAs(representing, 'items')).toBe(2);
    expect(await countAs(representing, 'item_accounts')).toBe(0);
    expect(await countAs(representing, 'bank_files')).toBe(0);
  });

  it('shows operators batches but neither files nor accounts', async () => {
    const operator = person({ staffRoles: ['operator'] });
    expect(await countAs(operator, 'batches')).toBe(1);
    expect(await countAs(operator, 'item_accounts')).toBe(0);
    expect(await countAs(operator, 'bank_files')).toBe(0);
  });

  it('shows finance everything', async () => {
    for (const table of TABLES) expect(await countAs(payouts.approver, table)).toBeGreaterThan(0);
  });
});

describe("the application's role", () => {
  const stateOf = (sql: string): Promise<string | undefined> =>
    payouts.ledger
      .run((tx) => managerOf(tx).query(sql))
      .then(
        () => 'nothing was refused',
        (error: unknown) => sqlStateOf(error),
      );

  it.each(TABLES)('removes nothing from %s', async (table) => {
    expect(await stateOf(`delete from payouts.${table}`)).toBe(PERMISSION_DENIED);
    expect(await stateOf(`truncate payouts.${table}`)).toBe(PERMISSION_DENIED);
  });

  it('changes no amount, line, preparer, account used, outcome or file', async () => {
    for (const change of [
      'items set amount_minor = 1',
      "items set end_to_end_id = 'X'",
      'lines set live = false',
      'lines set amount_minor = 1',
      'batches set prepared_by = null',
      'batches set cut_off = now()',
      'item_accounts set account_id = item_id',
      "outcomes set outcome = 'rejected'",
      "bank_files set sealed_text = ''",
    ]) {
      expect([change, await stateOf(`update payouts.${change}`)]).toEqual([change, PERMISSION_DENIED]);
    }
  });
});
