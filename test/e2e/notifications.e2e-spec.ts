import {
  createTestDatabase,
  describeWithRedis,
  startTestRedis,
  type TestDatabase,
  type TestRedis,
} from '@evenhand/testing';
import { Redis } from 'ioredis';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { eventually } from '../support/eventually';
import type { GraphqlClient } from '../support/graphql-client';
import { Journey } from '../support/journey/journey';
import { type ParsedMail, parseMail } from '../support/mail-server';
import { type RunningProduct, startProduct } from '../support/running-product';

const LIST = `query ($unreadOnly: Boolean, $language: Language) {
  unreadNotifications
  notifications(unreadOnly: $unreadOnly, language: $language) {
    totalCount
    edges { cursor node { id kind group readAt count objectId campaignId dealId actorName title body email } }
  }
}`;
const SIGN_UP = { password: 'a long test password', displayName: 'Me', country: 'FR' };

interface SignedUp {
  readonly signUpInfluencer: { readonly viewer: { readonly locale: string } };
}

let database: TestDatabase;
let product: RunningProduct;
let dataDirectory: string;
let owner: Client;

async function begin(options: { readonly redisUrl?: string; readonly demoWorld?: boolean }): Promise<void> {
  database = await createTestDatabase();
  dataDirectory = mkdtempSync(join(tmpdir(), 'evenhand-notified-'));
  owner = new Client({ connectionString: database.url });
  await owner.connect();
  product = await startProduct({ databaseUrl: database.url, ...options, env: { DATA_DIR: dataDirectory } });
}

async function end(): Promise<void> {
  await product?.stop();
  await owner?.end();
  await database?.drop();
  rmSync(dataDirectory, { recursive: true, force: true });
}

/** What waits for its readers leaves now. */
async function letEmailsLeave(): Promise<void> {
  await owner.query(`update notifications.emails set due_at = now() where state = 'pending'`);
}

async function emailsTo(address: string): Promise<readonly ParsedMail[]> {
  const folder = join(dataDirectory, 'mail');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.eml')) : [];
  const mails = await Promise.all(names.map((name) => parseMail(readFileSync(join(folder, name), 'utf8'))));
  return mails.filter(({ headers }) => headers['to']?.includes(address));
}

const unreadOf = async (client: GraphqlClient): Promise<number> => (await client.ask(LIST)).unreadNotifications;

describe('a bid over HTTP', () => {
  let journey: Journey;
  let brandEmail: string;

  beforeAll(async () => {
    await begin({ demoWorld: true });
    journey = new Journey(product);
    await journey.gather();
    await journey.publishBrief();
    const { me } = await journey.people.brand.ask('{ me { email } }');
    brandEmail = me.email;
  }, 120_000);

  afterAll(end);

  it('raises what the brand has not read, and no rival’s', async () => {
    const { brand, rival } = journey.people;
    const [before, others] = [await unreadOf(brand), await unreadOf(rival)];
    await journey.findAndBid();
    await eventually(
      () => unreadOf(brand),
      (unread) => unread > before,
    );
    const { notifications } = await brand.ask(LIST, { unreadOnly: true });
    expect(notifications.edges[0].node).toMatchObject({
      kind: 'BID_SUBMITTED',
      group: 'BIDS',
      readAt: null,
      count: 1,
      objectId: expect.stringMatching(/^bid_/),
      campaignId: expect.stringMatching(/^campaign_/),
      title: expect.stringContaining('New bid from'),
      email: 'PENDING',
    });
    const inFrench = await brand.ask(LIST, { language: 'FR' });
    expect(inFrench.notifications.edges[0].node.title).toContain('Nouvelle candidature');
    expect(await unreadOf(rival)).toBe(others);
  });

  it('is in the folder as an e-mail that leads to it and has a way out', async () => {
    await letEmailsLeave();
    const [mail] = await eventually(
      () => emailsTo(brandEmail),
      (mails) => mails.length > 0,
    );
    expect(mail?.subject).toContain('New bid from');
    expect(mail?.text).toContain('/?open=bid_');
    const { notifications } = await journey.people.brand.ask(LIST);
    expect(notifications.edges[0].node.email).toBe('SENT');
    const link = new URL(/<(.+)>/.exec(mail?.headers['list-unsubscribe'] ?? '')?.[1] ?? '');
    const url = `${product.url}${link.pathname}${link.search}`;
    const page = await fetch(url, { headers: { 'accept-language': 'ja' } });
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<html lang="ja">')]);
    const bidsByEmail = async () => {
      const { notificationPreferences } = await journey.people.brand.ask(
        '{ notificationPreferences { group inProduct email mayChange } }',
      );
      return notificationPreferences.find(({ group }: { group: string }) => group === 'BIDS');
    };
    expect(await bidsByEmail()).toMatchObject({ email: true });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const oneClick = await fetch(url, { method: 'POST', headers, body: 'List-Unsubscribe=One-Click' });
    expect(oneClick.status).toBe(200);
    expect(await bidsByEmail()).toEqual({ group: 'BIDS', inProduct: true, email: false, mayChange: true });
    expect((await fetch(`${url}x`, { method: 'POST', headers, body: '' })).status).toBe(404);
    expect((await fetch(`${product.url}/unsubscribe`)).status).toBe(404);
  });

  it('is read by its id or by a cursor, by its reader alone', async () => {
    const { brand, rival } = journey.people;
    const { notifications, unreadNotifications } = await brand.ask(LIST, { unreadOnly: true });
    const [{ cursor, node }] = notifications.edges;
    const document =
      'mutation ($input: MarkNotificationsReadInput!) { markNotificationsRead(input: $input) { unreadNotifications } }';
    const foreign = await rival.send(document, { input: { notificationIds: [node.id] } });
    expect(foreign.errors[0]?.extensions.code).toBe('NOT_FOUND');
    const one = await brand.ask(document, { input: { notificationIds: [node.id] } });
    expect(one.markNotificationsRead.unreadNotifications).toBe(unreadNotifications - 1);
    const all = await brand.ask(document, { input: { throughCursor: cursor } });
    expect(all.markNotificationsRead.unreadNotifications).toBe(0);
    const nothing = await brand.send(document, { input: {} });
    expect(nothing.errors[0]?.extensions.code).toBe('INVALID_INPUT');
  });

  it('is told in the language that somebody chooses', async () => {
    const { brand } = journey.people;
    const change = 'mutation { changeLanguage(input: { language: ZH_HANS }) { locale } }';
    expect((await brand.ask(change)).changeLanguage.locale).toBe('zh-Hans');
    expect((await brand.ask(LIST)).notifications.edges[0].node.title).toContain('提交了新的报名');
    const off = { group: 'SECURITY', email: false };
    const refused = await brand.mutate('setNotificationPreference', 'NotificationPreferences', off, '__typename');
    expect(refused).toMatchObject({ __typename: 'SecurityNoticesStayOn', code: 'SECURITY_NOTICES_STAY_ON' });
  });

  it('leaves nothing waiting in the metrics', async () => {
    const text = await (await fetch(`${product.url}/metrics`)).text();
    expect(text).toContain('evenhand_emails{state="failed"} 0');
    expect(text).toMatch(/evenhand_email_lag_seconds \d/);
  });
});

