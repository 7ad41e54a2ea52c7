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
