import { SendMessage } from '@evenhand/messages';
import { randomUUID } from 'node:crypto';
import type { Someone } from '../../../test/support/deal-world';
import { MailServer, parseMail } from '../../../test/support/mail-server';
import { notificationsWorld, type NotificationsWorld } from '../../../test/support/notifications-world';
import { SendEmail, Unsubscribe, WatchEmails } from './index';

let server: MailServer;
let tests: NotificationsWorld;
let world: NotificationsWorld['world'];
let brand: Someone;
let influencer: Someone;
let dealId: string;

beforeAll(async () => {
  server = await MailServer.open();
  tests = await notificationsWorld({ smtpUrl: server.url, mailFrom: 'Evenhand <hi@evenhand.test>' });
  ({ world, brand, influencer } = tests);
  dealId = await tests.newDeal();
  await tests.settle();
}, 60_000);
afterEach(async () => {
  server.refusal = null;
  await tests.settle();
  server.received.length = 0;
});
afterAll(async () => {
  await tests.close();
  await server.close();
});

const write = async (who: Someone, text = 'The code of the door is 1234') => {
  const command = { actor: await world.actor(who), dealId, partyId: null, text, idempotencyKey: randomUUID() };
  await world.get(SendMessage).execute(command);
  await tests.work();
};
const latestOf = async (who: Someone) => (await tests.emailsOf(who)).at(-1);
const sentTo = async (who: Someone) => {
  const { rows } = await tests.owner.query('select email from identity.users where id = $1', [who.userId]);
  return server.received.filter(({ to }) => to[0] === rows[0]?.email);
};

