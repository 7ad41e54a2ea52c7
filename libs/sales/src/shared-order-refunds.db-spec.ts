import { ImportFxRates } from '@evenhand/ledger';
import { refundEvent, type SalesWorld } from '../../../test/support/sales/sales-world';
import { orderLine, type SharedOrders, withSharedOrders } from '../../../test/support/sales/shared-orders';

describe('refunds of an order whose lines are different deals’', () => {
  let world: SalesWorld;
  let orders: SharedOrders;

  withSharedOrders((made) => ({ world, orders } = made));

  it('go by line to the sale that has it', async () => {
    await world.sales(orders.brandId, orders.basket());
    expect((await orders.refund({ externalId: 'r1', lines: [{ lineId: 'b', quantity: 1 }] })).taken).toEqual({
      YUKI: 50_00n,
    });
    const both = {
      lines: [
        { sku: 'SKU-a', quantity: 1 },
        { lineId: 'd', quantity: 1 },
      ],
    };
    expect((await orders.refund({ externalId: 'r2', ...both })).taken).toEqual({ MEI: 100_00n });
    expect(await orders.left()).toEqual({ MEI: 0n, YUKI: 0n });
    const gone = await orders.refund({ externalId: 'r3', lines: [{ lineId: 'd', quantity: 1 }] });
    expect(gone.reason?.code).toBe('REFUND_QUANTITY_EXCEEDED');
    const none = await orders.refund({ externalId: 'r4', lines: [{ lineId: 'z', quantity: 1 }] });
    expect(none.reason?.code).toBe('UNKNOWN_REFUND_LINE');
  });

  it('take nothing from anybody for a line that no deal earned, and remember it', async () => {
    await world.sales(orders.brandId, orders.basket());
    const event = { externalId: 'r1', lines: [{ lineId: 'c', quantity: 1 }] };
    expect(await orders.refund(event)).toMatchObject({ status: 'recorded', taken: { MEI: 0n } });
    expect(await orders.refund(event)).toMatchObject({ status: 'duplicate', taken: { MEI: 0n } });
    expect(await orders.left()).toEqual({ MEI: 100_00n, YUKI: 50_00n });
    // 160 euros are left, of which 10 are nobody's.
    const amount = await orders.refund({ externalId: 'r2', amountMinor: 16_00n });
    expect(amount.taken).toEqual({ MEI: 10_00n, YUKI: 5_00n });
  });

  it('lay an amount on all of it by what is left, exactly, and never more', async () => {
    await world.sales(
      orders.brandId,
      orders.basket({ code: 'MEI', lines: [orderLine('a', 33_33n), orderLine('b', 33_34n, { code: 'YUKI' })] }),
    );
    for (const [externalId, amountMinor] of [
      ['r1', 1n],
      ['r2', 33_33n],
      ['r3', 7n],
      ['r4', 33_26n],
    ] as const) {
      const { taken } = await orders.refund({ externalId, amountMinor });
      expect(Object.values(taken).reduce((sum, part) => sum + part, 0n)).toBe(amountMinor);
    }
    expect(await orders.left()).toEqual({ MEI: 0n, YUKI: 0n });
    const more = await orders.refund({ externalId: 'r5', amountMinor: 1n });
    expect(more).toMatchObject({ status: 'refused', reason: { code: 'REFUND_MORE_THAN_SALE' } });
  });

  it('leave zero everywhere once it is whole, once', async () => {
    const [result] = await world.sales(orders.brandId, orders.basket());
    await orders.refund({ externalId: 'r1', amountMinor: 33_33n });
    const first = await orders.refund({ externalId: 'r2', full: true });
    expect(first).toMatchObject({ status: 'recorded', refunds: [{}, {}] });
    const again = await orders.refund({ externalId: 'r2', full: true });
    expect(again).toMatchObject({ status: 'duplicate', refunds: first.refunds });
    for (const { saleId } of result?.sales ?? []) {
      expect(await world.earningOf(saleId)).toEqual({ base: '0', gross: '0', shares: ['0', '0', '0'] });
    }
    expect((await orders.refund({ externalId: 'r3', full: true })).reason?.code).toBe('REFUND_MORE_THAN_SALE');
  });

  it('wait for it where they come first, and are applied to each of its sales', async () => {
    const early = await orders.refund({ externalId: 'r1', amountMinor: 18_50n });
    expect(early.status).toBe('parked');
    await world.sales(orders.brandId, orders.basket());
    expect(await orders.left()).toEqual({ MEI: 90_00n, YUKI: 45_00n });
    expect(await orders.refund({ externalId: 'r1', amountMinor: 18_50n })).toMatchObject({
      status: 'duplicate',
      firstStatus: 'recorded',
      taken: { MEI: 10_00n, YUKI: 5_00n },
    });
  });

  it('are not lost where they race with it', async () => {
    for (let round = 0; round < 5; round += 1) {
      const externalId = `race-${round}`;
      await Promise.all([
        world.sales(orders.brandId, orders.basket({ externalId })),
        world.refunds(orders.brandId, refundEvent({ externalId, saleExternalId: externalId, full: true })),
      ]);
    }
    const rows = await orders.sales();
    expect(rows).toHaveLength(10);
    expect(rows.every(({ status }) => status === 'refunded')).toBe(true);
  });

  it('count for the tiers and the cap of each deal, of which both kinds may be in it', async () => {
    const terms = {
      ...orders.mei,
      commission: { livestreamRate: '0.5', tiers: [{ fromNetSalesMinor: 100_00n, rate: '0.3' }], capMinor: 45_00n },
    };
    const tiered = world.deal(orders.brandId, 'TIERS', terms);
    world.deal(orders.brandId, 'TIERS-LIVE', { ...terms, ...tiered, kind: 'livestream_commission' });
    const lines = [
      orderLine('a', 150_00n, { code: 'TIERS' }),
      orderLine('b', 50_00n, { code: 'TIERS-LIVE' }),
      orderLine('c', 10_00n, { code: 'YUKI' }),
    ];
    const [result] = await world.sales(orders.brandId, orders.basket({ lines }));
    expect(result?.sales.map(({ kind, commissionMinor }) => [kind, commissionMinor])).toEqual([
      ['note_commission', 25_00n],
      // The cap leaves 20 of 25.
      ['livestream_commission', 20_00n],
      ['note_commission', 2_00n],
    ]);
    await orders.refund({ externalId: 'r1', amountMinor: 105_00n });
    await orders.refund({ externalId: 'r2', full: true });
    const next = orders.basket({ externalId: '1002', lines: [orderLine('a', 10_00n, { code: 'TIERS' })] });
    expect((await world.sales(orders.brandId, next))[0]?.sales[0]?.commissionMinor).toBe(1_00n);
  });

  it('take of each sale in the currency of its deal, and nothing of an order is left', async () => {
    await world.get(ImportFxRates).execute();
    const activeFrom = new Date('2026-01-01');
    const euros = world.deal(orders.brandId, 'EURO', { activeFrom });
    const yen = world.deal(orders.brandId, 'YEN', { activeFrom, currency: 'JPY', commission: { currency: 'JPY' } });
    const lines = [
      orderLine('a', 100_00n, { code: 'EURO' }),
      orderLine('b', 100_00n, { code: 'YEN' }),
      orderLine('c', 100_00n, { code: 'NOBODY' }),
    ];
    const inDollars = { currency: 'USD', occurredAt: new Date('2026-04-12T12:00:00Z') };
    const [result] = await world.sales(orders.brandId, orders.basket({ lines, ...inDollars }));
    expect(result?.sales).toMatchObject([
      { dealId: euros.dealId, orderBaseMinor: 100_00n, baseMinor: 85_39n, conversion: { rate: '10000/11711' } },
      { dealId: yen.dealId, orderBaseMinor: 100_00n, currency: 'JPY', conversion: { date: '2026-04-10' } },
    ]);
    const part = await orders.refund({ externalId: 'r1', currency: 'USD', amountMinor: 30_00n });
    expect(part.refunds?.map(({ orderBaseMinor }) => orderBaseMinor)).toEqual([10_00n, 10_00n]);
    await orders.refund({ externalId: 'r2', currency: 'USD', full: true });
    expect((await orders.sales()).map(({ status }) => status)).toEqual(['refunded', 'refunded']);
    for (const { saleId } of result?.sales ?? []) {
      expect(await world.earningOf(saleId)).toMatchObject({ base: '0', gross: '0' });
    }
  });
});
