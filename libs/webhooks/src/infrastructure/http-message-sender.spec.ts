import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Settings } from '@evenhand/platform';
import { Webhook } from 'standardwebhooks';
import { Receiver } from '../../../../test/support/webhooks/receiver';
import { HttpMessageSender } from './http-message-sender';
import { post } from './post';
import { NameLookup, PublicAddresses } from './public-addresses';
import { failureOf, plainExcerpt, retryAfterMs } from './read-answer';

const MESSAGE_ID = '0198c0de-0000-7000-8000-000000000001';

/** A name server that says something else each time. */
class ChangingLookup extends NameLookup {
  readonly answers: string[][] = [];

  override async addressesOf(): Promise<readonly string[]> {
    return this.answers.shift() ?? [];
  }
}

let receiver: Receiver;
const lookup = new ChangingLookup();
const senderOf = (allowLocalWebhooks: boolean) =>
  new HttpMessageSender(new PublicAddresses(lookup, { allowLocalWebhooks } as Settings));
const sender = senderOf(true);
const secret = sender.newSecret();

beforeEach(async () => {
  receiver = await Receiver.open();
});
afterEach(() => receiver.close());

function send(url: string, by = sender, secrets: readonly string[] = [secret]) {
  return by.send({ messageId: MESSAGE_ID, url, secrets, body: '{"type":"webhook.test"}', at: new Date() });
}

describe('a message on its way', () => {
  it('carries what the standard asks for, and is signed with every secret that is valid', async () => {
    const old = sender.newSecret();
    const outcome = await send(receiver.url('/in?shop=1'), sender, [secret, old]);
    expect(outcome).toMatchObject({ status: 200, error: null, excerpt: '' });
    const [got] = receiver.received;
    expect(got).toMatchObject({ path: '/in?shop=1', body: '{"type":"webhook.test"}' });
    expect(got?.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': '23',
      'webhook-id': 'msg_01k30dw000e008000000000001',
    });
    for (const known of [secret, old])
      expect(new Webhook(known).verify(got?.body ?? '', got?.headers ?? {})).toBeDefined();
    expect(() => new Webhook(sender.newSecret()).verify(got?.body ?? '', got?.headers ?? {})).toThrow();
  });

  it('follows no redirect: nobody checked that place', async () => {
    receiver.script = ({ path }) => ({
      status: path === '/in' ? 307 : 200,
      headers: { location: receiver.url('/other') },
    });
    expect(await send(receiver.url('/in'))).toMatchObject({ status: 307, error: 'redirected' });
    expect(receiver.received).toHaveLength(1);
  });

  it.each([
    [200, null],
    [204, null],
    [404, 'refused'],
    [410, 'gone'],
    [500, 'refused'],
  ])('that is answered with %d ends as %p', async (status, error) => {
    receiver.script = () => ({ status });
    expect(await send(receiver.url())).toMatchObject({ status, error });
  });

  it('tells how long a busy receiver wants to be left alone', async () => {
    receiver.script = () => ({ status: 503, headers: { 'retry-after': '120' } });
    expect(await send(receiver.url())).toMatchObject({ status: 503, retryAfterMs: 120_000 });
  });

  it('keeps the beginning of an answer, as plain text', async () => {
    receiver.script = () => ({ status: 400, body: `no\u0000 \u202Ethanks\r\n${'😀'.repeat(40_000)}` });
    const { excerpt } = await send(receiver.url());
    expect(excerpt).toMatch(/^no {2,3}thanks 😀+$/u);
    expect([...(excerpt ?? '')]).toHaveLength(500);
  });

  it('is told by name why there was no answer', async () => {
    const { port } = receiver;
    expect(await send(`https://127.0.0.1:${port}/`)).toMatchObject({ status: null, error: 'tls_failed' });
    await receiver.close();
    expect(await send(`http://127.0.0.1:${port}/`)).toMatchObject({ status: null, error: 'connection_failed' });
    expect(await send('http://nowhere/')).toMatchObject({ error: 'name_not_found' });
    receiver = await Receiver.open();
  });

  it('is given up after a while, without an answer or with an endless one', async () => {
    receiver.script = () => null;
    const silent = AbortSignal.timeout(50);
    const sent = (url: string, signal: AbortSignal) =>
      post({ url: new URL(url), addresses: ['127.0.0.1'], headers: {}, body: '', signal });
    const error: unknown = await sent(receiver.url(), silent).catch((reason: unknown) => reason);
    expect(failureOf(error, silent)).toBe('timeout');
    const endless = createServer((_request, response) => void response.writeHead(200).write('a')).listen(0);
    try {
      const { port } = endless.address() as AddressInfo;
      const answer = await sent(`http://127.0.0.1:${port}/`, AbortSignal.timeout(50));
      expect([answer.status, answer.body.toString()]).toEqual([200, 'a']);
    } finally {
      endless.closeAllConnections();
      endless.close();
    }
  });
});

