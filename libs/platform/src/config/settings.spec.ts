import { InvalidSetting } from './invalid-setting';
import { readSettings } from './settings';

const hopsOf = (hops?: string) =>
  readSettings({ DATABASE_URL: 'postgres://none.invalid/none', NODE_ENV: 'production', TRUST_PROXY_HOPS: hops })
    .trustProxyHops;

describe('TRUST_PROXY_HOPS', () => {
  it('trusts nobody unless told, in production too', () => {
    expect(hopsOf()).toBe(0);
    expect(hopsOf('')).toBe(0);
    expect(hopsOf('2')).toBe(2);
  });

  it.each(['true', '-1', '1.5', '11', 'all'])('refuses %s', (hops) => {
    expect(() => hopsOf(hops)).toThrow(InvalidSetting);
  });
});

describe('ALLOW_LOCAL_WEBHOOKS', () => {
  const allowed = (setting: string | undefined, environment: string) =>
    readSettings({
      DATABASE_URL: 'postgres://none.invalid/none',
      NODE_ENV: environment,
      ALLOW_LOCAL_WEBHOOKS: setting,
    }).allowLocalWebhooks;

  it('is off unless told, and can be told in development alone', () => {
    expect([allowed(undefined, ''), allowed('false', 'production'), allowed('true', '')]).toEqual([false, false, true]);
    expect(() => allowed('true', 'production')).toThrow(InvalidSetting);
    expect(() => allowed('yes', '')).toThrow(InvalidSetting);
  });
});

describe('the S3 settings', () => {
  const whole = {
    S3_ENDPOINT: 'https://s3.example.com',
    S3_BUCKET: 'evenhand-files',
    S3_REGION: 'eu-west-3',
    S3_ACCESS_KEY_ID: 'id',
    S3_SECRET_ACCESS_KEY: 'secret',
  };
  const s3Of = (env: NodeJS.ProcessEnv) => readSettings({ DATABASE_URL: 'postgres://none.invalid/none', ...env }).s3;

  it('are all there or none', () => {
    expect(s3Of({})).toBeNull();
    expect(s3Of(Object.fromEntries(Object.keys(whole).map((name) => [name, ''])))).toBeNull();
    expect(s3Of(whole)).toEqual({
      endpoint: 'https://s3.example.com',
      bucket: 'evenhand-files',
      region: 'eu-west-3',
      accessKeyId: 'id',
      secretAccessKey: 'secret',
    });
  });

  it.each(Object.keys(whole))('are refused without %s, which the message names', (name) => {
    expect(() => s3Of({ ...whole, [name]: '' })).toThrow(InvalidSetting);
    expect(() => s3Of({ ...whole, [name]: undefined })).toThrow(`not set: ${name}.`);
  });

  it.each([
    ['S3_ENDPOINT', 's3.example.com'],
    ['S3_ENDPOINT', 'ftp://s3.example.com'],
    ['S3_BUCKET', 'a/b'],
  ])('are refused with %s = %s', (name, value) => {
    expect(() => s3Of({ ...whole, [name]: value })).toThrow(InvalidSetting);
  });
});

describe('SMTP_URL and MAIL_FROM', () => {
  const mailOf = (smtpUrl?: string, mailFrom?: string) => {
    const env = { DATABASE_URL: 'postgres://none.invalid/none', SMTP_URL: smtpUrl, MAIL_FROM: mailFrom };
    const settings = readSettings(env);
    return [settings.smtpUrl, settings.mailFrom];
  };

  it('leave e-mails in files unless told where they leave by, and from whom', () => {
    expect(mailOf('', '')).toEqual([null, 'Evenhand <no-reply@localhost>']);
    expect(mailOf('smtps://me:secret@mail.example.com', 'Us <us@example.com>')).toEqual([
      'smtps://me:secret@mail.example.com',
      'Us <us@example.com>',
    ]);
  });

  it.each([
    ['mail.example.com', 'us@example.com'],
    ['http://mail.example.com', 'us@example.com'],
    ['smtp://', 'us@example.com'],
    ['smtp://mail.example.com', ''],
    ['smtp://mail.example.com', 'us'],
  ])('refuse %s from "%s"', (smtpUrl, mailFrom) => {
    expect(() => mailOf(smtpUrl, mailFrom)).toThrow(InvalidSetting);
  });
});