describe('an e-mail', () => {
  it('waits a while for its reader, then leaves once, without what was written', async () => {
    await write(brand);
    expect(await tests.send()).toBe(0);
    tests.clock.advanceMinutes(2);
    expect(await tests.send()).toBe(2);
    expect(await tests.send()).toBe(0);
    const [received, ...none] = await sentTo(influencer);
    expect(none).toEqual([]);
    const { subject, text, html } = await parseMail(received?.raw ?? '');
    expect(subject).toMatch(/^New message about “/);
    expect(`${text}${html}`).not.toContain('1234');
    expect(await latestOf(influencer)).toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('is not sent where the notification was read meanwhile', async () => {
    await write(brand);
    const [told] = await tests.told(influencer);
    await tests.read(influencer, [told?.notification.notificationId ?? '']);
    tests.clock.advanceMinutes(2);
    await tests.send();
    expect(await sentTo(influencer)).toEqual([]);
    expect(await latestOf(influencer)).toMatchObject({ state: 'skipped' });
  });

  it('is one for many messages, and says how many', async () => {
    for (let place = 0; place < 5; place += 1) await write(brand);
    tests.clock.advanceMinutes(2);
    await tests.send();
    await write(brand);
    tests.clock.advanceMinutes(2);
    await tests.send();
    const [received, ...none] = await sentTo(influencer);
    expect(none).toEqual([]);
    expect((await parseMail(received?.raw ?? '')).subject).toMatch(/^5 new messages/);
  });

  it('is tried again where the server is busy, until it takes it', async () => {
    server.refusal = 451;
    await write(brand);
    tests.clock.advanceMinutes(2);
    await tests.send();
    expect(await latestOf(influencer)).toMatchObject({
      state: 'pending',
      attempts: 1,
      last_error: expect.stringContaining('451'),
    });
    expect(await tests.send()).toBe(0);
    server.refusal = null;
    tests.clock.advanceMinutes(1);
    expect(await tests.send()).toBe(2);
    expect(await latestOf(influencer)).toMatchObject({ state: 'sent', attempts: 2, last_error: null });
  });

  it('fails where the server will never take it, and where it was busy for a day; both are seen', async () => {
    server.refusal = 550;
    await write(brand);
    tests.clock.advanceMinutes(2);
    await tests.send();
    expect(await latestOf(influencer)).toMatchObject({
      state: 'failed',
      attempts: 1,
      last_error: expect.stringContaining('550'),
    });
    expect((await tests.told(influencer))[0]?.notification.emailState).toBe('failed');
    await tests.settle();
    server.refusal = 421;
    await write(brand);
    for (let attempt = 0; attempt < 8; attempt += 1) {
      tests.clock.advanceDays(1);
      await tests.send();
    }
    expect(await latestOf(influencer)).toMatchObject({ state: 'failed', attempts: 8 });
    expect(await world.get(WatchEmails).backlog()).toMatchObject({ pending: 0, failed: 4 });
  });

  it('leaves once though several workers have its job, and again where one was killed', async () => {
    await write(brand);
    tests.clock.advanceMinutes(2);
    const [notificationId = ''] = await world.get(WatchEmails).due(1);
    const send = () => world.get(SendEmail).execute({ notificationId });
    await Promise.all([send(), send(), send()]);
    expect(server.received).toHaveLength(1);
    // As a worker leaves it that dies before it says what came of it.
    await tests.owner.query(
      `update notifications.emails set state = 'pending', decided_at = null, due_at = $2 where notification_id = $1`,
      [notificationId, new Date(tests.clock.now().getTime() + 120_000)],
    );
    await send();
    expect(server.received).toHaveLength(1);
    tests.clock.advanceMinutes(2);
    await send();
    const ids = await Promise.all(server.received.map(async ({ raw }) => (await parseMail(raw)).headers['message-id']));
    expect(ids).toEqual([`<${notificationId}@evenhand.test>`, `<${notificationId}@evenhand.test>`]);
  });

  it('goes no more to an agency whose mandate ended while it waited', async () => {
    const former = await world.signUpAgency('Former');
    const cut = { of: 'gross', share: '0.1' } as const;
    const cuts = { cash: cut, note_commission: cut, livestream_commission: cut };
    const { mandateId } = await world.mandate(former, influencer, cuts);
    await tests.settle();
    await write(brand);
    expect(await tests.kinds(former)).toEqual(['message_received']);
    await world.endMandate(former, mandateId);
    tests.clock.advanceMinutes(2);
    await tests.send();
    expect(await sentTo(former)).toEqual([]);
    expect((await sentTo(influencer)).length).toBe(1);
  });

  it('goes to nobody whose account was shut', async () => {
    const gone = await world.signUpBrand('Gone');
    await tests.record('parties.member_invited', gone.partyId, {});
    await tests.work();
    await tests.owner.query('update identity.users set disabled_at = now() where id = $1', [gone.userId]);
    tests.clock.advanceMinutes(2);
    await tests.send();
    expect([(await sentTo(gone)).length, (await latestOf(gone))?.['state']]).toEqual([0, 'skipped']);
  });

  it('has a way out that works without signing in, for its group and reader alone', async () => {
    await write(brand);
    tests.clock.advanceMinutes(2);
    await tests.send();
    const { headers } = await parseMail((await sentTo(influencer))[0]?.raw ?? '');
    const link = new URL(/<(.+)>/.exec(headers['list-unsubscribe'] ?? '')?.[1] ?? '');
    const token = link.searchParams.get('token') ?? '';
    const unsubscribe = world.get(Unsubscribe);
    const forged = [token.replace('messages', 'bids'), token.replace('messages', 'security'), `${token}x`, '', '~~'];
    for (const one of forged) expect([unsubscribe.isOurs(one), await unsubscribe.execute(one)]).toEqual([false, false]);
    await tests.settle();
    server.received.length = 0;
    await write(brand);
    // Also where an e-mail was waiting already.
    expect(await unsubscribe.execute(token)).toBe(true);
    tests.clock.advanceMinutes(2);
    await tests.send();
    expect([(await sentTo(influencer)).length, server.received.length]).toEqual([0, 1]);
    expect(await tests.unread(influencer)).toBe(1);
  });
});