describe('somebody who signs up', () => {
  beforeAll(() => begin({}), 60_000);
  afterAll(end);

  it('is written to in the language of their browser, or the one they say', async () => {
    const signUp = async (email: string, more: object, acceptLanguage: string) => {
      const query = `mutation ($input: SignUpInfluencerInput!) { signUpInfluencer(input: $input) {
        ... on SignedIn { viewer { locale } } } }`;
      const response = await fetch(`${product.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-language': acceptLanguage },
        body: JSON.stringify({ query, variables: { input: { ...SIGN_UP, email, ...more } } }),
      });
      const { data } = (await response.json()) as { data: SignedUp };
      return data.signUpInfluencer.viewer.locale;
    };
    expect(await signUp('fr@example.com', {}, 'de;q=0.9, fr-CA, en;q=0.5')).toBe('fr');
    expect(await signUp('de@example.com', {}, 'de')).toBe('en');
    expect(await signUp('ja@example.com', { locale: 'ja-JP' }, 'fr')).toBe('ja-JP');
  });
});

describeWithRedis('a notice, jobs in Redis', () => {
  let redis: TestRedis;

  beforeAll(async () => {
    redis = await startTestRedis();
    await begin({ redisUrl: redis.url });
  }, 60_000);

  afterAll(async () => {
    await end();
    await redis?.stop();
  });

  it('outlives a killed worker and a flushed Redis', async () => {
    await product.stopWorker('SIGKILL');
    const client = product.client();
    const person = { ...SIGN_UP, email: 'me@example.com' };
    const { viewer } = await client.succeed('signUpInfluencer', 'SignedIn', person, 'viewer { influencer { id } }');
    const account = { partyId: viewer.influencer.id, currency: 'EUR', country: 'FR', holder: 'Me' };
    const iban = 'FR7630006000011234567890189';
    await client.succeed('setPayoutAccount', 'PayoutAccount', { ...account, iban }, 'id');
    await product.startWorker();
    await eventually(
      () => unreadOf(client),
      (unread) => unread === 1,
    );
    await product.stopWorker('SIGKILL');
    await owner.query(
      `update notifications.emails set state = 'pending', attempts = 0, decided_at = null, due_at = now()`,
    );
    rmSync(join(dataDirectory, 'mail'), { recursive: true, force: true });
    const connection = new Redis(redis.url);
    await connection.flushall();
    await connection.quit();
    await product.startWorker();
    const [mail] = await eventually(
      () => emailsTo('me@example.com'),
      (mails) => mails.length > 0,
    );
    expect(mail?.subject).toBe('The payout account of Me was changed');
    expect(`${mail?.text}${mail?.html}`).not.toContain('0189');
    expect(mail?.headers['list-unsubscribe']).toBeUndefined();
  }, 60_000);
});
