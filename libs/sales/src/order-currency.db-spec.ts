import { systemActor } from '@evenhand/kernel';
import { FxRates, ImportFxRates } from '@evenhand/ledger';
import { Client } from 'pg';
import { person, refundEvent, SalesWorld } from '../../../test/support/sales/sales-world';
import type { DealChange } from '../../../test/support/sales/stated-deals';
import { saleEvent } from '../../../test/support/sales/tracked-deal';
import { type RefundEvent, ReplayLedger, ReplayProblems, type SaleEvent } from './index';

const SYSTEM = systemActor('test');
const SUNDAY = new Date('2026-04-12T12:00:00Z');
const MONDAY = new Date('2026-04-13T12:00:00Z');
/** 1 EUR is 1.1711 USD on the Friday before, 1.1684 on the Monday after. */
const FRIDAY_RATE = { rate: '10000/11711', date: '2026-04-10', source: 'ECB' };

describe('orders in another currency than their deal’s', () => {
  let world: SalesWorld;
  let owner: Client;
  let brandId: string;

  beforeAll(async () => {
    world = await SalesWorld.create();
    owner = new Client({ connectionString: world.databaseUrl });
    await owner.connect();
    await world.get(ImportFxRates).execute();
    await load('CBK', '2026-04-10', { KWD: '0.36' });
  }, 60_000);
  beforeEach(async () => {
    brandId = await world.brand();
  });
  afterEach(async () => {
    expect(await world.brokenInvariants()).toEqual([]);
    const replayed = await world.get(ReplayLedger).execute({ actor: SYSTEM, campaignId: null, dealId: null });
    expect(replayed.differences).toEqual([]);
  });
  afterAll(async () => {
    await owner.end();
    await world.destroy();
  });

  const load = (source: string, date: string, perEuro: Readonly<Record<string, string>>) =>
    world.uow.run(SYSTEM, (tx) =>
      world.get(FxRates).add(
        tx,
        source,
        Object.entries(perEuro).map(([currency, rate]) => ({ date, currency, perEuro: rate })),
      ),
    );
  const deal = (change: DealChange = {}, code = 'YUKI') =>
    world.deal(brandId, code, { activeFrom: new Date('2026-01-01'), ...change });
  const sell = async (change: Partial<SaleEvent> = {}) => {
    const event = saleEvent({ code: 'YUKI', currency: 'USD', occurredAt: SUNDAY, ...change });
    const [result] = await world.sales(brandId, event);
    if (!result) throw new Error('One event has one result.');
    return { ...result, sale: result.sales[0] };
  };
  const refund = async (...events: Partial<RefundEvent>[]) => {
    const results = await world.refunds(brandId, ...events.map((one) => refundEvent({ currency: 'USD', ...one })));
    return results.map(
      ({ refunds: [taken], reason }) => reason?.code ?? [taken?.baseMinor, taken?.commissionReversedMinor],
    );
  };
  const listed = async (actor = SYSTEM as Parameters<typeof world.listSales.execute>[0]['actor']) => {
    const page = await world.listSales.execute({ actor, filter: { brandId }, page: { first: 10, after: null } });
    return { totals: page.totals, sales: page.rows.map(({ node }) => node) };
  };

  it('on a Sunday take the rate of Friday; both amounts, rate and day are kept, and the commission is the deal’s', async () => {
    const { dealId, influencerId } = deal();
    const { sale } = await sell();
    expect(sale).toMatchObject({
      orderCurrency: 'USD',
      orderBaseMinor: 100_00n,
      conversion: FRIDAY_RATE,
      currency: 'EUR',
      baseMinor: 85_39n,
      commissionMinor: 8_54n,
    });
    expect(await world.earningOf(sale?.saleId ?? '')).toMatchObject({ base: '8539', gross: '854' });
    const { sales } = await listed(person({ influencerId }));
    expect(sales).toMatchObject([{ orderBaseMinor: 100_00n, conversion: FRIDAY_RATE, baseMinor: 85_39n }]);
    expect(sales[0]?.decision).toContain(
      'Base converted from 100.00 USD at 10000/11711, the rate by ECB of 2026-04-10.',
    );
    const [told] = await world.rowsFor<{ sales: object[] }>(
      SYSTEM,
      `select payload -> 'sales' as sales from platform.outbox where type = 'sales.sales_recorded' and subject_id = $1`,
      [dealId],
    );
    expect(told?.sales[0]).toMatchObject({
      orderCurrency: 'USD',
      orderBaseMinor: '10000',
      conversion: FRIDAY_RATE,
      currency: 'EUR',
      baseMinor: '8539',
    });
  });

  it('have the day of Frankfurt', async () => {
    deal();
    const late = await sell({ occurredAt: new Date('2026-04-12T22:00:00Z') });
    expect(late.sale?.conversion).toMatchObject({ date: '2026-04-13' });
    const before = await sell({ externalId: '2', occurredAt: new Date('2026-04-12T21:59:59Z') });
    expect(before.sale?.conversion).toMatchObject({ date: '2026-04-10' });
  });

  it('are converted as a whole, and not line by line', async () => {
    deal();
    const lines = Array.from({ length: 3 }, () => ({ quantity: 1, unitPriceMinor: 33n }));
    const { sale } = await sell({ lines });
    expect(sale).toMatchObject({ orderBaseMinor: 99n, baseMinor: 85n });
  });

  it.each([
    ['JPY', 10_000n, 'EUR', 53_64n, '100/18643'],
    ['EUR', 53_64n, 'JPY', 10_000n, '18643/100'],
    ['KWD', 1_234n, 'JPY', 639n, '18643/36'],
    ['JPY', 639n, 'KWD', 1_234n, '36/18643'],
    ['KWD', 100_000n, 'EUR', 277_78n, '25/9'],
  ])('know the decimals of currencies: %s %s in %s', async (currency, baseMinor, dealCurrency, converted, rate) => {
    deal({ currency: dealCurrency });
    const { sale } = await sell({ currency, baseMinor });
    expect(sale).toMatchObject({ baseMinor: converted, currency: dealCurrency, conversion: { rate } });
  });

  it('count for tiers, cap and bonus of the deal in its currency', async () => {
    const bonus = { id: 'b', metric: 'net_sales', threshold: 170_00n, amountMinor: 5_00n } as const;
    deal({
      commission: {
        tiers: [{ fromNetSalesMinor: 85_00n, rate: '0.20' }],
        capMinor: 20_00n,
        bonuses: [{ ...bonus, splitBy: 'note_commission' }],
      },
    });
    const sold = [await sell(), await sell({ externalId: '2' }), await sell({ externalId: '3', currency: 'EUR' })];
    // 85.00 at 10 %, 0.39 at 20 %; 85.39 at 20 %, of which the cap leaves 11.42; nothing.
    expect(sold.map(({ sale }) => sale?.commissionMinor)).toEqual([8_58n, 11_42n, 0n]);
    const bonuses = await world.rowsFor(SYSTEM, 'select bonus_id, currency from sales.bonuses where brand_id = $1', [
      brandId,
    ]);
    expect(bonuses).toEqual([{ bonus_id: 'b', currency: 'EUR' }]);
  });

  it.each([
    ['in order', [10_00n, 33_33n, 56_67n]],
    ['the other way round', [56_67n, 33_33n, 10_00n]],
  ])(
    'are refunded in their own currency, in parts %s, by no rate, and whole to exactly nothing',
    async (_order, parts) => {
      deal({ commission: { tiers: [{ fromNetSalesMinor: 50_00n, rate: '0.155' }], capMinor: 9_99n } });
      const { sale } = await sell();
      expect(sale).toMatchObject({ baseMinor: 85_39n, commissionMinor: 9_99n });
      const events = parts.map((amountMinor, part) => ({ externalId: `r${part}`, amountMinor }));
      const taken = await refund(...events.slice(0, 2));
      expect(taken).toEqual(
        parts[0] === 10_00n
          ? [
              [8_54n, 1_00n],
              [28_46n, 3_33n],
            ]
          : [
              [48_39n, 5_66n],
              [28_46n, 3_33n],
            ],
      );
      expect((await listed()).sales).toMatchObject([{ status: 'partially_refunded' }]);
      await refund(...events.slice(2));
      const { sales, totals } = await listed();
      expect(sales).toMatchObject([
        {
          status: 'refunded',
          orderRefundedBaseMinor: 100_00n,
          refundedBaseMinor: 85_39n,
          commissionReversedMinor: 9_99n,
        },
      ]);
      expect(totals).toMatchObject([{ currency: 'EUR', refundedBaseMinor: 85_39n, commissionReversedMinor: 9_99n }]);
      expect(await world.earningOf(sale?.saleId ?? '')).toEqual({ base: '0', gross: '0', shares: ['0', '0', '0'] });
      const [running] = await world.rowsFor(SYSTEM, 'select * from sales.running_sales where brand_id = $1', [brandId]);
      expect(running).toMatchObject({ note_net_minor: '0', commission_minor: '0', sales_count: '0' });
      expect(await refund({ externalId: 'more', amountMinor: 1n })).toEqual(['REFUND_MORE_THAN_SALE']);
    },
  );

  it('are refunded whole where an earlier part took all that the deal’s currency could show', async () => {
    deal({ currency: 'JPY', commission: { capMinor: 1_000_000n } });
    const { sale } = await sell({ currency: 'KWD', baseMinor: 2n });
    expect(sale).toMatchObject({ baseMinor: 1n });
    expect(await refund({ externalId: 'r1', currency: 'KWD', amountMinor: 1n })).toEqual([[0n, 0n]]);
    expect(await refund({ externalId: 'r2', currency: 'KWD', full: true })).toEqual([[1n, 0n]]);
    const nothing = await sell({ externalId: '2', currency: 'KWD', baseMinor: 0n });
    expect(nothing).toMatchObject({ status: 'recorded', sale: { baseMinor: 0n } });
    const running = await world.rowsFor(SYSTEM, 'select sales_count from sales.running_sales where brand_id = $1', [
      brandId,
    ]);
    expect(running).toEqual([{ sales_count: '0' }]);
  });

  it('take no refund in the deal’s currency', async () => {
    deal();
    await sell();
    expect(await refund({ currency: 'EUR', amountMinor: 85_39n })).toEqual(['CURRENCY_MISMATCH']);
  });

  it('wait with a refund that came before them, and take it with them', async () => {
    deal();
    expect(await refund({ amountMinor: 50_00n })).toEqual(['SALE_NOT_RECORDED_YET']);
    const { sale } = await sell();
    expect(await world.earningOf(sale?.saleId ?? '')).toMatchObject({ base: '4269' });
  });

  it('are listed with totals in the currencies of their deals, which are not added', async () => {
    deal();
    deal({ currency: 'JPY' }, 'AOI');
    await sell();
    await sell({ externalId: '2', currency: 'EUR' });
    await sell({ externalId: '3', code: 'AOI' });
    const told = (await listed()).totals.map(({ currency, count, baseMinor }) => [currency, count, baseMinor]);
    expect(told).toEqual([
      ['EUR', 2, 185_39n],
      ['JPY', 1, 15_919n],
    ]);
  });

  it('without a rate are refused by name, lie in the inbox, and are recorded when rates came', async () => {
    deal();
    const day = new Date('2026-05-24T12:00:00Z');
    const early = await sell({ occurredAt: day });
    expect(early).toMatchObject({ status: 'refused', reason: { code: 'RATES_NOT_LOADED' } });
    expect(early.reason?.message).toBe(
      'The exchange rates for 2026-05-24 are not loaded, so USD cannot be converted to EUR yet.',
    );
    const unknown = await sell({ externalId: '2', currency: 'XAF' });
    expect(unknown).toMatchObject({ status: 'refused', reason: { code: 'RATE_NOT_PUBLISHED' } });
    expect(await listed()).toEqual({ sales: [], totals: [] });
    const filter = { brandId, reasonCode: 'RATES_NOT_LOADED' };
    const replay = () => world.get(ReplayProblems).matching({ actor: SYSTEM, filter, after: null });
    expect((await replay()).problems).toMatchObject([{ outcome: 'refused', reason: { code: 'RATES_NOT_LOADED' } }]);
    await load('ECB', '2026-05-22', { USD: '1.25' });
    expect((await replay()).problems).toMatchObject([{ outcome: 'recorded' }]);
    expect((await listed()).sales).toMatchObject([{ baseMinor: 80_00n, conversion: { date: '2026-05-22' } }]);
  });

  it('refused alone leave the others of their list as they are', async () => {
    deal();
    const events = [{ currency: 'XAF' }, { currency: 'USD' }, { currency: 'EUR' }, { currency: 'USD' }];
    const results = await world.sales(
      brandId,
      ...events.map((change, place) =>
        saleEvent({ externalId: `${place}`, code: 'YUKI', occurredAt: place === 3 ? MONDAY : SUNDAY, ...change }),
      ),
    );
    expect(results.map(({ reason, sales }) => reason?.code ?? sales[0]?.baseMinor)).toEqual([
      'RATE_NOT_PUBLISHED',
      85_39n,
      100_00n,
      85_59n,
    ]);
  });

  it('keep the rate they were recorded with when one of their own day comes later', async () => {
    deal();
    const occurredAt = new Date('2026-04-15T08:00:00Z');
    const first = await sell({ occurredAt });
    expect(first.sale?.conversion).toMatchObject({ date: '2026-04-13' });
    await load('ECB', '2026-04-15', { USD: '2' });
    expect(await sell({ occurredAt })).toMatchObject({ status: 'duplicate', sale: first.sale });
    expect(await refund({ full: true })).toEqual([[85_59n, 8_56n]]);
  });

  it('too large for the deal’s currency are refused', async () => {
    deal({ currency: 'IDR' });
    const { status, reason } = await sell({ currency: 'KWD', baseMinor: 2n ** 63n - 1n });
    expect([status, reason?.code]).toEqual(['refused', 'INVALID_INPUT']);
  });

  it.each([
    [
      'a rate that was not published',
      `jsonb_set(conversion, '{rate}', '"10000/11710"')`,
      /published is 10000\/11711 by ECB$/,
    ],
    ['a day without rates', `jsonb_set(conversion, '{date}', '"2026-04-11"')`, /of which day none is published$/],
  ])('are found by the replay with %s', async (_what, forged, finding) => {
    const { dealId } = deal();
    await sell();
    const replay = () => world.get(ReplayLedger).execute({ actor: SYSTEM, campaignId: null, dealId });
    await owner.query(`update sales.sales set conversion = ${forged} where deal_id = $1`, [dealId]);
    const { differences } = await replay();
    await owner.query(`update sales.sales set conversion = $2 where deal_id = $1`, [dealId, FRIDAY_RATE]);
    expect(differences).toMatchObject([
      { what: 'sale', findings: expect.arrayContaining([expect.stringMatching(finding)]) },
    ]);
  });
});
