import { systemActor } from '@evenhand/kernel';
import { ImportFxRates } from '@evenhand/ledger';
import { managerOf } from '@evenhand/platform';
import { Webhook } from 'standardwebhooks';
import { decide, holdsOf, influencer } from '../../../test/support/sales/risk-scenes';
import { refundEvent, type SalesWorld } from '../../../test/support/sales/sales-world';
import { orderLine } from '../../../test/support/sales/shared-orders';
import { saleEvent } from '../../../test/support/sales/tracked-deal';
import { withSalesWorld } from '../../../test/support/sales/with-sales-world';
import {
  MendProblem,
  OpenSource,
  ReceiveWebhook,
  type RefundEvent,
  ReplayLedger,
  type SaleEvent,
  TakeInDeliveries,
} from './index';

const SYSTEM = systemActor('test');
const PAGE = { first: 10, after: null };

describe('what a shop gives back of an order of which a confirmed hold took something back', () => {
  let world: SalesWorld;
  let brandId: string;

  withSalesWorld((made) => (world = made));

  beforeEach(async () => {
    brandId = await world.brand();
  });

  afterEach(async () => expect(await replay()).toEqual([]));

  /** An order of Mika's own, by the code of her deal, is held; the sale on hold is the answer. */
  async function heldOrder(change: Partial<SaleEvent>, deal: Parameters<SalesWorld['deal']>[2] = {}) {
    const email = `mika-${brandId}@example.com`;
    const mika = await influencer(world, email);
    world.deal(brandId, 'MIKA', { ...deal, influencerId: mika.partyId });
    world.deal(brandId, 'YUKI');
    const [result] = await world.sales(
      brandId,
      saleEvent({ externalId: '1', code: 'MIKA', customer: email, ...change }),
    );
    const [hold] = await holdsOf(world, { brandId });
    return { holdId: hold?.holdId ?? '', saleId: hold?.saleId ?? '', sales: result?.sales ?? [] };
  }

  /** 30 euros of Yuki's, 70 of Mika's. */
  const BASKET = { code: 'YUKI', lines: [orderLine('a', 30_00n), orderLine('b', 70_00n, { code: 'MIKA' })] };

  async function confirmedBasket() {
    const { holdId, sales } = await heldOrder(BASKET);
    await decide(world, holdId, 'confirmed');
    const [yukis, mikas] = sales.map(({ saleId }) => saleId);
    return { yukis, mikas };
  }

  /** What it took back, as [base, commission] of each sale. */
  async function refund(externalId: string, change: Partial<RefundEvent>) {
    const [result] = await world.refunds(brandId, refundEvent({ externalId, saleExternalId: '1', ...change }));
    const taken = (result?.refunds ?? []).map(({ saleId, baseMinor, commissionReversedMinor }) => {
      return [saleId, [baseMinor, commissionReversedMinor]] as const;
    });
    return { status: result?.status, code: result?.reason?.code, taken: Object.fromEntries(taken) };
  }

  /** What still earns, in all. */
  async function left(): Promise<bigint> {
    const { totals } = await world.listSales.execute({ actor: SYSTEM, filter: { brandId }, page: PAGE });
    return totals.reduce((sum, { baseMinor, refundedBaseMinor }) => sum + baseMinor - refundedBaseMinor, 0n);
  }

  async function receiveWebhook(refundData: object): Promise<void> {
    const given = { actor: SYSTEM, brandId, name: 'shop', format: 'standard' as const, secret: null };
    const { source, secret } = await world.get(OpenSource).execute(given);
    const data = { currency: 'EUR', occurredAt: '2026-05-12T09:00:00Z', ...refundData };
    const body = Buffer.from(JSON.stringify({ type: 'refund', data }));
    const [id, at] = ['msg_1', new Date()];
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': `${Math.floor(at.getTime() / 1_000)}`,
      'webhook-signature': new Webhook(secret).sign(id, at, body),
    };
    await world.get(ReceiveWebhook).execute({ sourceId: source.sourceId, headers, body });
    await world.get(TakeInDeliveries).execute({ brandId, limit: 10 });
  }

  function mend(problemId: string) {
    const correction = { sale: null, deal: null, rows: null, refund: { full: true } };
    return world.get(MendProblem).execute({ actor: SYSTEM, brandId, problemId, ...correction });
  }

  const replay = async () =>
    (await world.get(ReplayLedger).execute({ actor: SYSTEM, campaignId: null, dealId: null })).differences;
  const running = () =>
    world.rowsFor(SYSTEM, 'select * from sales.running_sales where brand_id = $1 order by deal_id', [brandId]);

  it('lies on all of it by amount, as if nothing had been taken back', async () => {
    const { yukis = '', mikas = '' } = await confirmedBasket();
    expect(await refund('r1', { amountMinor: 30_00n })).toMatchObject({
      status: 'recorded',
      taken: { [yukis]: [9_00n, 90n], [mikas]: [0n, 0n] },
    });
    expect(await refund('r2', { amountMinor: 70_01n })).toMatchObject({ code: 'REFUND_MORE_THAN_SALE' });
    const rest = await refund('r3', { amountMinor: 70_00n });
    expect(rest.taken).toEqual({ [yukis]: [21_00n, 2_10n], [mikas]: [0n, 0n] });
    expect(await left()).toBe(0n);
    expect(await refund('r4', { amountMinor: 1n })).toMatchObject({ code: 'REFUND_MORE_THAN_SALE' });
  });

  it('may be all of it at once, by amount, and then no more', async () => {
    const { yukis = '', mikas = '' } = await confirmedBasket();
    const whole = await refund('r1', { amountMinor: 100_00n });
    expect(whole).toMatchObject({ status: 'recorded', taken: { [yukis]: [30_00n, 3_00n], [mikas]: [0n, 0n] } });
    expect(await world.earningOf(yukis)).toEqual({ base: '0', gross: '0', shares: ['0', '0', '0'] });
    expect(await refund('r2', { full: true })).toMatchObject({ code: 'REFUND_MORE_THAN_SALE' });
  });

  it('may be the very lines, once', async () => {
    const { yukis = '', mikas = '' } = await confirmedBasket();
    const lines = ['a', 'b'].map((lineId) => ({ lineId, quantity: 1 }));
    const both = await refund('r1', { lines });
    expect(both).toMatchObject({ status: 'recorded', taken: { [yukis]: [30_00n, 3_00n], [mikas]: [0n, 0n] } });
    expect(await refund('r1', { lines })).toMatchObject({ status: 'duplicate', taken: both.taken });
    const again = await refund('r2', { lines: [{ lineId: 'b', quantity: 1 }] });
    expect(again).toMatchObject({ status: 'refused', code: 'REFUND_QUANTITY_EXCEEDED' });
    expect(await left()).toBe(0n);
  });

  it('counts from what it had given back before', async () => {
    const { holdId, sales } = await heldOrder(BASKET);
    const [yukis = '', mikas = ''] = sales.map(({ saleId }) => saleId);
    await refund('r1', { lines: [{ lineId: 'a', quantity: 1 }] });
    await refund('r2', { amountMinor: 20_00n });
    await decide(world, holdId, 'confirmed');
    expect(await refund('r3', { amountMinor: 50_01n })).toMatchObject({ code: 'REFUND_MORE_THAN_SALE' });
    expect((await refund('r4', { amountMinor: 10_00n })).taken).toEqual({ [mikas]: [0n, 0n] });
    expect((await refund('r5', { full: true })).taken).toEqual({ [mikas]: [0n, 0n] });
    expect(await refund('r6', { full: true })).toMatchObject({ code: 'REFUND_MORE_THAN_SALE' });
    expect(await world.earningOf(yukis)).toMatchObject({ base: '0', gross: '0' });
  });

  it('is recorded of an order of one deal, too, and takes nothing twice', async () => {
    const bonus = { id: 'three', metric: 'sales_count' as const, threshold: 3n, amountMinor: 30_00n };
    const commission = {
      tiers: [{ fromNetSalesMinor: 100_00n, rate: '0.20' }],
      bonuses: [{ ...bonus, splitBy: 'note_commission' as const }],
    };
    const { holdId, saleId } = await heldOrder({ baseMinor: 70_00n }, { commission });
    const other = saleEvent({ externalId: '2', code: 'MIKA', baseMinor: 80_00n });
    await world.sales(brandId, other);
    await decide(world, holdId, 'confirmed');
    const before = await running();
    expect(before).toMatchObject([{ note_net_minor: '8000', sales_count: '1' }]);
    const part = await refund('r1', { amountMinor: 33_33n });
    expect(part).toMatchObject({ status: 'recorded', taken: { [saleId]: [0n, 0n] } });
    expect(await refund('r2', { amountMinor: 36_68n })).toMatchObject({ code: 'REFUND_MORE_THAN_SALE' });
    expect(await refund('r3', { full: true })).toMatchObject({ status: 'recorded', taken: { [saleId]: [0n, 0n] } });
    expect(await refund('r4', { full: true })).toMatchObject({ code: 'REFUND_MORE_THAN_SALE' });
    expect(await running()).toEqual(before);
    const next = await world.sales(brandId, { ...other, externalId: '3', baseMinor: 30_00n });
    // 20 euros below the tier, 10 above.
    expect(next[0]?.sales[0]?.commissionMinor).toBe(4_00n);
  });

  it('is exact in another currency', async () => {
    await world.get(ImportFxRates).execute();
    const inDollars = { currency: 'USD', baseMinor: 100_00n, occurredAt: new Date('2026-04-12T12:00:00Z') };
    const { holdId, saleId } = await heldOrder(inDollars, { activeFrom: new Date('2026-01-01') });
    await refund('r1', { currency: 'USD', amountMinor: 33_33n });
    await decide(world, holdId, 'confirmed');
    const rest = await refund('r2', { currency: 'USD', amountMinor: 66_67n });
    expect(rest).toMatchObject({ status: 'recorded', taken: { [saleId]: [0n, 0n] } });
    expect(await refund('r3', { currency: 'USD', amountMinor: 1n })).toMatchObject({ code: 'REFUND_MORE_THAN_SALE' });
    expect(await left()).toBe(0n);
  });

  it('lies on both sales of one deal, of which one was confirmed and one cleared', async () => {
    const email = `aoi-${brandId}@example.com`;
    const aoi = await influencer(world, email);
    const deal = world.deal(brandId, 'NOTE', { influencerId: aoi.partyId, commission: { capMinor: 50_00n } });
    world.deals.add({ ...deal, kind: 'livestream_commission' }, 'LIVE');
    const lines = [orderLine('a', 40_00n, { code: 'NOTE' }), orderLine('b', 60_00n, { code: 'LIVE' })];
    await world.sales(brandId, saleEvent({ externalId: '1', customer: email, lines }));
    const holds = await holdsOf(world, { brandId });
    const [note, live] = ['note_commission', 'livestream_commission'].map((kind) =>
      holds.find(({ sale }) => sale.kind === kind),
    );
    await decide(world, live?.holdId ?? '', 'confirmed');
    await decide(world, note?.holdId ?? '', 'cleared');
    const [ofNote = '', ofLive = ''] = [note?.saleId, live?.saleId];
    expect((await refund('r1', { amountMinor: 10_00n })).taken).toEqual({ [ofNote]: [4_00n, 40n], [ofLive]: [0n, 0n] });
    expect((await refund('r2', { full: true })).taken).toEqual({ [ofNote]: [36_00n, 3_60n], [ofLive]: [0n, 0n] });
    expect(await running()).toMatchObject([{ note_net_minor: '0', livestream_net_minor: '0', commission_minor: '0' }]);
  });

  it('is kept apart: the database takes no half, and the replay knows how much', async () => {
    const { holdId, saleId } = await heldOrder({ baseMinor: 70_00n });
    const takenBack = (minor: number) =>
      world.uow.run(SYSTEM, (tx) =>
        managerOf(tx).query('update sales.sales set order_taken_back_minor = $1 where sale_id = $2', [minor, saleId]),
      );
    await expect(takenBack(1)).rejects.toThrow('sales_taken_back_whole');
    await decide(world, holdId, 'confirmed');
    await expect(takenBack(70_01)).rejects.toThrow('sales_taken_back_whole');
    await takenBack(1_00);
    expect((await replay()).map(({ findings }) => findings)).toEqual([
      ['the sale has orderTakenBackMinor 100, the raw events give 7000'],
    ]);
    await takenBack(70_00);
  });

  it('has no name by which a hold takes back, whichever way it comes', async () => {
    const { holdId, saleId } = await heldOrder(BASKET);
    const externalId = `risk-hold:${holdId}`;
    const refused = { status: 'refused', code: 'RESERVED_REFUND_NAME' };
    expect(await refund(externalId, { amountMinor: 1n })).toMatchObject(refused);
    expect(await refund(externalId, { saleExternalId: 'not yet', full: true })).toMatchObject(refused);
    const file = await world.importFile(
      brandId,
      `source,type,external_id,sale_external_id,currency,refund_amount,occurred_at\nshop,refund,${externalId},1,EUR,1.00,2026-05-12T09:00:00Z\n`,
    );
    expect(file.rows).toMatchObject([{ reason: { code: 'RESERVED_REFUND_NAME' } }]);
    const ofWebhook = `${externalId} again`;
    await receiveWebhook({ externalId: ofWebhook, saleExternalId: '1', amount: '1.00' });
    const filter = { brandId, reasonCode: 'RESERVED_REFUND_NAME' };
    const { rows } = await world.listIntakeProblems.execute({ actor: SYSTEM, filter, page: PAGE });
    const named = rows.filter(({ node }) => node.form === 'event').map(({ node }) => node.externalId);
    expect(new Set(named)).toEqual(new Set([externalId, ofWebhook]));
    for (const { node } of rows.filter(({ node: { form } }) => form === 'event')) {
      expect(await mend(node.problemId)).toMatchObject({
        outcome: 'refused',
        reason: { code: 'RESERVED_REFUND_NAME' },
      });
    }
    expect(await left()).toBe(100_00n);
    await decide(world, holdId, 'confirmed');
    expect(await world.earningOf(saleId)).toMatchObject({ base: '0', gross: '0' });
    expect(await refund(externalId, { amountMinor: 1n })).toMatchObject({ status: 'refused' });
  });
});
