import { randomUUID } from 'node:crypto';
import { ANONYMOUS, Forbidden, NotFound, type PersonActor, systemActor, Unauthenticated } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { person, refundEvent, SalesWorld } from '../../../test/support/sales/sales-world';
import { saleEvent } from '../../../test/support/sales/tracked-deal';

const TABLES = ['intake_keys', 'intake_events', 'sales', 'sale_lines', 'refunds', 'running_sales'] as const;
const PAGE = { first: 10, after: null };

describe('who sees and records sales', () => {
  let world: SalesWorld;
  let brandId: string;
  let influencerId: string;
  let saleId: string;

  beforeAll(async () => {
    world = await SalesWorld.create();
    brandId = await world.brand();
    influencerId = randomUUID();
    world.deal(brandId, 'YUKI', { influencerId, commission: { capMinor: 1_000_00n } });
    const [sale] = await world.sales(brandId, saleEvent({ code: 'YUKI' }), saleEvent({ externalId: '2' }));
    saleId = sale?.sales[0]?.saleId ?? '';
    await world.refunds(brandId, refundEvent({ amountMinor: 1_00n }));
    const rival = await world.brand();
    world.deal(rival, 'MEI');
    await world.sales(rival, saleEvent({ code: 'MEI' }));
  });

  afterAll(() => world.destroy());

  function member(partyId: string, role: 'owner' | 'manager' | 'viewer', change: Partial<PersonActor> = {}) {
    return person({ memberships: [{ partyId, kind: 'brand', role }], ...change });
  }

  function agency(represented: string) {
    const agencyId = randomUUID();
    return person({
      memberships: [{ partyId: agencyId, kind: 'agency', role: 'viewer' }],
      representations: [{ agencyId, influencerId: represented, role: 'viewer' }],
    });
  }

  async function countsFor(actor: PersonActor): Promise<readonly number[]> {
    const counts: number[] = [];
    for (const table of TABLES) {
      const [row] = await world.rowsFor<{ count: number }>(
        actor,
        `select count(*)::integer as count from sales.${table}`,
      );
      counts.push(row?.count ?? -1);
    }
    return counts;
  }

  it('shows rows by the tables themselves', async () => {
    expect(await countsFor(member(brandId, 'viewer'))).toEqual([0, 3, 1, 1, 1, 0]);
    expect(await countsFor(person({ influencerId }))).toEqual([0, 0, 1, 0, 1, 0]);
    expect(await countsFor(agency(influencerId))).toEqual([0, 0, 1, 0, 1, 0]);
    expect(await countsFor(agency(randomUUID()))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await countsFor(member(randomUUID(), 'owner'))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await countsFor(person({}))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await countsFor(person({ staffRoles: ['finance_preparer'] }))).toEqual([0, 4, 2, 2, 1, 0]);
  });

  it('lets nobody but the system write', async () => {
    for (const statement of [
      `update sales.sales set refunded_base_minor = 1`,
      `update sales.intake_events set state = 'refused'`,
    ]) {
      const changed = await world.uow.run(member(brandId, 'owner'), (tx) =>
        managerOf(tx).query<[unknown[], number]>(statement),
      );
      expect(changed[1]).toBe(0);
    }
    for (const table of ['sales', 'refunds', 'intake_events']) {
      await expect(
        world.uow.run(systemActor('test'), async (tx) => {
          return managerOf(tx).query(`delete from sales.${table}`);
        }),
      ).rejects.toThrow('permission denied');
    }
  });

  it('lists to each what is theirs', async () => {
    const seen = async (actor: PersonActor) =>
      (await world.listSales.execute({ actor, filter: {}, page: PAGE })).rows.map(({ node }) => node.saleId);
    expect(await seen(member(brandId, 'viewer'))).toEqual([saleId]);
    expect(await seen(person({ influencerId }))).toEqual([saleId]);
    expect(await seen(agency(influencerId))).toEqual([saleId]);
    expect(await seen(member(randomUUID(), 'owner'))).toEqual([]);
    const refunds = { filter: { saleId }, page: PAGE };
    expect((await world.listRefunds.execute({ actor: agency(influencerId), ...refunds })).totalCount).toBe(1);
    expect((await world.listRefunds.execute({ actor: agency(randomUUID()), ...refunds })).totalCount).toBe(0);
    await expect(world.listSales.execute({ actor: ANONYMOUS, filter: {}, page: PAGE })).rejects.toThrow(
      Unauthenticated,
    );
  });

  it('filters, pages and totals over all filtered rows', async () => {
    const own = await world.brand();
    const deal = world.deal(own, 'ONE');
    world.deal(own, 'TWO');
    const day = (externalId: string, code: string, date: number) =>
      saleEvent({ externalId, code, baseMinor: 10_00n, occurredAt: new Date(Date.UTC(2026, 4, date)) });
    await world.sales(own, day('a', 'ONE', 5), day('b', 'ONE', 6), day('c', 'ONE', 7), day('d', 'TWO', 7));
    await world.refunds(own, refundEvent({ saleExternalId: 'b', full: true }));
    const list = (filter: object, after: string | null = null) =>
      world.listSales.execute({
        actor: member(own, 'viewer'),
        filter: { brandId: own, ...filter },
        page: { first: 2, after },
      });
    const ids = async (filter: object) => (await list(filter)).rows.map(({ node }) => node.externalId);
    const first = await list({ dealId: deal.dealId });
    expect(first).toMatchObject({ totalCount: 3, hasNextPage: true, totals: [{ baseMinor: 30_00n, count: 3 }] });
    const second = await list({ dealId: deal.dealId }, first.rows.at(-1)?.cursor);
    expect(second).toMatchObject({ hasNextPage: false, totals: [{ baseMinor: 30_00n }] });
    expect([...first.rows, ...second.rows].map(({ node }) => node.externalId)).toEqual(['c', 'b', 'a']);
    expect(await ids({ code: 'two' })).toEqual(['d']);
    expect(await ids({ status: 'refunded' })).toEqual(['b']);
    expect(
      await ids({ campaignId: deal.campaignId, from: new Date('2026-05-05'), to: new Date('2026-05-06') }),
    ).toEqual(['a']);
  });

  it('records for managers of the brand, operators and keys with the scope', async () => {
    const record = (actor: PersonActor) =>
      world.recordSales.execute({ actor, brandId, events: [saleEvent({ externalId: randomUUID() })] });
    await expect(record(member(brandId, 'manager'))).resolves.toHaveLength(1);
    await expect(record(person({ staffRoles: ['operator'] }))).resolves.toHaveLength(1);
    await expect(record(member(brandId, 'manager', { scopes: ['sales:write'] }))).resolves.toHaveLength(1);
    await expect(record(member(brandId, 'manager', { scopes: ['reports:read'] }))).rejects.toThrow(Forbidden);
    await expect(record(member(brandId, 'viewer'))).rejects.toThrow(Forbidden);
    await expect(record(person({ influencerId }))).rejects.toThrow(NotFound);
    await expect(record(member(randomUUID(), 'owner', { scopes: ['sales:write'] }))).rejects.toThrow(NotFound);
  });

  it('shows the inbox to the brand alone', async () => {
    const inbox = (actor: PersonActor) =>
      world.listIntakeProblems.execute({ actor, filter: { brandId, state: 'unattributed' }, page: PAGE });
    expect((await inbox(member(brandId, 'viewer'))).rows.some(({ node }) => node.externalId === '2')).toBe(true);
    await expect(inbox(person({ influencerId }))).rejects.toThrow(NotFound);
  });
});
