import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemActor } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Webhook } from 'standardwebhooks';
import { NOW, person, type SalesWorld } from '../../../test/support/sales/sales-world';
import { withSalesWorld } from '../../../test/support/sales/with-sales-world';
import {
  CloseSource,
  ListFailedDeliveries,
  OpenSource,
  ReceiveWebhook,
  RetryDeliveries,
  RotateSourceSecret,
  TakeInDeliveries,
  WatchIntake,
} from './index';

const SYSTEM = systemActor('test');
const DAY_MS = 86_400_000;
const SHOPIFY_SECRET = 'shpss_0123456789abcdef';

let world: SalesWorld;

withSalesWorld((made) => (world = made));

const opened = (brandId: string, format: 'standard' | 'shopify', name: string = format) =>
  world
    .get(OpenSource)
    .execute({ actor: SYSTEM, brandId, name, format, secret: format === 'shopify' ? SHOPIFY_SECRET : null });

function signed(secret: string, message: unknown, given: { id?: string; at?: Date } = {}) {
  const body = Buffer.from(JSON.stringify(message));
  const { id = `msg_${randomUUID()}`, at = new Date() } = given;
  const signature = new Webhook(secret).sign(id, at, body);
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  return { headers: { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature }, body };
}

const sale = (externalId: string, given: object = {}) => ({
  type: 'sale',
  data: { externalId, code: 'YUKI', currency: 'EUR', base: '100.00', occurredAt: '2026-05-10T12:00:00Z', ...given },
});
const refund = (externalId: string, saleExternalId: string, given: object = { full: true }) => ({
  type: 'refund',
  data: { externalId, saleExternalId, currency: 'EUR', occurredAt: '2026-05-12T12:00:00Z', ...given },
});
const receive = (sourceId: string, message: ReturnType<typeof signed>) =>
  world.get(ReceiveWebhook).execute({ sourceId, ...message });
const takeIn = (brandId: string) => world.get(TakeInDeliveries).execute({ brandId, limit: 10_000 });
const failed = async (brandId: string) => {
  const page = await world
    .get(ListFailedDeliveries)
    .execute({ actor: SYSTEM, brandId, page: { first: 10, after: null } });
  return page.rows.map(({ node }) => node);
};
const managerOfBrand = (partyId: string) => person({ memberships: [{ partyId, kind: 'brand', role: 'manager' }] });
const salesOf = async (brandId: string) => {
  const { rows } = await world.listSales.execute({
    actor: SYSTEM,
    filter: { brandId },
    page: { first: 100, after: null },
  });
  return rows.map(({ node }) => node);
};

afterEach(() => {
  world.clock.at = NOW;
});

