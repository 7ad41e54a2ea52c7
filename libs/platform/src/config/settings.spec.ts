import { InvalidSetting, readSettings } from './settings';

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
