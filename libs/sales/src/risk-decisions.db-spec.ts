import type { BonusOffer } from '@evenhand/campaigns';
import { Forbidden, NotFound, systemActor } from '@evenhand/kernel';
import { ImportFxRates } from '@evenhand/ledger';
import { decide, holdsOf, influencer, OPERATOR, releaseAll, stateOf } from '../../../test/support/sales/risk-scenes';
import { NOW, person, refundEvent, type SalesWorld } from '../../../test/support/sales/sales-world';
import { withSalesWorld } from '../../../test/support/sales/with-sales-world';
import { orderLine } from '../../../test/support/sales/shared-orders';
import { saleEvent } from '../../../test/support/sales/tracked-deal';
import { ListRiskHolds, ReplayLedger } from './index';

const SYSTEM = systemActor('test');
const PAGE = { first: 10, after: null };

describe('deciding about a sale on hold', () => {
  let world: SalesWorld;
  let brandId: string;

  withSalesWorld((made) => (world = made));

  beforeEach(async () => {
    brandId = await world.brand();
  });

  /** An hour after the order numbered before. */
  const order = (externalId: string, baseMinor = 100_00n) => {
    const occurredAt = new Date(Date.parse('2026-05-10T12:00:00Z') + Number(externalId) * 3_600_000);
    return saleEvent({ externalId, baseMinor, occurredAt, code: 'YUKI', customer: 'ada@example.com' });
  };

  /** Four sales of one customer, of which the fourth is held. */
  async function heldSale(baseMinor = 100_00n) {
    const results = await world.sales(brandId, ...['1', '2', '3', '4'].map((id) => order(id, baseMinor)));
    const [hold] = await holdsOf(world, { brandId });
    const saleId = results[3]?.sales[0]?.saleId ?? '';
    return { saleId, holdId: hold?.holdId ?? '' };
  }

  const saleOf = async (saleId: string) => {
    const { rows } = await world.listSales.execute({ actor: SYSTEM, filter: { brandId }, page: PAGE });
    return rows.find(({ node }) => node.saleId === saleId)?.node;
  };
  const refundsOf = async (saleId: string) =>
    (await world.listRefunds.execute({ actor: SYSTEM, filter: { saleId }, page: PAGE })).rows.map(({ node }) => node);
  const replay = async () =>
    (await world.get(ReplayLedger).execute({ actor: SYSTEM, campaignId: null, dealId: null })).differences;
  const bonuses = () =>
    world.rowsFor<{ bonus_id: string; reversed: boolean }>(
      SYSTEM,
      'select bonus_id, reversed_at is not null as reversed from sales.bonuses where brand_id = $1',
      [brandId],
    );
  const told = () =>
    world.rowsFor(
      SYSTEM,
      `select type, payload from platform.outbox where payload ->> 'brandId' = $1
       and type in ('sales.sales_held', 'sales.sales_cleared', 'sales.sales_confirmed') order by event_id`,
      [brandId],
    );

  it('lets it be released when it is due, where it is cleared', async () => {
    world.deal(brandId, 'YUKI');
    const { saleId, holdId } = await heldSale();
    await releaseAll(world);
    expect(await stateOf(world, saleId)).toBe('held risk');
    expect(await decide(world, holdId, 'cleared')).toMatchObject({
      state: 'cleared',
      note: 'Looked at it.',
      decidedBy: OPERATOR.userId,
      decidedAt: NOW,
    });
    expect(await saleOf(saleId)).toMatchObject({ review: 'cleared', status: 'recorded' });
    expect(await stateOf(world, saleId)).toBe('held');
    await releaseAll(world);
    expect(await stateOf(world, saleId)).toBe('released');
    expect(await told()).toMatchObject([{ type: 'sales.sales_held' }, { type: 'sales.sales_cleared' }]);
  });

  it('takes all of its commission back, where it is confirmed, for good', async () => {
    world.deal(brandId, 'YUKI');
    const { saleId, holdId } = await heldSale();
    await decide(world, holdId, 'confirmed');
    expect(await saleOf(saleId)).toMatchObject({
      review: 'confirmed',
      status: 'refunded',
      commissionReversedMinor: 10_00n,
    });
    expect(await world.earningOf(saleId)).toEqual({ base: '0', gross: '0', shares: ['0', '0', '0'] });
    expect(await refundsOf(saleId)).toMatchObject([{ reason: 'risk', commissionReversedMinor: 10_00n }]);
    const again = await world.sales(brandId, order('4'));
    expect(again).toMatchObject([{ status: 'duplicate', firstStatus: 'recorded' }]);
    await releaseAll(world);
    expect(await world.earningOf(saleId)).toMatchObject({ gross: '0' });
    // The shop finds out as well, and what it gives back takes nothing twice.
    const [late] = await world.refunds(brandId, refundEvent({ saleExternalId: '4', full: true }));
    expect(late).toMatchObject({ status: 'recorded', refunds: [{ saleId, commissionReversedMinor: 0n }] });
    expect(await replay()).toEqual([]);
    expect(await told()).toMatchObject([{ type: 'sales.sales_held' }, { type: 'sales.sales_confirmed' }]);
    expect(JSON.stringify(await told())).not.toMatch(/\bada\b|velocity|customer|Looked/);
  });

  it('takes back what a refund has left, and nothing where all of it was refunded', async () => {
    world.deal(brandId, 'YUKI');
    const { saleId, holdId } = await heldSale();
    const part = refundEvent({ saleExternalId: '4', amountMinor: 33_33n });
    expect((await world.refunds(brandId, part))[0]?.status).toBe('recorded');
    await decide(world, holdId, 'confirmed');
    expect((await refundsOf(saleId)).map(({ reason, baseMinor }) => [reason, baseMinor]).sort()).toEqual([
      ['returned', 33_33n],
      ['risk', 66_67n],
    ]);
    const other = await world.brand();
    brandId = other;
    world.deal(other, 'YUKI');
    const whole = await heldSale();
    await world.refunds(other, refundEvent({ saleExternalId: '4', full: true }));
    await decide(world, whole.holdId, 'confirmed');
    expect(await saleOf(whole.saleId)).toMatchObject({ review: 'confirmed', status: 'refunded' });
    expect(await refundsOf(whole.saleId)).toHaveLength(1);
    expect(await replay()).toEqual([]);
  });

  it('is of a sale that earned nothing, too', async () => {
    world.deal(brandId, 'YUKI');
    const { saleId, holdId } = await heldSale(0n);
    await decide(world, holdId, 'confirmed');
    expect(await saleOf(saleId)).toMatchObject({ review: 'confirmed', commissionMinor: 0n });
  });

  it('takes back an order in another currency in its own', async () => {
    await world.get(ImportFxRates).execute();
    world.deal(brandId, 'YUKI', { activeFrom: new Date('2026-01-01') });
    const inDollars = (id: string, hour: number) => {
      return { ...order(id), currency: 'USD', occurredAt: new Date(Date.UTC(2026, 3, 12, hour)) };
    };
    await world.sales(brandId, ...[1, 2, 3, 4].map((hour) => inDollars(`${hour}`, hour)));
    const [hold] = await holdsOf(world, { brandId });
    await decide(world, hold?.holdId ?? '', 'confirmed');
    expect(await refundsOf(hold?.saleId ?? '')).toMatchObject([
      { reason: 'risk', orderCurrency: 'USD', orderBaseMinor: 100_00n, currency: 'EUR', baseMinor: 85_39n },
    ]);
    expect(await saleOf(hold?.saleId ?? '')).toMatchObject({ status: 'refunded', refundedBaseMinor: 85_39n });
  });

  it('leaves other deals what they earned of the same order', async () => {
    const mika = await influencer(world, 'mika@example.com');
    world.deal(brandId, 'MIKA', { influencerId: mika.partyId });
    world.deal(brandId, 'YUKI');
    const lines = [orderLine('a', 30_00n), orderLine('b', 70_00n, { code: 'MIKA' }), orderLine('c', 10_00n)];
    const event = saleEvent({ externalId: '1', code: 'YUKI', customer: 'mika@example.com', lines });
    const [result] = await world.sales(brandId, event);
    expect(result?.sales).toHaveLength(2);
    const [hold, ...others] = await holdsOf(world, { brandId });
    expect([hold?.sale.baseMinor, others]).toEqual([70_00n, []]);
    await world.refunds(brandId, refundEvent({ saleExternalId: '1', amountMinor: 11_00n }));
    await decide(world, hold?.holdId ?? '', 'confirmed');
    const sales = (await world.listSales.execute({ actor: SYSTEM, filter: { brandId }, page: PAGE })).rows;
    const left = sales.map(({ node }) => [node.review, node.status, node.baseMinor - node.refundedBaseMinor]);
    expect(left.sort()).toEqual([
      [null, 'partially_refunded', 36_00n],
      ['confirmed', 'refunded', 0n],
    ]);
    const [late] = await world.refunds(brandId, refundEvent({ externalId: 'r2', saleExternalId: '1', full: true }));
    expect(late?.status).toBe('recorded');
    expect(await replay()).toEqual([]);
  });

  it('moves what the deal has sold: tiers, and bonuses, which a held sale never earns', async () => {
    const bonus: BonusOffer = {
      id: 'four hundred',
      metric: 'net_sales',
      threshold: 400_00n,
      amountMinor: 30_00n,
      splitBy: 'note_commission',
    };
    const three: BonusOffer = { ...bonus, id: 'four sales', metric: 'sales_count', threshold: 4n };
    const terms = { bonuses: [bonus, three], tiers: [{ fromNetSalesMinor: 300_00n, rate: '0.20' }] };
    world.deal(brandId, 'YUKI', { commission: terms });
    const { saleId, holdId } = await heldSale();
    // It is the first one above the tier, and counts for it.
    expect(await saleOf(saleId)).toMatchObject({ commissionMinor: 20_00n });
    expect(await bonuses()).toEqual([]);
    await decide(world, holdId, 'cleared');
    expect((await bonuses()).map(({ bonus_id: id }) => id).sort()).toEqual(['four hundred', 'four sales']);

    brandId = await world.brand();
    world.deal(brandId, 'YUKI', { commission: terms });
    const fake = await heldSale();
    await decide(world, fake.holdId, 'confirmed');
    expect(await bonuses()).toEqual([]);
    const [next] = await world.sales(brandId, { ...order('5'), customer: 'bob@example.com' });
    expect(next?.sales[0]?.commissionMinor).toBe(20_00n);
    expect((await bonuses()).map(({ bonus_id: id }) => id).sort()).toEqual(['four hundred', 'four sales']);
    expect(await replay()).toEqual([]);
  });

  describe('happens once', () => {
    it('where two decide at once: one wins, the other one is told', async () => {
      world.deal(brandId, 'YUKI');
      const { saleId, holdId } = await heldSale();
      const [cleared, confirmed] = await Promise.allSettled([
        decide(world, holdId, 'cleared', { idempotencyKey: 'one' }),
        decide(world, holdId, 'confirmed', { idempotencyKey: 'other' }),
      ]);
      const statuses = [cleared.status, confirmed.status];
      expect([...statuses].sort()).toEqual(['fulfilled', 'rejected']);
      const lost = cleared.status === 'rejected' ? cleared : confirmed;
      expect(lost).toMatchObject({ reason: { code: 'RISK_HOLD_ALREADY_DECIDED' } });
      const review = cleared.status === 'fulfilled' ? 'cleared' : 'confirmed';
      expect(await saleOf(saleId)).toMatchObject({ review });
    });

    it('however often it is asked for with one key, which is of no other request', async () => {
      world.deal(brandId, 'YUKI');
      const { saleId, holdId } = await heldSale();
      const decided = await Promise.all([1, 2, 3].map(() => decide(world, holdId, 'confirmed')));
      expect(new Set(decided.map((hold) => JSON.stringify(hold))).size).toBe(1);
      expect(await refundsOf(saleId)).toHaveLength(1);
      const conflict = { code: 'IDEMPOTENCY_CONFLICT' };
      await expect(decide(world, holdId, 'cleared')).rejects.toMatchObject(conflict);
      await expect(decide(world, holdId, 'confirmed', { note: 'Another.' })).rejects.toMatchObject(conflict);
      await expect(decide(world, holdId, 'confirmed', { idempotencyKey: 'new' })).rejects.toMatchObject({
        code: 'RISK_HOLD_ALREADY_DECIDED',
        details: { state: 'confirmed' },
      });
      const fifth = await world.sales(brandId, order('5'), order('6'));
      const open = await holdsOf(world, { brandId, state: 'open' });
      expect(open).toHaveLength(fifth.length);
      const keyed = { idempotencyKey: 'shared' };
      const both = await Promise.allSettled(open.map((hold) => decide(world, hold.holdId, 'cleared', keyed)));
      expect(both.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: conflict }]);
    });
  });

  describe('is for the operator', () => {
    it('whose brand and finance only look on, and of which the influencer learns no reason', async () => {
      const { influencerId } = world.deal(brandId, 'YUKI');
      const { saleId, holdId } = await heldSale();
      const brand = person({ memberships: [{ partyId: brandId, kind: 'brand', role: 'owner' }] });
      const viewer = person({ memberships: [{ partyId: brandId, kind: 'brand', role: 'viewer' }] });
      const finance = person({ staffRoles: ['finance_approver'] });
      const stranger = person({ memberships: [{ partyId: await world.brand(), kind: 'brand', role: 'owner' }] });
      const her = person({ influencerId });
      for (const actor of [brand, viewer, finance]) {
        await expect(decide(world, holdId, 'cleared', { actor })).rejects.toThrow(Forbidden);
      }
      for (const actor of [stranger, her]) {
        await expect(decide(world, holdId, 'cleared', { actor })).rejects.toThrow(NotFound);
      }
      const seenBy = async (actor: typeof brand) =>
        (await world.get(ListRiskHolds).execute({ actor, filter: { brandId }, page: PAGE })).totalCount;
      expect([await seenBy(brand), await seenBy(viewer), await seenBy(finance), await seenBy(OPERATOR)]).toEqual([
        1, 1, 1, 1,
      ]);
      expect([await seenBy(stranger), await seenBy(her)]).toEqual([0, 0]);
      const filter = { review: 'held' as const };
      const own = await world.listSales.execute({ actor: her, filter, page: PAGE });
      expect(own.rows.map(({ node }) => node.saleId)).toEqual([saleId]);
      for (const table of ['risk_holds', 'risk_rules', 'sale_customers']) {
        expect(await world.rowsFor(her, `select * from sales.${table}`)).toEqual([]);
      }
      expect(await world.rowsFor(brand, 'select * from sales.sale_customers')).toEqual([]);
    });

    it('who says why', async () => {
      world.deal(brandId, 'YUKI');
      const { holdId } = await heldSale();
      for (const note of ['', '  ', 'x'.repeat(1001)]) {
        await expect(decide(world, holdId, 'cleared', { note })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      }
    });
  });

  it('is made from a list, by deal, state and reason, a page at a time', async () => {
    const { dealId } = world.deal(brandId, 'YUKI');
    await world.sales(brandId, ...Array.from({ length: 7 }, (_, n) => order(`${n}`)));
    const list = (filter: object, page = { first: 3, after: null as string | null }) =>
      world.get(ListRiskHolds).execute({ actor: OPERATOR, filter: { brandId, ...filter }, page });
    const first = await list({ dealId, state: 'open', reason: 'customer_velocity' });
    expect([first.totalCount, first.rows.length, first.hasNextPage]).toEqual([4, 3, true]);
    const rest = await list({ dealId }, { first: 3, after: first.rows[2]?.cursor ?? null });
    const ids = [...first.rows, ...rest.rows].map(({ node }) => node.sale.externalId);
    expect([...ids].sort()).toEqual(['3', '4', '5', '6']);
    expect((await list({ reason: 'self_purchase' })).totalCount).toBe(0);
    expect((await list({ state: 'cleared' })).totalCount).toBe(0);
    expect((await list({ from: NOW, to: new Date(NOW.getTime() + 1) })).totalCount).toBe(4);
    expect((await list({ to: NOW })).totalCount).toBe(0);
  });
});
