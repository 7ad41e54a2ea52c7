import { systemActor } from '@evenhand/kernel';
import { saleEvent } from '../../../test/support/sales/tracked-deal';
import { refundEvent, type SalesWorld } from '../../../test/support/sales/sales-world';
import { withSalesWorld } from '../../../test/support/sales/with-sales-world';

describe('recording refunds', () => {
  let world: SalesWorld;
  let brandId: string;

  withSalesWorld((made) => (world = made));

  beforeEach(async () => {
    brandId = await world.brand();
    world.deal(brandId, 'YUKI');
  });

  async function sell(baseMinor = 100_01n): Promise<string> {
    const [result] = await world.sales(brandId, saleEvent({ code: 'YUKI', baseMinor }));
    return result?.sales[0]?.saleId ?? '';
  }

  it('refuses a refund that names its sale by what cannot be stored, and keeps nothing of it', async () => {
    const results = await world.refunds(
      brandId,
      refundEvent({ externalId: 'r1', saleExternalId: 'a\u0000', full: true }),
      refundEvent({ externalId: 'r2', saleExternalId: 'a\ud800', full: true }),
      refundEvent({ externalId: 'r3', saleExternalId: '', full: true }),
    );
    expect(results.map(({ status }) => status)).toEqual(['refused', 'refused', 'refused']);
    expect(new Set(results.map(({ reason }) => reason?.code))).toEqual(new Set(['INVALID_INPUT']));
    const query = { actor: systemActor('test'), filter: { brandId }, page: { first: 10, after: null } };
    expect((await world.listIntakeProblems.execute(query)).totalCount).toBe(0);
  });

  it('takes several partial refunds, together exactly the sale', async () => {
    const saleId = await sell();
    const results = await world.refunds(
      brandId,
      refundEvent({ externalId: 'r1', amountMinor: 33_33n }),
      refundEvent({ externalId: 'r2', amountMinor: 33_33n }),
      refundEvent({ externalId: 'r3', amountMinor: 33_36n }),
      refundEvent({ externalId: 'r4', amountMinor: 33_35n }),
      refundEvent({ externalId: 'r5', amountMinor: 1n }),
    );
    expect(results.map(({ status, reason }) => [status, reason?.code ?? null])).toEqual([
      ['recorded', null],
      ['recorded', null],
      ['refused', 'REFUND_MORE_THAN_SALE'],
      ['recorded', null],
      ['refused', 'REFUND_MORE_THAN_SALE'],
    ]);
    expect(await world.earningOf(saleId)).toEqual({ base: '0', gross: '0', shares: ['0', '0', '0'] });
    const { rows } = await listed();
    expect(rows[0]?.node).toMatchObject({
      status: 'refunded',
      refundedBaseMinor: 100_01n,
      commissionMinor: 10_00n,
      commissionReversedMinor: 10_00n,
    });
  });

  it('reverses in its own list what the ledger reverses', async () => {
    const saleId = await sell(33_33n);
    const [refund] = await world.refunds(brandId, refundEvent({ amountMinor: 10_00n }));
    const left = 3_33n - (refund?.refunds[0]?.commissionReversedMinor ?? 0n);
    expect(await world.earningOf(saleId)).toMatchObject({ base: '2333', gross: left.toString() });
  });

  it('records the same refund once', async () => {
    await sell();
    const event = refundEvent({ amountMinor: 10_00n });
    const [first, twin, conflict] = await world.refunds(brandId, event, event, refundEvent({ amountMinor: 11_00n }));
    expect(first?.status).toBe('recorded');
    expect(twin).toMatchObject({ status: 'duplicate', firstStatus: 'recorded', refunds: first?.refunds });
    expect(conflict).toMatchObject({ status: 'refused', reason: { code: 'REFUND_CONFLICT' } });
    expect((await world.refunds(brandId, event))[0]).toMatchObject({ status: 'duplicate', refunds: first?.refunds });
  });

  it('parks a refund that comes before its sale, and applies it with the sale', async () => {
    const event = refundEvent({ amountMinor: 40_00n });
    expect((await world.refunds(brandId, event))[0]).toMatchObject({
      status: 'parked',
      reason: { code: 'SALE_NOT_RECORDED_YET' },
    });
    expect((await world.refunds(brandId, event))[0]).toMatchObject({ status: 'duplicate', firstStatus: 'parked' });
    const saleId = await sell(100_00n);
    expect(await world.earningOf(saleId)).toMatchObject({ base: '6000', gross: '600' });
    expect((await world.refunds(brandId, event))[0]).toMatchObject({ status: 'duplicate', firstStatus: 'recorded' });
  });

  it('refuses of parked refunds what is more than the sale', async () => {
    await world.refunds(
      brandId,
      refundEvent({ externalId: 'r1', amountMinor: 70_00n }),
      refundEvent({ externalId: 'r2', amountMinor: 70_00n }),
    );
    await sell(100_00n);
    const { rows } = await world.listIntakeProblems.execute({
      actor: systemActor('test'),
      filter: { brandId },
      page: { first: 10, after: null },
    });
    expect(rows.map(({ node }) => [node.externalId, node.state, node.reasonCode])).toEqual([
      ['r2', 'refused', 'REFUND_MORE_THAN_SALE'],
    ]);
  });

  it('loses no refund that races with its sale', async () => {
    for (let round = 0; round < 5; round += 1) {
      const externalId = `race-${round}`;
      const [[sale]] = await Promise.all([
        world.sales(brandId, saleEvent({ externalId, code: 'YUKI', baseMinor: 100_00n })),
        world.refunds(brandId, refundEvent({ externalId, saleExternalId: externalId, full: true })),
      ]);
      expect(await world.earningOf(sale?.sales[0]?.saleId ?? '')).toMatchObject({ base: '0', gross: '0' });
    }
  });

  it('tries again what was refused when the same refund comes again', async () => {
    const wrong = refundEvent({ amountMinor: 10_00n, currency: 'USD' });
    const right = refundEvent({ amountMinor: 10_00n });
    await sell();
    for (const [event, status] of [
      [wrong, 'refused'],
      [wrong, 'refused'],
      [right, 'recorded'],
      [wrong, 'refused'],
    ] as const) {
      expect((await world.refunds(brandId, event))[0]?.status).toBe(status);
    }
    expect((await world.refunds(brandId, wrong))[0]?.reason?.code).toBe('REFUND_CONFLICT');
  });

  it('takes lines and units', async () => {
    const lines = [{ lineId: 'a', sku: 'PURSE', quantity: 3, unitPriceMinor: 33_33n, discountMinor: 1n }];
    await world.sales(brandId, saleEvent({ code: 'YUKI', lines }));
    const units = (externalId: string) => refundEvent({ externalId, lines: [{ sku: 'PURSE', quantity: 2 }] });
    const [first, second] = await world.refunds(brandId, units('r1'), units('r2'));
    expect(first?.refunds[0]?.baseMinor).toBe(66_65n);
    expect(second?.reason?.code).toBe('REFUND_QUANTITY_EXCEEDED');
  });

  it('gives capped commission room again for later sales', async () => {
    const capped = await world.brand();
    world.deal(capped, 'YUKI', { commission: { capMinor: 10_00n } });
    const sale = (externalId: string) => saleEvent({ externalId, code: 'YUKI', baseMinor: 100_00n });
    await world.sales(capped, sale('1001'));
    await world.refunds(capped, refundEvent({ full: true }));
    expect((await world.sales(capped, sale('1002')))[0]?.sales[0]?.commissionMinor).toBe(10_00n);
  });

  function listed() {
    const page = { first: 10, after: null };
    return world.listSales.execute({ actor: systemActor('test'), filter: { brandId }, page });
  }
});