describe('a message to a place that is not public', () => {
  it('goes nowhere, whether that place is named or found', async () => {
    const strict = senderOf(false);
    const { port } = receiver;
    lookup.answers.push(['127.0.0.1'], ['169.254.169.254'], ['::1']);
    for (const host of ['127.0.0.1', 'hooks.shop.com', 'hooks.shop.com', 'hooks.shop.com']) {
      expect(await send(`https://${host}:${port}/`, strict)).toMatchObject({ status: null, error: 'address_refused' });
    }
    expect(await send(receiver.url(), strict)).toMatchObject({ error: 'address_refused' });
    expect(receiver.received).toEqual([]);
  });

  it('goes nowhere though the name was public when it was registered', async () => {
    const strict = senderOf(false);
    const url = `https://hooks.shop.com:${receiver.port}/`;
    lookup.answers.push(['8.8.8.8'], ['127.0.0.1']);
    expect(await strict.checkUrl(url)).toBe(url);
    expect(await send(url, strict)).toMatchObject({ error: 'address_refused' });
  });

  it('goes where the name led when it was checked, not where it leads when we connect', async () => {
    // Had it asked again it would have been led to 10.0.0.1.
    lookup.answers.push(['127.0.0.1'], ['10.0.0.1']);
    expect(await send(`http://hooks.shop.com:${receiver.port}/`)).toMatchObject({ status: 200 });
    expect(receiver.received[0]?.headers['host']).toBe(`hooks.shop.com:${receiver.port}`);
    expect(lookup.answers).toEqual([['10.0.0.1']]);
    lookup.answers.length = 0;
  });

  it('is refused when it is registered', async () => {
    const strict = senderOf(false);
    lookup.answers.push(['127.0.0.1'], []);
    const refused = { code: 'ENDPOINT_URL_REFUSED' };
    await expect(strict.checkUrl('https://hooks.shop.com/')).rejects.toMatchObject(refused);
    await expect(strict.checkUrl('https://hooks.shop.com/')).rejects.toMatchObject(refused);
    await expect(strict.checkUrl('https://127.0.0.1/')).rejects.toMatchObject(refused);
  });
});

describe('an answer', () => {
  it('asks for patience in seconds or until a date', () => {
    const now = new Date('2026-05-01T00:00:00Z');
    expect(retryAfterMs('120', now)).toBe(120_000);
    expect(retryAfterMs('Fri, 01 May 2026 00:10:00 GMT', now)).toBe(600_000);
    expect(
      [undefined, '', 'soon', '-5', '0', 'Thu, 30 Apr 2026 00:00:00 GMT'].map((it) => retryAfterMs(it, now)),
    ).toEqual(Array(6).fill(null));
  });

  it('may hold bytes that are no text', () => {
    expect(plainExcerpt(Buffer.from([0x6f, 0x6b, 0xff, 0x00, 0x0a]))).toBe('ok\uFFFD');
  });
});
