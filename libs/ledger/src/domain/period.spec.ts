import { endOfPeriod } from './period';

describe('endOfPeriod', () => {
  it.each([
    ['2026-10', 'Europe/Paris', '2026-10-31T23:00:00.000Z'],
    ['2026-09', 'Europe/Paris', '2026-09-30T22:00:00.000Z'],
    ['2026-10', 'Asia/Shanghai', '2026-10-31T16:00:00.000Z'],
    ['2026-12', 'UTC', '2027-01-01T00:00:00.000Z'],
    ['2028-02', 'UTC', '2028-03-01T00:00:00.000Z'],
    ['2028-02-28', 'UTC', '2028-02-29T00:00:00.000Z'],
    ['2026-12-31', 'America/New_York', '2027-01-01T05:00:00.000Z'],
  ])('of %s in %s is %s', (period, timeZone, end) => {
    expect(endOfPeriod(period, timeZone).toISOString()).toBe(end);
  });

  it.each(['2026-13', '2026-00', '2026', '26-10', '2026-02-30', '2026-10-1', ' 2026-10', '2026-10\n', ''])(
    'refuses %j',
    (period) => expect(() => endOfPeriod(period, 'UTC')).toThrow(/YYYY-MM/),
  );

  it('refuses a zone that is none', () => {
    expect(() => endOfPeriod('2026-10', '+01:00')).toThrow('IANA');
  });
});
