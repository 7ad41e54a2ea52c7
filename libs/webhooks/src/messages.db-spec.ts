import { randomUUID } from 'node:crypto';
import { EndMandate } from '@evenhand/parties';
import { Webhook } from 'standardwebhooks';
import { eventually } from '../../../test/support/eventually';
import { webhooksWorld, type WebhooksWorld } from '../../../test/support/webhooks/webhooks-world';
import { WatchMessages } from './index';
import { PLAIN_END } from '../../../test/support/mandate-samples';

let world: WebhooksWorld;
beforeAll(async () => {
  world = await webhooksWorld();
});
afterAll(() => world.end());
afterEach(() => {
  world.receiver.received.length = 0;
  world.receiver.script = () => ({ status: 200 });
});

const sell: WebhooksWorld['sell'] = (...sale) => world.sell(...sale);
const toldOfSale: WebhooksWorld['toldOfSale'] = () => world.toldOfSale();

describe('an event', () => {
  it('becomes one message of each endpoint that wants it, however often its job runs', async () => {
    const brand = await world.signUpBrand();
    const [all, sales, deals] = [
      (await world.register(brand, ['*'])).endpoint,
      (await world.register(brand, ['sale.recorded'])).endpoint,
      (await world.register(brand, ['deal.*'])).endpoint,
    ];
    await sell(brand.partyId, undefined, 3);
    expect(await world.log(brand, all)).toMatchObject([{ type: 'sale.recorded', state: 'pending', attempts: [] }]);
    expect(await world.log(brand, sales)).toHaveLength(1);
    expect(await world.log(brand, deals)).toEqual([]);
  });

  it('becomes a message of each sale that it tells of', async () => {
    const brand = await world.signUpBrand();
    const { endpoint } = await world.register(brand);
    await sell(brand.partyId, undefined, 3, 5);
    await world.deliver(endpoint);
    const told = world.receiver.received.map(({ body }) => JSON.parse(body).data.saleId);
    expect([told.length, new Set(told).size]).toEqual([5, 5]);
  });

  it('makes no job where nobody wants it', async () => {
    const brand = await world.signUpBrand();
    await world.register(brand, ['deal.*']);
    await sell(brand.partyId);
    await sell(randomUUID());
    const kept = await world.rows<{ type: string }>(
      `select type from platform.outbox o where type = 'sales.sales_recorded' and payload ->> 'brandId' = $1
         and exists (select from platform.outbox_deliveries d where d.event_id = o.event_id)`,
      [brand.partyId],
    );
    expect(kept).toEqual([]);
  });

  it('that makes no sense fails alone, and holds up no other', async () => {
    const brand = await world.signUpBrand();
    const { endpoint } = await world.register(brand);
    const sales = [{ currency: 'ZZZ', baseMinor: '1' }];
    const nonsense = { brandId: brand.partyId, influencerId: 'nobody', sales };
    await expect(world.record('sales.sales_recorded', nonsense)).rejects.toThrow();
    await sell(brand.partyId);
    expect(await world.log(brand, endpoint)).toHaveLength(1);
  });

  it('is told to its own parties and who represents them now, and to no rival', async () => {
    const [brand, rival] = [await world.signUpBrand(), await world.signUpBrand()];
    const [influencer, other] = [await world.signUpInfluencer(), await world.signUpInfluencer()];
    const [agency, foreign] = [await world.signUpAgency(), await world.signUpAgency()];
    await world.mandate(agency, influencer);
    await world.mandate(foreign, other);
    const everybody = [brand, rival, influencer, other, agency, foreign];
    const endpoints = await Promise.all(everybody.map(async (party) => (await world.register(party)).endpoint));
    await sell(brand.partyId, influencer.partyId);
    const logs = await Promise.all(everybody.map((party, n) => world.log(party, endpoints[n]!)));
    expect(logs.map((log) => log.length)).toEqual([1, 0, 1, 0, 1, 0]);
    await world.record('payouts.item_paid', { ...paid, partyId: influencer.partyId, itemId: randomUUID() });
    const later = await Promise.all(everybody.map((party, n) => world.log(party, endpoints[n]!)));
    expect(later.map((log) => log.length)).toEqual([1, 0, 2, 0, 2, 0]);
  });

  it('is no longer told to an agency, nor shown, once its mandate has ended', async () => {
    const [influencer, agency] = [await world.signUpInfluencer(), await world.signUpAgency()];
    const { mandateId } = await world.mandate(agency, influencer);
    const { endpoint } = await world.register(agency);
    await sell(randomUUID(), influencer.partyId);
    await world.test(agency, endpoint);
    expect(await world.log(agency, endpoint)).toHaveLength(2);
    const actor = await world.actorOf(agency);
    await world.get(EndMandate).execute({ actor, mandateId, ...PLAIN_END });
    world.advance({ seconds: 1 });
    for (let run = 0; run < 2; run += 1) await world.deliver(endpoint);
    expect(world.receiver.received.map(({ body }) => JSON.parse(body).type)).toEqual(['webhook.test']);
    expect(await world.log(agency, endpoint)).toMatchObject([{ type: 'webhook.test' }]);
    const [kept] = await world.rows<object>(
      `select state, reason from webhooks.messages where endpoint_id = $1 and represented_id is not null`,
      [endpoint.endpointId],
    );
    expect(kept).toEqual({ state: 'failed', reason: 'mandate_ended' });
  });
});

