import { createHmac, randomUUID } from 'node:crypto';
import type { CommissionOffer } from '@evenhand/campaigns';
import { systemActor } from '@evenhand/kernel';
import { Webhook } from 'standardwebhooks';
import { eventually } from '../../../test/support/eventually';
import { NOW, person, SalesWorld } from '../../../test/support/sales/sales-world';
import { saleEvent } from '../../../test/support/sales/tracked-deal';
import { ForgetClicks, OpenSource, ReceiveWebhook, TakeInDeliveries } from './index';

const SYSTEM = systemActor('test');
const SHOPIFY_SECRET = 'shpss_0123456789abcdef';
const ORDERED_AT = new Date('2026-05-31T12:00:00Z');
const CRAWLER = { userAgent: 'Googlebot/2.1', purpose: null };

describe('sales by the clicks that led to them', () => {
  let world: SalesWorld;

  beforeAll(async () => {
    world = await SalesWorld.create();
  });

  afterEach(async () => {
    world.clock.at = NOW;
    expect(await world.brokenInvariants()).toEqual([]);
  });

  afterAll(() => world.destroy());

  const linked = (brandId: string, slug: string, commission: Partial<CommissionOffer> = {}) =>
    world.deal(brandId, slug, { slug, linkDestination: 'https://shop.example.com/', commission });

  /** The id that the shop is told of a click at that instant, once the click is stored. */
  async function click(linkSlug: string, at: string, visitor?: typeof CRAWLER): Promise<string> {
    world.clock.at = new Date(at);
    const answer = await world.follow(linkSlug, visitor && { visitor });
    world.clock.at = NOW;
    await eventually(
      () =>
        world.rowsFor<object>(SYSTEM, 'select from sales.clicks where link_slug = $1 and clicked_at = $2', [
          linkSlug,
          at,
        ]),
      (rows) => rows.length > 0,
    );
    return new URL(answer.found ? answer.location : '').searchParams.get('eh_click') ?? '';
  }

  const ordered = (clickIds: readonly string[], change: Parameters<typeof saleEvent>[0] = {}) =>
    saleEvent({ clickIds, occurredAt: ORDERED_AT, ...change });

  async function attributionSeen(actor: Parameters<typeof world.listSales.execute>[0]['actor'], brandId: string) {
    const page = { first: 10, after: null };
    const { rows } = await world.listSales.execute({ actor, filter: { brandId }, page });
    return rows.map(({ node }) => node);
  }

  it('go to the last one, and say what else was looked at', async () => {
    const brandId = await world.brand();
    const [early, late] = [linked(brandId, 'early'), linked(brandId, 'late')];
    const first = await click('early', '2026-05-20T10:00:00.000Z');
    const second = await click('late', '2026-05-30T10:00:00.000Z');
    const machine = await click('early', '2026-05-31T10:00:00.000Z', CRAWLER);
    const [result] = await world.sales(brandId, ordered([machine, second, first, 'click_of_nobody']));
    expect(result).toMatchObject({ status: 'recorded', sales: [{ dealId: late.dealId, attributedBy: 'click' }] });
    const [sale] = await attributionSeen(SYSTEM, brandId);
    expect(sale).toMatchObject({
      attributedValue: 'late',
      decision: expect.stringMatching(/^The last click decides: on the link “late” at 2026-05-30T10:00:00.000Z\. /),
      attribution: {
        rule: 'last_click',
        candidates: [
          { value: machine, outcome: 'filtered', dealId: early.dealId },
          { value: second, outcome: 'won', dealId: late.dealId, clickedAt: new Date('2026-05-30T10:00:00.000Z') },
          { value: first, outcome: 'beaten', reason: 'A later click decides.' },
          { value: 'click_of_nobody', outcome: 'unknown', dealId: null, clickedAt: null },
        ],
      },
    });
  });

  it('tell the influencer of her own deal alone', async () => {
    const brandId = await world.brand();
    linked(brandId, 'rival');
    const { influencerId, dealId } = linked(brandId, 'hers');
    const clicks = [
      await click('rival', '2026-05-20T10:00:00.000Z'),
      await click('hers', '2026-05-21T10:00:00.000Z'),
      await click('hers', '2026-05-22T10:00:00.000Z'),
    ];
    await world.sales(brandId, ordered(clicks, { additionalCodes: ['nobody'] }));
    const [hers] = await attributionSeen(person({ influencerId }), brandId);
    expect(hers?.attribution.candidates.map((one) => [one.dealId, one.outcome])).toEqual([
      [dealId, 'beaten'],
      [dealId, 'won'],
    ]);
    expect(JSON.stringify([hers?.attribution, hers?.decision])).not.toMatch(/rival|nobody/);
    const member = person({ memberships: [{ partyId: brandId, kind: 'brand', role: 'viewer' }] });
    const [seen] = await attributionSeen(member, brandId);
    expect(seen?.attribution.candidates).toHaveLength(4);
  });

  it('go to the first one where the terms of its deal say so', async () => {
    const brandId = await world.brand();
    const early = linked(brandId, 'first-one', { attributionModel: 'first_click' });
    linked(brandId, 'last-one');
    const clicks = [
      await click('first-one', '2026-05-20T10:00:00.000Z'),
      await click('last-one', '2026-05-21T10:00:00.000Z'),
    ];
    const [result] = await world.sales(brandId, ordered(clicks));
    expect(result).toMatchObject({ sales: [{ dealId: early.dealId }] });
  });

  it('go by no click of another brand', async () => {
    linked(await world.brand(), 'theirs');
    const theirs = await click('theirs', '2026-05-30T10:00:00.000Z');
    const [result] = await world.sales(await world.brand(), ordered([theirs]));
    expect(result).toMatchObject({ status: 'unattributed', reason: { code: 'UNKNOWN_CLICK' } });
  });

  it('are the same sale whichever way the same clicks come again, and another one with others', async () => {
    const brandId = await world.brand();
    linked(brandId, 'again');
    const clickId = await click('again', '2026-05-30T10:00:00.000Z');
    const [, again, other] = await world.sales(
      brandId,
      ordered([clickId]),
      ordered([` ${clickId}`, '', clickId]),
      ordered([]),
    );
    expect(again).toMatchObject({ status: 'duplicate' });
    expect(other).toMatchObject({ status: 'refused', reason: { code: 'SALE_CONFLICT' } });
  });

  it('come in by webhooks of Shopify and of the standard, and by files', async () => {
    const brandId = await world.brand();
    const { dealId } = linked(brandId, 'every-way');
    const clickId = await click('every-way', '2026-05-30T10:00:00.000Z');
    const occurredAt = ORDERED_AT.toISOString();
    const order = {
      id: 11,
      currency: 'EUR',
      created_at: occurredAt,
      line_items: [{ id: 1, quantity: 1, price: '10.00' }],
    };
    await receiveShopify(brandId, { ...order, landing_site: `/bag?utm_source=x&eh_click=${clickId}` });
    const data = { externalId: 's1', clickIds: [clickId], currency: 'EUR', base: '10.00', occurredAt };
    await receiveStandard(brandId, { type: 'sale', data });
    await world.get(TakeInDeliveries).execute({ brandId, limit: 100 });
    const csv = `external_id,currency,occurred_at,click_ids,base_amount\nc1,EUR,${occurredAt},${clickId} click_x,10.00\n`;
    await world.importFile(brandId, csv);
    const sales = await attributionSeen(SYSTEM, brandId);
    expect(sales.map((sale) => [sale.source, sale.dealId, sale.attributedBy]).toSorted()).toEqual([
      ['csv', dealId, 'click'],
      ['shop', dealId, 'click'],
      ['shopify', dealId, 'click'],
    ]);
  });

  it('need no click after its window and a month, and then it is forgotten; counts stay', async () => {
    const brandId = await world.brand();
    const { dealId } = linked(brandId, 'old', { attributionWindowDays: 7 });
    const clickId = await click('old', '2026-05-30T10:00:00.000Z');
    const forget = (now: string) => world.get(ForgetClicks).execute({ now: new Date(now), limit: 1 });
    const left = () => world.rowsFor(SYSTEM, 'select from sales.clicks where deal_id = $1', [dealId]);
    await forget('2026-07-06T09:59:59.999Z');
    expect(await left()).toHaveLength(1);
    expect(await world.sales(brandId, ordered([clickId], { externalId: 'late' }))).toMatchObject([
      { status: 'recorded' },
    ]);
    await click('old', '2026-05-30T09:00:00.000Z');
    expect(await forget('2026-07-06T10:00:00.000Z')).toBeGreaterThanOrEqual(2);
    expect(await left()).toEqual([]);
    const counts = 'select total::integer as total from sales.click_counts where deal_id = $1';
    expect(await world.rowsFor(SYSTEM, counts, [dealId])).toEqual([{ total: 2 }]);
  });

  async function receiveShopify(brandId: string, order: object): Promise<void> {
    const source = { actor: SYSTEM, brandId, name: 'shopify', format: 'shopify', secret: SHOPIFY_SECRET } as const;
    const { source: opened } = await world.get(OpenSource).execute(source);
    const body = Buffer.from(JSON.stringify(order));
    const headers = {
      'x-shopify-hmac-sha256': createHmac('sha256', SHOPIFY_SECRET).update(body).digest('base64'),
      'x-shopify-webhook-id': randomUUID(),
      'x-shopify-topic': 'orders/create',
    };
    await world.get(ReceiveWebhook).execute({ sourceId: opened.sourceId, headers, body });
  }

  async function receiveStandard(brandId: string, message: object): Promise<void> {
    const source = { actor: SYSTEM, brandId, name: 'shop', format: 'standard', secret: null } as const;
    const { source: opened, secret } = await world.get(OpenSource).execute(source);
    const body = Buffer.from(JSON.stringify(message));
    const [id, at] = [randomUUID(), new Date()];
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(secret).sign(id, at, body),
    };
    await world.get(ReceiveWebhook).execute({ sourceId: opened.sourceId, headers, body });
  }
});
