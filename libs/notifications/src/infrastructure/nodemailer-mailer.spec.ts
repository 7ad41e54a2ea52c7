import type { Settings } from '@evenhand/platform';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MailServer, parseMail } from '../../../../test/support/mail-server';
import type { Mail } from '../application/mailer';
import { NodemailerMailer } from './nodemailer-mailer';

const MAIL: Mail = {
  notificationId: '0199a000-0000-7000-8000-000000000001',
  to: { name: 'Yuki "<b>" Tanaka', address: 'yuki@example.com' },
  language: 'fr',
  kind: 'bid_submitted',
  title: 'Candidature de «\u202fYuki & 田中\u202f» <script>',
  body: 'Yuki <img src=x onerror=alert(1)> & 田中 "ont" accepté.',
  about: { kind: 'bid', id: '0199a000-0000-7000-8000-000000000002' },
  unsubscribeToken: 'user~bids~k1.signature',
  at: new Date('2026-03-01T09:00:00.000Z'),
};

let dataDirectory: string;
let server: MailServer;
const opened: NodemailerMailer[] = [];

function mailer(smtpUrl: string | null): NodemailerMailer {
  const settings = {
    smtpUrl,
    dataDirectory,
    publicUrl: 'https://evenhand.test',
    mailFrom: 'Evenhand <hi@evenhand.test>',
  };
  const made = new NodemailerMailer(settings as Settings);
  opened.push(made);
  return made;
}

beforeAll(async () => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'evenhand-mail-'));
  server = await MailServer.open();
});
afterEach(() => {
  server.received.length = 0;
  server.refusal = null;
});
afterAll(async () => {
  for (const one of opened) one.onModuleDestroy();
  await server.close();
  rmSync(dataDirectory, { recursive: true, force: true });
});

describe('an e-mail', () => {
  it('reaches the server with a text and an HTML part that say the same, and nothing of a name is markup', async () => {
    expect(await mailer(server.url).send(MAIL)).toEqual({ result: 'sent' });
    const [received, ...none] = server.received;
    expect(none).toEqual([]);
    expect(received).toMatchObject({ from: 'hi@evenhand.test', to: ['yuki@example.com'] });
    const { headers, subject, text, html } = await parseMail(received?.raw ?? '');
    expect(subject).toBe(MAIL.title);
    expect(headers).toMatchObject({
      'message-id': `<${MAIL.notificationId}@evenhand.test>`,
      'content-language': 'fr',
      'list-unsubscribe': '<https://evenhand.test/unsubscribe?token=user~bids~k1.signature>',
      'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
      'auto-submitted': 'auto-generated',
    });
    expect(text).toContain(MAIL.body);
    expect(text).toContain('https://evenhand.test/?open=bid_');
    expect(html).toContain('Yuki &lt;img src=x onerror=alert(1)&gt; &amp; 田中');
    expect(html).toContain('<html lang="fr">');
    expect(html).not.toMatch(/<img|<script/);
  });

  it('takes no header from a name, and has no way out where it cannot be switched off', async () => {
    const to = { name: 'Eve\r\nBcc: all@example.com\u0000', address: 'eve@example.com' };
    await mailer(server.url).send({ ...MAIL, to, unsubscribeToken: null });
    const { headers } = await parseMail(server.received[0]?.raw ?? '');
    expect(server.received[0]?.to).toEqual(['eve@example.com']);
    expect(Object.keys(headers)).not.toContain('bcc');
    expect(Object.keys(headers)).not.toContain('list-unsubscribe');
  });

  it('may be sent again where the server is busy, not there, or takes none from us', async () => {
    server.refusal = 451;
    expect(await mailer(server.url).send(MAIL)).toMatchObject({ result: 'unavailable' });
    const nobody = await MailServer.open();
    await nobody.close();
    expect(await mailer(nobody.url).send(MAIL)).toMatchObject({ result: 'unavailable' });
    const withPassword = server.url.replace('smtp://', 'smtp://me:wrong@');
    expect(await mailer(withPassword).send(MAIL)).toMatchObject({ result: 'unavailable' });
  });

  it('is refused where the server will never take it', async () => {
    server.refusal = 550;
    const outcome = await mailer(server.url).send(MAIL);
    expect(outcome).toMatchObject({ result: 'refused', error: expect.stringContaining('550') });
    expect(server.received).toEqual([]);
  });

  it('without a server is a file, written over itself', async () => {
    for (let time = 0; time < 2; time += 1) expect(await mailer(null).send(MAIL)).toEqual({ result: 'sent' });
    const files = readdirSync(join(dataDirectory, 'mail'));
    expect(files).toEqual([`2026-03-01-${MAIL.notificationId}.eml`]);
    const raw = readFileSync(join(dataDirectory, 'mail', files[0] ?? ''), 'utf8');
    expect((await parseMail(raw)).subject).toBe(MAIL.title);
  });
});