const paid = {
  batchId: randomUUID(),
  currency: 'JPY',
  amountMinor: '12000',
  endToEndId: 'EH1',
  state: 'paid',
  reason: null,
  paidAt: '2026-02-28T10:00:00.000Z',
  bankReference: 'bank 1',
  occurredAt: '2026-02-28T11:00:00.000Z',
};

describe('a message', () => {
  it('is the same bytes under the same id each time, signed anew', async () => {
    const { brand, endpoint, secret, message } = await toldOfSale();
    world.receiver.script = (_received, number) => ({ status: number === 1 ? 500 : 200 });
    expect(await world.deliver(endpoint)).toEqual({ arrived: 0 });
    expect(await world.deliver(endpoint)).toEqual({ arrived: 0 });
    world.advance({ seconds: 6 });
    expect(await world.deliver(endpoint)).toEqual({ arrived: 1 });
    const [first, second, ...none] = world.receiver.received;
    expect(none).toEqual([]);
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    for (const { headers, body } of world.receiver.received) {
      const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
      expect(headers['webhook-signature']).toBe(new Webhook(secret).sign(headers['webhook-id'] ?? '', at, body));
    }
    expect(Number(second?.headers['webhook-timestamp']) - Number(first?.headers['webhook-timestamp'])).toBe(6);
    expect(JSON.parse(first?.body ?? '')).toMatchObject({
      type: 'sale.recorded',
      version: 1,
      data: {
        kind: 'NOTE_COMMISSION',
        base: { amount: '123.45', currency: 'EUR' },
        commission: { amount: '12.35', currency: 'EUR' },
      },
    });
    expect(await world.log(brand, endpoint)).toMatchObject([
      {
        messageId: message.messageId,
        state: 'delivered',
        nextAttemptAt: null,
        attempts: [
          { number: 2, status: 200, error: null },
          { number: 1, status: 500, error: 'refused' },
        ],
      },
    ]);
  });

  it('is given up after ten failures, and with it an endpoint where nothing arrived meanwhile', async () => {
    const { brand, endpoint } = await toldOfSale();
    // Neither is a status that there is, nor a text that could be stored.
    world.receiver.script = () => ({ status: 999, body: 'out of\u0000order' });
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await world.deliver(endpoint);
      world.advance({ hours: 27 });
    }
    const [message] = await world.log(brand, endpoint, 'failed');
    expect(message).toMatchObject({
      reason: 'exhausted',
      attempts: Array.from({ length: 10 }, () => ({ excerpt: 'out of order' })),
    });
    expect(await world.endpointsOf(brand)).toMatchObject([{ state: 'disabled', stateReason: 'failing' }]);
    await sell(brand.partyId);
    expect(await world.log(brand, endpoint)).toHaveLength(1);
  });

  it('does not disable an endpoint at which others arrive', async () => {
    const { brand, endpoint } = await toldOfSale();
    const failing = (received: { body: string }) => received.body.includes('#1001');
    world.receiver.script = (received) => ({ status: failing(received) ? 500 : 200 });
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await world.test(brand, endpoint);
      for (let run = 0; run < 2; run += 1) await world.deliver(endpoint);
      world.advance({ hours: 27 });
    }
    expect(await world.log(brand, endpoint, 'failed')).toMatchObject([{ reason: 'exhausted' }]);
    expect(await world.log(brand, endpoint, 'delivered')).toHaveLength(10);
    expect(await world.endpointsOf(brand)).toMatchObject([{ state: 'enabled' }]);
  });

  it('disables an endpoint that is gone, with everything that was to come', async () => {
    const { brand, endpoint } = await toldOfSale();
    await sell(brand.partyId);
    world.receiver.script = () => ({ status: 410 });
    await world.deliver(endpoint);
    expect(world.receiver.received).toHaveLength(1);
    expect(await world.endpointsOf(brand)).toMatchObject([{ state: 'disabled', stateReason: 'gone' }]);
    const told = await world.rows<object>(
      `select payload from platform.outbox where type = 'webhooks.endpoint_disabled' and subject_id = $1`,
      [endpoint.endpointId],
    );
    const payload = { endpointId: endpoint.endpointId, partyId: brand.partyId, reason: 'gone' };
    expect(told).toEqual([{ payload }]);
    const log = await world.log(brand, endpoint, 'failed');
    expect(log.map(({ reason }) => reason).sort()).toEqual(['endpoint_disabled', 'gone']);
    expect(await world.get(WatchMessages).endpointsWithDue(100)).not.toContain(endpoint.endpointId);
  });

  it('is sent again where its worker was killed, whose late answer changes nothing', async () => {
    const { brand, endpoint, message } = await toldOfSale();
    // The first attempt's answer comes when the second one is over.
    let answerFirst = (): void => undefined;
    const late = new Promise<void>((resolve) => (answerFirst = resolve));
    const arrived = new Promise<void>((resolve) => {
      world.receiver.script = async (_received, number) => {
        resolve();
        if (number === 1) await late;
        return { status: number === 1 ? 500 : 200 };
      };
    });
    const killed = world.deliver(endpoint);
    await arrived;
    expect(await world.deliver(endpoint)).toEqual({ arrived: 0 });
    world.advance({ seconds: 61 });
    expect(await world.deliver(endpoint)).toEqual({ arrived: 1 });
    expect(await world.log(brand, endpoint)).toMatchObject([{ attempts: [{ error: null }, { error: 'interrupted' }] }]);
    answerFirst();
    await killed;
    expect(await world.log(brand, endpoint)).toMatchObject([{ messageId: message.messageId, state: 'delivered' }]);
  });

  it('is not taken from the worker that has it now by the late failure of one before', async () => {
    const { endpoint } = await world.toldOfSale();
    const answers: (() => void)[] = [];
    const begun = (count: number) =>
      eventually(
        async () => answers.length,
        (length) => length === count,
      );
    world.receiver.script = () => new Promise((resolve) => answers.push(() => resolve({ status: 500 })));
    const first = world.deliver(endpoint);
    await begun(1);
    world.advance({ seconds: 61 });
    const second = world.deliver(endpoint);
    await begun(2);
    answers[0]?.();
    await first;
    world.advance({ seconds: 30 });
    expect(await world.deliver(endpoint)).toEqual({ arrived: 0 });
    expect(world.receiver.received).toHaveLength(2);
    answers[1]?.();
    await second;
  });

  it('goes out once, though two workers have the same job', async () => {
    const { brand, endpoint } = await toldOfSale();
    for (let sales = 0; sales < 9; sales += 1) await sell(brand.partyId);
    const both = await Promise.all([world.deliver(endpoint), world.deliver(endpoint)]);
    expect(both.reduce((sum, { arrived }) => sum + arrived, 0)).toBe(10);
    expect(world.receiver.received).toHaveLength(10);
  });

  it('holds up no more than one attempt of an endpoint that does not answer well', async () => {
    const { brand, endpoint } = await toldOfSale();
    for (let sales = 0; sales < 9; sales += 1) await sell(brand.partyId);
    world.receiver.script = () => ({ status: 500 });
    await world.deliver(endpoint);
    expect(world.receiver.received).toHaveLength(1);
    world.receiver.script = (_received, number) => ({ status: number === 6 ? 500 : 200 });
    await world.deliver(endpoint);
    // Those that were under way beside the one that failed end as they end.
    expect(world.receiver.received.length).toBeLessThan(10);
  });
});
