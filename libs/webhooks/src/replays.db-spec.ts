import { Webhook } from 'standardwebhooks';
import { webhooksWorld, type WebhooksWorld } from '../../../test/support/webhooks/webhooks-world';
import { DisableEndpoint, ForgetMessages, WatchMessages } from './index';

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

describe('a secret that was rotated', () => {
  it('signs beside the new one for a day', async () => {
    const { brand, endpoint, secret } = await toldOfSale();
    const rotated = await world.rotate(brand, endpoint);
    await world.deliver(endpoint);
    world.advance({ hours: 25 });
    await world.test(brand, endpoint);
    await world.deliver(endpoint);
    expect(signersOf([secret, rotated.secret])).toEqual([
      [true, true],
      [false, true],
    ]);
  });

  it('signs no more at once where it leaked', async () => {
    const { brand, endpoint, secret } = await toldOfSale();
    const second = await world.rotate(brand, endpoint);
    const third = await world.rotate(brand, endpoint, true);
    await world.deliver(endpoint);
    expect(signersOf([secret, second.secret, third.secret])).toEqual([[false, false, true]]);
  });

  /** Which of the secrets signed what was received. */
  function signersOf(secrets: readonly string[]) {
    return world.receiver.received.map(({ headers, body }) => {
      const [id = '', at] = [headers['webhook-id'], new Date(Number(headers['webhook-timestamp']) * 1_000)];
      const signatures = headers['webhook-signature']?.split(' ') ?? [];
      return secrets.map((secret) => signatures.includes(new Webhook(secret).sign(id, at, body)));
    });
  }
});

describe('a replay', () => {
  it('sends what was delivered once more under its id, however often it is asked for', async () => {
    const { brand, endpoint, message } = await toldOfSale();
    await world.deliver(endpoint);
    expect(await world.replay(brand, endpoint, message.messageId)).toEqual({ replayed: 1 });
    expect(await world.replay(brand, endpoint, message.messageId)).toEqual({ replayed: 0 });
    await world.deliver(endpoint);
    const [first, second, ...none] = world.receiver.received;
    expect([second?.body, second?.headers['webhook-id'], none]).toEqual([
      first?.body,
      first?.headers['webhook-id'],
      [],
    ]);
  });

  it('sends what failed since an instant, after the endpoint was enabled again', async () => {
    const { brand, endpoint, message } = await toldOfSale();
    world.advance({ hours: 1 });
    const since = world.clock.now();
    await sell(brand.partyId);
    const { endpointId } = endpoint;
    await world.get(DisableEndpoint).execute({ actor: await world.actorOf(brand), endpointId });
    for (const refused of [
      world.replayFailed(brand, endpoint, since),
      world.replay(brand, endpoint, message.messageId),
      world.test(brand, endpoint),
    ]) {
      await expect(refused).rejects.toMatchObject({ code: 'ENDPOINT_DISABLED' });
    }
    await world.enable(brand, endpoint);
    expect(await world.deliver(endpoint)).toEqual({ arrived: 0 });
    expect(await world.replayFailed(brand, endpoint, since)).toEqual({ replayed: 1 });
    expect(await world.replayFailed(brand, endpoint, since)).toEqual({ replayed: 0 });
    expect(await world.deliver(endpoint)).toEqual({ arrived: 1 });
    expect(await world.log(brand, endpoint, 'failed')).toMatchObject([{ messageId: message.messageId }]);
  });

  it('is of one’s own messages alone', async () => {
    const [{ brand, endpoint }, rival] = [await toldOfSale(), await toldOfSale()];
    const foreign = world.replay(brand, endpoint, rival.message.messageId);
    await expect(foreign).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is over once the message is forgotten, of which the log stays', async () => {
    const { brand, endpoint, message } = await toldOfSale();
    world.receiver.script = () => ({ status: 200, body: 'thanks' });
    await world.deliver(endpoint);
    const forget = () => world.get(ForgetMessages).execute({ now: world.clock.now(), limit: 1_000 });
    world.advance({ days: 29 });
    await forget();
    expect(await world.log(brand, endpoint)).toMatchObject([{ body: message.body, attempts: [{ excerpt: 'thanks' }] }]);
    world.advance({ days: 2 });
    expect(await forget()).toBeGreaterThan(0);
    const forgotten = { body: null, state: 'delivered', attempts: [{ status: 200, excerpt: null }] };
    expect(await world.log(brand, endpoint)).toMatchObject([forgotten]);
    await expect(world.replay(brand, endpoint, message.messageId)).rejects.toMatchObject({ code: 'MESSAGE_FORGOTTEN' });
  });
});

it('is counted while it is to be sent, and once it failed', async () => {
  const before = await world.get(WatchMessages).backlog();
  const { brand, endpoint } = await toldOfSale();
  expect(await world.get(WatchMessages).backlog()).toMatchObject({ pending: before.pending + 1 });
  expect(await world.get(WatchMessages).endpointsWithDue(100)).toContain(endpoint.endpointId);
  await world.get(DisableEndpoint).execute({ actor: await world.actorOf(brand), endpointId: endpoint.endpointId });
  expect(await world.get(WatchMessages).backlog()).toMatchObject({ failed: before.failed + 1 });
});
