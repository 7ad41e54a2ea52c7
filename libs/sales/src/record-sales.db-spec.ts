import { systemActor } from '@evenhand/kernel';
import { BookNotOpen } from '@evenhand/ledger';
import { saleEvent } from '../../../test/support/sales/tracked-deal';
import { refundEvent, type SalesWorld } from '../../../test/support/sales/sales-world';
import { withSalesWorld } from '../../../test/support/sales/with-sales-world';

describe('recording sales', () => {
  let world: SalesWorld;

  withSalesWorld((made) => (world = made));

  it('attributes, computes and posts each of a list', async () => {
    const brandId = await world.brand();
    const deal = world.deal(brandId, 'yuki', { commission: { holdDays: 30 } });
    const [first, second] = await world.sales(
      brandId,
      saleEvent({ externalId: '1', code: 'Yuki', baseMinor: 99_99n }),
      saleEvent({ externalId: '2', code: 'nobody' }),
    );
    expect(first).toMatchObject({
      status: 'recorded',
      sales: [
        {
          dealId: deal.dealId,
          attributedBy: 'code',
          commissionMinor: 10_00n,
          releaseAt: new Date('2026-06-09T12:00:00Z'),
        },
      ],
    });
    expect(second).toMatchObject({ status: 'unattributed', reason: { code: 'UNKNOWN_CODE_OR_LINK' } });
    const earning = await world.earningOf(first?.sales[0]?.saleId ?? '');
    expect(earning).toEqual({ base: '9999', gross: '1000', shares: ['167', '333', '500'] });
  });

  it('records the same order once, whatever comes again', async () => {
    const brandId = await world.brand();
    world.deal(brandId, 'YUKI');
    const event = saleEvent({ code: 'YUKI' });
    const changed = saleEvent({ code: 'YUKI', baseMinor: 1_00n });
    const [first, twin, conflict] = await world.sales(brandId, event, event, changed);
    expect(first?.status).toBe('recorded');
    expect(twin).toMatchObject({ status: 'duplicate', firstStatus: 'recorded', sales: first?.sales });
    expect(conflict).toMatchObject({ status: 'refused', reason: { code: 'SALE_CONFLICT' } });
    const [again, conflictAgain] = await world.sales(brandId, event, changed);
    expect(again).toMatchObject({ status: 'duplicate', sales: first?.sales });
    expect(conflictAgain).toMatchObject({ status: 'refused', reason: { code: 'SALE_CONFLICT' } });
    const other = await world.brand();
    world.deal(other, 'YUKI');
    expect((await world.sales(other, event))[0]?.status).toBe('recorded');
  });

  it('records an order once that arrives ten times at the same moment', async () => {
    const brandId = await world.brand();
    world.deal(brandId, 'YUKI');
    const results = await Promise.all(
      Array.from({ length: 10 }, () => world.sales(brandId, saleEvent({ code: 'YUKI' }))),
    );
    const statuses = results.map(([result]) => result?.status).toSorted();
    expect(statuses).toEqual([...Array.from({ length: 9 }, () => 'duplicate'), 'recorded']);
  });

  it('takes a corrected event where the first could not be attributed', async () => {
    const brandId = await world.brand();
    world.deal(brandId, 'YUKI');
    await world.sales(brandId, saleEvent({ code: 'YUKY' }));
    expect((await world.sales(brandId, saleEvent({ code: 'YUKY' })))[0]).toMatchObject({
      status: 'duplicate',
      firstStatus: 'unattributed',
    });
    expect((await world.sales(brandId, saleEvent({ code: 'YUKI' })))[0]?.status).toBe('recorded');
    expect((await problems(brandId)).totalCount).toBe(0);
  });

  it('tries again what was unattributed when the same event comes again', async () => {
    const brandId = await world.brand();
    const event = saleEvent({ code: 'LATE' });
    expect((await world.sales(brandId, event))[0]?.status).toBe('unattributed');
    world.deal(brandId, 'LATE');
    const [again, twin] = await world.sales(brandId, event, event);
    expect([again?.status, twin?.status]).toEqual(['recorded', 'duplicate']);
    expect((await problems(brandId)).totalCount).toBe(0);
  });

  it('keeps what it cannot record, with its reason', async () => {
    const brandId = await world.brand();
    world.deal(brandId, 'YUKI');
    await world.sales(
      brandId,
      saleEvent({ externalId: 'usd', code: 'YUKI', currency: 'USD' }),
      saleEvent({ externalId: 'minus', code: 'YUKI', baseMinor: -1n }),
      saleEvent({ externalId: 'nul', code: 'YU\u0000KI' }),
      saleEvent({ externalId: 'none' }),
    );
    const { rows } = await problems(brandId);
    const told = rows.map(({ node }) => [node.externalId, node.state, node.reasonCode]).toSorted();
    expect(told).toEqual([
      ['minus', 'refused', 'INVALID_INPUT'],
      ['none', 'unattributed', 'NO_CODE_OR_LINK'],
      ['nul', 'refused', 'INVALID_INPUT'],
      ['usd', 'refused', 'RATES_NOT_LOADED'],
    ]);
    expect(JSON.parse(rows.find(({ node }) => node.externalId === 'minus')?.node.content ?? '')).toMatchObject({
      baseMinor: '-1',
    });
  });

  it('counts tiers over the running net sales of concurrent lists', async () => {
    const brandId = await world.brand();
    const tiers = [{ fromNetSalesMinor: 500_00n, rate: '0.20' }];
    world.deal(brandId, 'YUKI', { commission: { tiers, capMinor: 120_00n } });
    const lists = Array.from({ length: 5 }, (_, list) =>
      Array.from({ length: 2 }, (__, place) =>
        saleEvent({ externalId: `${list}-${place}`, code: 'YUKI', baseMinor: 100_00n }),
      ),
    );
    const results = (await Promise.all(lists.map((list) => world.sales(brandId, ...list)))).flat();
    const total = results.reduce((sum, result) => sum + (result.sales[0]?.commissionMinor ?? 0n), 0n);
    expect(total).toBe(120_00n);
  });

  it('records a sale that earns nothing, and its refund', async () => {
    const brandId = await world.brand();
    world.deal(brandId, 'YUKI', { commission: { capMinor: 0n } });
    const [sale] = await world.sales(brandId, saleEvent({ code: 'YUKI' }));
    expect(sale).toMatchObject({ status: 'recorded', sales: [{ commissionMinor: 0n }] });
    expect((await world.refunds(brandId, refundEvent({ full: true })))[0]?.status).toBe('recorded');
  });

  it('refuses a sale alone that nothing could hold, and tells sums beyond the range of one amount exactly', async () => {
    const brandId = await world.brand();
    const most = 2n ** 63n - 1n;
    world.deal(brandId, 'YUKI', { commission: { rate: '1' } });
    const results = await world.sales(
      brandId,
      saleEvent({ externalId: 'half \ud83d', code: 'YUKI' }),
      saleEvent({ externalId: 'a', orderNumber: '\udc00', code: 'YUKI' }),
      saleEvent({ externalId: 'b', currency: 'E\u0000R', code: 'YUKI' }),
      saleEvent({ externalId: 'c', code: 'YUKI', baseMinor: most }),
      saleEvent({ externalId: 'd', code: 'YUKI', baseMinor: 1n }),
    );
    expect(results.map(({ externalId, status, reason }) => [externalId, status, reason?.code ?? null])).toEqual([
      ['half \ud83d', 'refused', 'INVALID_INPUT'],
      ['a', 'refused', 'INVALID_INPUT'],
      ['b', 'refused', 'UNKNOWN_CURRENCY'],
      ['c', 'recorded', null],
      ['d', 'recorded', null],
    ]);
    const other = await world.brand();
    world.deal(other, 'AOI', { commission: { tiers: [{ fromNetSalesMinor: 1n, rate: '0.001' }] } });
    const counted = await world.sales(
      other,
      saleEvent({ externalId: 'e', code: 'AOI', baseMinor: most - 100n }),
      saleEvent({ externalId: 'f', code: 'AOI', baseMinor: 101n }),
      saleEvent({ externalId: 'g', code: 'AOI', baseMinor: 100n }),
    );
    expect(counted.map(({ status }) => status)).toEqual(['recorded', 'refused', 'recorded']);
  });

  it('uses the livestream rate for a livestream code', async () => {
    const brandId = await world.brand();
    world.deal(brandId, 'YUKI-LIVE', { kind: 'livestream_commission', commission: { livestreamRate: '0.15' } });
    const [sale] = await world.sales(brandId, saleEvent({ code: 'YUKI-LIVE' }));
    expect(sale?.sales[0]).toMatchObject({ kind: 'livestream_commission', commissionMinor: 15_00n });
  });

  it('does not attribute by another brand’s link', async () => {
    const brandId = await world.brand();
    world.deal(await world.brand(), 'YUKI', { slug: 'foreign' });
    expect((await world.sales(brandId, saleEvent({ linkSlug: 'foreign' })))[0]?.status).toBe('unattributed');
  });

  it('records nothing of a list whose brand has no book', async () => {
    const brandId = '00000000-0000-7000-8000-000000000001';
    world.deal(brandId, 'YUKI');
    await expect(world.sales(brandId, saleEvent({ code: 'YUKI' }))).rejects.toThrow(BookNotOpen);
    expect((await problems(brandId)).totalCount).toBe(0);
  });

  function problems(brandId: string) {
    const page = { first: 100, after: null };
    return world.listIntakeProblems.execute({ actor: systemActor('test'), filter: { brandId }, page });
  }
});