describe('webhooks by the standard', () => {
  it('are stored when they are answered, and recorded once however often they come', async () => {
    const brandId = await world.brand();
    world.deal(brandId, 'YUKI');
    const { source, secret } = await opened(brandId, 'standard', 'shop');
    const message = signed(secret, sale('1'), { id: 'msg_1' });
    expect(await receive(source.sourceId, message)).toBe('stored');
    expect(await receive(source.sourceId, message)).toBe('duplicate');
    await expect(receive(source.sourceId, signed(secret, sale('2'), { id: 'msg_1' }))).rejects.toMatchObject({
      code: 'WEBHOOK_CONFLICT',
    });
    // The same order in a message of its own.
    expect(await receive(source.sourceId, signed(secret, sale('1')))).toBe('stored');
    expect(await takeIn(brandId)).toEqual({ decided: 2 });
    expect(await takeIn(brandId)).toEqual({ decided: 0 });
    expect(await salesOf(brandId)).toMatchObject([{ source: 'shop', externalId: '1', commissionMinor: 10_00n }]);
  });

  it('are refused where they are forged, stale, from the future, unsigned, or of a source that is not there', async () => {
    const brandId = await world.brand();
    const { source, secret } = await opened(brandId, 'standard');
    const other = await opened(brandId, 'standard', 'other');
    const honest = signed(secret, sale('1'));
    const refused = { code: 'WEBHOOK_REFUSED' };
    const now = Date.now();
    const bad = [
      { ...honest, body: Buffer.from(JSON.stringify(sale('2'))) },
      { ...honest, headers: { ...honest.headers, 'webhook-id': 'msg_other' } },
      { ...honest, headers: {} },
      signed(other.secret, sale('1')),
      signed(secret, sale('1'), { at: new Date(now - 301_000) }),
      signed(secret, sale('1'), { at: new Date(now + 310_000) }),
    ];
    for (const message of bad) {
      await expect(receive(source.sourceId, message as typeof honest)).rejects.toMatchObject(refused);
    }
    await expect(receive(source.sourceId, signed(secret, sale('1'), { id: 'x'.repeat(201) }))).rejects.toMatchObject({
      code: 'UNREADABLE_WEBHOOK',
    });
    await expect(receive(randomUUID(), honest)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await takeIn(brandId)).toEqual({ decided: 0 });
    expect(await receive(source.sourceId, honest)).toBe('stored');
  });

  it('bring refunds, also before their sale', async () => {
    const brandId = await world.brand();
    world.deal(brandId, 'YUKI');
    const { source, secret } = await opened(brandId, 'standard');
    await receive(source.sourceId, signed(secret, refund('r1', '1', { amount: '25.00' })));
    await takeIn(brandId);
    await receive(source.sourceId, signed(secret, sale('1')));
    await takeIn(brandId);
    await receive(source.sourceId, signed(secret, refund('r2', '1')));
    await takeIn(brandId);
    const [recorded] = await salesOf(brandId);
    expect(recorded).toMatchObject({ refundedBaseMinor: 100_00n, commissionReversedMinor: 10_00n });
  });

  it('are signed by either secret for a day after a rotation, and by the newest alone afterwards', async () => {
    const brandId = await world.brand();
    world.deal(brandId, 'YUKI');
    const rotated = async (name: string) => {
      const { source, secret } = await opened(brandId, 'standard', name);
      const next = await world
        .get(RotateSourceSecret)
        .execute({ actor: SYSTEM, sourceId: source.sourceId, secret: null });
      return { sourceId: source.sourceId, before: secret, now: next.secret };
    };
    const today = await rotated('today');
    expect(await receive(today.sourceId, signed(today.before, sale('1')))).toBe('stored');
    expect(await receive(today.sourceId, signed(today.now, sale('2')))).toBe('stored');
    const yesterday = await rotated('yesterday');
    world.clock.at = new Date(NOW.getTime() + DAY_MS + 1);
    await expect(receive(yesterday.sourceId, signed(yesterday.before, sale('3')))).rejects.toMatchObject({
      code: 'WEBHOOK_REFUSED',
    });
    expect(await receive(yesterday.sourceId, signed(yesterday.now, sale('3')))).toBe('stored');
  });

  it('are checked by the secrets that open, where one does not', async () => {
    const brandId = await world.brand();
    const { source, secret } = await opened(brandId, 'standard');
    const { sourceId } = source;
    const next = await world.get(RotateSourceSecret).execute({ actor: SYSTEM, sourceId, secret: null });
    const spoil = `update sales.source_secrets set sealed = 'x.y' where source_id = '${sourceId}' and expires_at is not null`;
    await world.uow.run(SYSTEM, (tx) => managerOf(tx).query(spoil));
    expect(await receive(sourceId, signed(next.secret, sale('1')))).toBe('stored');
    await expect(receive(sourceId, signed(secret, sale('2')))).rejects.toMatchObject({ code: 'WEBHOOK_REFUSED' });
  });

  it('are not taken from a source that was closed, and keep its name', async () => {
    const brandId = await world.brand();
    const { source, secret } = await opened(brandId, 'standard');
    await world.get(CloseSource).execute({ actor: SYSTEM, sourceId: source.sourceId });
    await expect(receive(source.sourceId, signed(secret, sale('1')))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(opened(brandId, 'standard')).rejects.toMatchObject({ code: 'SOURCE_NAME_TAKEN' });
    const rotation = world.get(RotateSourceSecret).execute({ actor: SYSTEM, sourceId: source.sourceId, secret: null });
    await expect(rotation).rejects.toMatchObject({ code: 'INVALID_TRANSITION' });
  });

  it('are kept as they came, and not for whoever reads the database', async () => {
    const brandId = await world.brand();
    const { source, secret } = await opened(brandId, 'standard');
    await receive(source.sourceId, signed(secret, sale('1', { customer: 'Mona Klein' })));
    const read = 'select sealed_body from sales.deliveries where brand_id = $1';
    const [row] = await world.rowsFor(SYSTEM, read.replace('$1', `'${brandId}'`));
    expect(JSON.stringify(row)).not.toMatch(/Mona|sale/);
    const secrets = await world.rowsFor(SYSTEM, 'select sealed from sales.source_secrets');
    expect(JSON.stringify(secrets)).not.toContain(secret.slice(6));
  });
});

describe('webhooks of Shopify', () => {
  const sample = (name: string) => readFileSync(join(__dirname, '..', 'test-data', 'shopify', `${name}.json`), 'utf8');
  const bare = (name: string) => Object.values(JSON.parse(sample(name)) as object)[0] as object;
  const fromShop = (topic: string, message: unknown, given: { secret?: string; at?: string } = {}) => {
    const body = Buffer.from(JSON.stringify(message));
    const { secret = SHOPIFY_SECRET, at = NOW.toISOString() } = given;
    const headers = {
      'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
      'x-shopify-topic': topic,
      'x-shopify-webhook-id': randomUUID(),
      'x-shopify-triggered-at': at,
    };
    return { headers, body } as unknown as ReturnType<typeof signed>;
  };

  it('record the order and the refund of its lines', async () => {
    const brandId = await world.brand();
    world.deal(brandId, 'TENOFF', { currency: 'USD', activeFrom: new Date('2008-01-01T00:00:00Z') });
    const { source } = await opened(brandId, 'shopify');
    await receive(source.sourceId, fromShop('refunds/create', bare('refund')));
    await receive(source.sourceId, fromShop('orders/create', bare('order')));
    await receive(source.sourceId, fromShop('orders/updated', bare('order')));
    expect(await takeIn(brandId)).toEqual({ decided: 3 });
    expect(await failed(brandId)).toEqual([]);
    const sold = await salesOf(brandId);
    expect(sold).toMatchObject([{ externalId: '450789469', orderNumber: '#1001', currency: 'USD' }]);
    expect(sold[0]?.refundedBaseMinor).toBeGreaterThan(0n);
  });

  it('are refused where another secret signed them, or they are a day old', async () => {
    const brandId = await world.brand();
    const { source } = await opened(brandId, 'shopify');
    const bad = [
      fromShop('orders/create', bare('order'), { secret: 'shpss_fedcba9876543210' }),
      fromShop('orders/create', bare('order'), { at: new Date(NOW.getTime() - DAY_MS - 1).toISOString() }),
      fromShop('orders/create', bare('order'), { at: new Date(NOW.getTime() + 300_001).toISOString() }),
      { headers: {}, body: Buffer.from('{}') } as unknown as ReturnType<typeof signed>,
    ];
    for (const message of bad) {
      await expect(receive(source.sourceId, message)).rejects.toMatchObject({ code: 'WEBHOOK_REFUSED' });
    }
  });

  it('about something else are ignored, and what is not of its topic fails with its reason', async () => {
    const brandId = await world.brand();
    const { source } = await opened(brandId, 'shopify');
    await receive(source.sourceId, fromShop('customers/create', { id: 7 }));
    await receive(source.sourceId, fromShop('refunds/create', bare('order')));
    await receive(source.sourceId, fromShop('orders/create', { id: 7, currency: 'USD' }));
    expect(await takeIn(brandId)).toEqual({ decided: 3 });
    expect((await failed(brandId)).map(({ topic, reason }) => [topic, reason.code]).toSorted()).toEqual([
      ['orders/create', 'INVALID_INPUT'],
      ['refunds/create', 'UNREADABLE_WEBHOOK'],
    ]);
  });

  it('of a refund without goods are ignored, and an order is recorded without it', async () => {
    const brandId = await world.brand();
    world.deal(brandId, 'TENOFF', { currency: 'USD', activeFrom: new Date('2008-01-01T00:00:00Z') });
    const { source } = await opened(brandId, 'shopify');
    const shipping = { ...bare('refund'), refund_line_items: [], order_adjustments: [] };
    await receive(source.sourceId, fromShop('refunds/create', shipping));
    await receive(source.sourceId, fromShop('orders/updated', { ...bare('order'), refunds: [shipping] }));
    await takeIn(brandId);
    expect(await failed(brandId)).toEqual([]);
    expect(await salesOf(brandId)).toMatchObject([{ externalId: '450789469', refundedBaseMinor: 0n }]);
  });

  it('need the secret that Shopify made', async () => {
    const brandId = await world.brand();
    const command = { actor: SYSTEM, brandId, name: 'shop', format: 'shopify' as const };
    for (const secret of [null, 'short']) {
      await expect(world.get(OpenSource).execute({ ...command, secret })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
    }
  });
});

describe('webhooks that cannot be taken in', () => {
  it('fail with their reason where they make no sense, beside good ones', async () => {
    const brandId = await world.brand();
    world.deal(brandId, 'YUKI');
    const { source, secret } = await opened(brandId, 'standard');
    for (const message of [sale('1', { base: '1,00' }), { type: 'sale' }, ['no object'], sale('2'), { type: 'ping' }]) {
      await receive(source.sourceId, signed(secret, message));
    }
    expect(await takeIn(brandId)).toEqual({ decided: 5 });
    expect((await failed(brandId)).map(({ reason, attempts }) => [reason.code, attempts]).toSorted()).toEqual([
      ['INVALID_AMOUNT', 1],
      ['UNREADABLE_WEBHOOK', 1],
      ['UNREADABLE_WEBHOOK', 1],
    ]);
    expect(await salesOf(brandId)).toMatchObject([{ externalId: '2' }]);
  });

  it('are not taken where they name no event, or what they say could not be kept', async () => {
    const brandId = await world.brand();
    world.deal(brandId, 'YUKI');
    const { source, secret } = await opened(brandId, 'standard');
    const nul = 'A\u0000B';
    const messages = [sale('x'.repeat(201)), sale(nul), refund('r1', nul), sale('1', { lines: [] })];
    for (const message of messages) await receive(source.sourceId, signed(secret, message));
    await receive(source.sourceId, signed(secret, sale('2', { code: nul })));
    await receive(source.sourceId, signed(secret, sale('3')));
    expect(await takeIn(brandId)).toEqual({ decided: 6 });
    expect((await failed(brandId)).map(({ reason }) => reason.code)).toEqual(Array(3).fill('INVALID_INPUT'));
    // Named, and refused with a reason: events in the inbox.
    const { rows } = await world.listIntakeProblems.execute({
      actor: SYSTEM,
      filter: { brandId, state: 'refused' },
      page: { first: 10, after: null },
    });
    expect(rows.map(({ node }) => [node.externalId, node.state]).toSorted()).toEqual([
      ['1', 'refused'],
      ['2', 'refused'],
    ]);
    expect(await salesOf(brandId)).toMatchObject([{ externalId: '3' }]);
  });

  it('fail alone where what was stored of one cannot be opened', async () => {
    const brandId = await world.brand();
    world.deal(brandId, 'YUKI');
    const { source, secret } = await opened(brandId, 'standard');
    await receive(source.sourceId, signed(secret, sale('1'), { id: 'broken' }));
    await receive(source.sourceId, signed(secret, sale('2')));
    const spoil = `update sales.deliveries set sealed_body = 'x.y' where message_id = 'broken'`;
    await world.uow.run(SYSTEM, (tx) => managerOf(tx).query(spoil));
    expect(await takeIn(brandId)).toEqual({ decided: 2 });
    expect(await failed(brandId)).toMatchObject([{ messageId: 'broken', reason: { code: 'UNREADABLE_WEBHOOK' } }]);
    expect(await salesOf(brandId)).toHaveLength(1);
  });

  it('are tried again with growing pauses, then left to a person, who lets them go', async () => {
    // A brand whose book is not open yet.
    const brandId = randomUUID();
    world.deal(brandId, 'YUKI');
    const { source, secret } = await opened(brandId, 'standard');
    await receive(source.sourceId, signed(secret, sale('1')));
    for (let attempt = 0; attempt < 8; attempt += 1) {
      expect(await takeIn(brandId)).toEqual({ decided: 1 });
      expect(await takeIn(brandId)).toEqual({ decided: 0 });
      const waiting = await world.get(WatchIntake).brandsWithDue(1_000);
      expect(waiting).not.toContain(brandId);
      world.clock.at = new Date(world.clock.at.getTime() + 2_000 * 4 ** attempt);
    }
    const [delivery] = await failed(brandId);
    expect(delivery).toMatchObject({ attempts: 8, reason: { code: 'BOOK_NOT_OPEN' } });
    expect(await takeIn(brandId)).toEqual({ decided: 0 });
    await world.openBook(brandId);
    const retry = { actor: SYSTEM, brandId, deliveryIds: [delivery?.deliveryId ?? ''] };
    const mixed = { ...retry, deliveryIds: [...retry.deliveryIds, randomUUID()] };
    await expect(world.get(RetryDeliveries).execute(mixed)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await world.get(RetryDeliveries).execute(retry)).toEqual({ retried: 1 });
    expect(await world.get(RetryDeliveries).execute(retry)).toEqual({ retried: 0 });
    expect(await world.get(WatchIntake).brandsWithDue(1_000)).toContain(brandId);
    expect(await takeIn(brandId)).toEqual({ decided: 1 });
    expect(await failed(brandId)).toEqual([]);
    expect(await salesOf(brandId)).toHaveLength(1);
  });
});

describe('taking in', () => {
  it('decides each message once, however many workers do it', async () => {
    const brandId = await world.brand();
    world.deal(brandId, 'YUKI');
    const { source, secret } = await opened(brandId, 'standard');
    const messages = Array.from({ length: 40 }, (_, n) => signed(secret, sale(`${n >> 1}`)));
    await Promise.all(messages.map((message) => receive(source.sourceId, message)));
    expect((await world.get(WatchIntake).backlog()).waiting).toBeGreaterThanOrEqual(40);
    const decided = await Promise.all(Array.from({ length: 4 }, () => takeIn(brandId)));
    expect(decided.reduce((sum, worker) => sum + worker.decided, 0)).toBe(40);
    expect(await salesOf(brandId)).toHaveLength(20);
    const states = await world.rowsFor(
      SYSTEM,
      `select state, attempts, count(*)::integer from sales.deliveries where brand_id = '${brandId}' group by 1, 2`,
    );
    expect(states).toEqual([{ state: 'taken', attempts: 1, count: 40 }]);
  });

  it('is shown to the brand and its staff, and its secrets to nobody', async () => {
    const brandId = await world.brand();
    const { source, secret } = await opened(brandId, 'standard');
    await receive(source.sourceId, signed(secret, { type: 'sale' }));
    await takeIn(brandId);
    const own = managerOfBrand(brandId);
    const rival = managerOfBrand(await world.brand());
    const list = (actor: typeof own) =>
      world.get(ListFailedDeliveries).execute({ actor, brandId, page: { first: 10, after: null } });
    expect((await list(own)).totalCount).toBe(1);
    await expect(list(rival)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const rotate = world.get(RotateSourceSecret).execute({ actor: rival, sourceId: source.sourceId, secret: null });
    await expect(rotate).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (const table of ['sources', 'source_secrets', 'deliveries']) {
      expect(await world.rowsFor(rival, `select 1 from sales.${table} where brand_id = '${brandId}'`)).toEqual([]);
    }
    expect(await world.rowsFor(own, 'select 1 from sales.source_secrets')).toEqual([]);
  });
});
