import { randomUUID } from 'node:crypto';
import { systemActor } from '@evenhand/kernel';
import { compileSplitPlan } from '@evenhand/ledger';
import { person, SalesWorld } from '../../../test/support/sales/sales-world';
import { orderLine, type SharedOrders, withSharedOrders } from '../../../test/support/sales/shared-orders';
import { saleEvent } from '../../../test/support/sales/tracked-deal';
import { MendProblem } from './index';

const SYSTEM = systemActor('test');
const PAGE = { first: 10, after: null };

describe('an order whose lines are different deals’', () => {
  let world: SalesWorld;
  let orders: SharedOrders;

  withSharedOrders((made) => ({ world, orders } = made));

  it('is one sale for each deal, with its lines, its rate and its hold, and says what earned nothing', async () => {
    const [result] = await world.sales(orders.brandId, orders.basket());
    expect(result).toMatchObject({
      status: 'recorded',
      sales: [
        {
          dealId: orders.mei.dealId,
          baseMinor: 100_00n,
          commissionMinor: 10_00n,
          releaseAt: new Date('2026-05-24T12:00:00Z'),
        },
        {
          dealId: orders.yuki.dealId,
          baseMinor: 50_00n,
          commissionMinor: 10_00n,
          releaseAt: new Date('2026-06-09T12:00:00Z'),
        },
      ],
      reason: {
        code: 'LINES_WITHOUT_DEAL',
        message:
          'Line 3: No deal of this brand has the code “NOBODY”. ' +
          'Line 4: The order names neither a code nor a click nor a link.',
      },
    });
    for (const sale of result?.sales ?? []) {
      expect((await world.earningOf(sale.saleId))?.gross).toBe(String(sale.commissionMinor));
    }
    const bySale = await world.rowsFor<{ deal_id: string; lines: number[] }>(
      SYSTEM,
      `select deal_id, array(select line_number from sales.sale_lines l where l.sale_id = sale.sale_id) as lines
       from sales.sales sale where brand_id = $1 order by recorded_seq`,
      [orders.brandId],
    );
    expect(bySale).toEqual([
      { deal_id: orders.mei.dealId, lines: [1] },
      { deal_id: orders.yuki.dealId, lines: [2] },
    ]);
  });

  it('is recorded once, whatever comes again, and its first sale has the id of the whole order', async () => {
    const event = orders.basket({ code: 'MEI' });
    const [first, twin] = await world.sales(orders.brandId, event, event);
    const [again, other] = await world.sales(
      orders.brandId,
      event,
      orders.basket({ code: 'MEI', orderNumber: '#other' }),
    );
    for (const repeated of [twin, again]) {
      expect(repeated).toMatchObject({
        status: 'duplicate',
        firstStatus: 'recorded',
        sales: first?.sales,
        reason: null,
      });
    }
    expect(other).toMatchObject({ status: 'refused', reason: { code: 'SALE_CONFLICT' } });
    const lone = saleEvent({ externalId: '1002', code: 'MEI' });
    const [plain] = await world.sales(orders.brandId, lone);
    const elsewhere = await SalesWorld.create();
    try {
      await elsewhere.openBook(orders.brandId);
      elsewhere.deal(orders.brandId, 'MEI');
      const lines = orders.basket().lines?.slice(0, 1) ?? [];
      const told = await elsewhere.sales(orders.brandId, orders.basket({ code: 'MEI', lines }), lone);
      expect(told.map(({ sales }) => sales[0]?.saleId)).toEqual([first?.sales[0]?.saleId, plain?.sales[0]?.saleId]);
    } finally {
      await elsewhere.destroy();
    }
  });

  it('follows the order where a line’s claims lead nowhere', async () => {
    const [result] = await world.sales(orders.brandId, orders.basket({ code: 'MEI' }));
    expect(result?.sales.map(({ dealId, baseMinor }) => [orders.nameOf(dealId), baseMinor])).toEqual([
      ['MEI', 135_00n],
      ['YUKI', 50_00n],
    ]);
    expect(result?.reason).toBeNull();
    const [first] = (await orders.sales()).filter(({ dealId }) => dealId === orders.mei.dealId);
    expect(first?.attribution).toMatchObject({
      lineNumbers: [1, 3, 4],
      candidates: [
        { value: 'MEI', outcome: 'won', lineNumbers: [1] },
        { value: 'NOBODY', outcome: 'unknown', lineNumbers: [3] },
        { value: 'MEI', outcome: 'won' },
      ],
    });
  });

  it('is recorded whole or not at all: what one deal cannot hold refuses the others’ parts', async () => {
    const planWithFee = compileSplitPlan(randomUUID(), [
      { partyId: randomUUID(), role: 'platform', of: 'on_top', share: '0.5' },
    ]);
    const plans = { note_commission: planWithFee, livestream_commission: planWithFee };
    world.deal(orders.brandId, 'VAST', { plans, commission: { rate: '1' } });
    world.deal(orders.brandId, 'USD', { currency: 'USD' });
    const vast = [orderLine('a', 100_00n, { code: 'MEI' }), orderLine('b', 2n ** 63n - 1n - 100_00n, { code: 'VAST' })];
    const dollars = [orderLine('a', 100_00n, { code: 'MEI' }), orderLine('b', 1_00n, { code: 'USD' })];
    const results = await world.sales(
      orders.brandId,
      orders.basket({ externalId: 'vast', lines: vast }),
      orders.basket({ externalId: 'good' }),
      orders.basket({ externalId: 'dollars', lines: dollars }),
    );
    expect(results.map(({ sales, reason }) => [sales.length, reason?.code])).toEqual([
      [0, 'BALANCE_OUT_OF_RANGE'],
      [2, 'LINES_WITHOUT_DEAL'],
      [0, 'RATES_NOT_LOADED'],
    ]);
    expect((await orders.sales()).map(({ externalId }) => externalId)).toEqual(['good', 'good']);
  });

  it('goes to the deal that a person gives it, but for the lines that another deal earned', async () => {
    const event = orders.basket({
      lines: [orderLine('a', 1_00n), orderLine('b', 2_00n, { code: 'LATE' }), orderLine('c', 4_00n, { code: 'TYPO' })],
    });
    expect((await world.sales(orders.brandId, event))[0]?.status).toBe('unattributed');
    const late = world.deal(orders.brandId, 'LATE');
    const inbox = await world.listIntakeProblems.execute({
      actor: SYSTEM,
      filter: { brandId: orders.brandId },
      page: PAGE,
    });
    const problemId = inbox.rows[0]?.node.problemId ?? '';
    const given = {
      sale: null,
      refund: null,
      rows: null,
      deal: { dealId: orders.mei.dealId, kind: 'note_commission' as const },
    };
    const mended = await world
      .get(MendProblem)
      .execute({ actor: SYSTEM, brandId: orders.brandId, problemId, ...given });
    expect(mended.outcome).toBe('recorded');
    const found = (await orders.sales()).map(({ dealId, baseMinor }) => [dealId, baseMinor]);
    expect(found.toSorted()).toEqual(
      [
        [orders.mei.dealId, 5_00n],
        [late.dealId, 2_00n],
      ].toSorted(),
    );
  });

  it('shows to an influencer her own sale, and nothing of the other deal, its lines or its code', async () => {
    await world.sales(orders.brandId, orders.basket({ code: 'MEI' }));
    await orders.refund({ externalId: 'r1', full: true });
    const actor = person({ influencerId: orders.yuki.influencerId });
    const [own, ...others] = await orders.sales(actor);
    expect(others).toEqual([]);
    expect(own).toMatchObject({ dealId: orders.yuki.dealId, attribution: { candidates: [{ value: 'YUKI' }] } });
    const told = JSON.stringify(own, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
    for (const hidden of ['MEI', 'NOBODY', orders.mei.dealId, orders.mei.influencerId, 'lineNumbers', 'unearned']) {
      expect(told).not.toContain(hidden);
    }
    for (const table of ['sale_lines', 'unearned_lines', 'intake_events']) {
      expect(await world.rowsFor(actor, `select * from sales.${table}`)).toEqual([]);
    }
    const refunds = await world.listRefunds.execute({ actor, filter: { brandId: orders.brandId }, page: PAGE });
    expect(refunds.rows.map(({ node }) => node.dealId)).toEqual([orders.yuki.dealId]);
    const rows = await world.rowsFor<{ count: number }>(actor, 'select count(*)::integer as count from sales.sales');
    expect(rows).toEqual([{ count: 1 }]);
  });

  it('shows the brand which lines are whose, and which are nobody’s', async () => {
    await world.sales(orders.brandId, orders.basket());
    const actor = person({ memberships: [{ partyId: orders.brandId, kind: 'brand', role: 'viewer' }] });
    const told = (await orders.sales(actor)).map(({ attribution: { lineNumbers, unearned } }) => [
      lineNumbers,
      unearned?.length,
    ]);
    expect(told.toSorted()).toEqual([
      [[1], 2],
      [[2], 2],
    ]);
    expect(await world.rowsFor(actor, 'select line_number from sales.unearned_lines order by line_number')).toEqual([
      { line_number: 3 },
      { line_number: 4 },
    ]);
    const rival = person({ memberships: [{ partyId: randomUUID(), kind: 'brand', role: 'owner' }] });
    expect(await world.rowsFor(rival, 'select * from sales.unearned_lines')).toEqual([]);
  });
});
