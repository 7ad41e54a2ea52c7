import { firstInstantOf, requireLocalDate, requireTimeZone } from './time-zone';

describe('zones and days', () => {
  it('are zones of the IANA database, not offsets', () => {
    expect(requireTimeZone('Asia/Shanghai')).toBe('Asia/Shanghai');
    for (const zone of ['+08:00', 'Mars/Olympus', '', "UTC'; --"]) {
      expect(() => requireTimeZone(zone)).toThrow('IANA');
    }
  });

  it('are days that exist', () => {
    expect(requireLocalDate('from', '2028-02-29')).toBe('2028-02-29');
    for (const day of ['2026-02-29', '2026-13-01', '26-01-01', 'today']) {
      expect(() => requireLocalDate('from', day)).toThrow('YYYY-MM-DD');
    }
  });

  it.each([
    ['2026-11-01', 'UTC', '2026-11-01T00:00:00.000Z'],
    ['2026-11-01', 'Europe/Paris', '2026-10-31T23:00:00.000Z'],
    ['2026-10-01', 'Europe/Paris', '2026-09-30T22:00:00.000Z'],
    ['2026-11-01', 'Asia/Shanghai', '2026-10-31T16:00:00.000Z'],
    ['2026-11-01', 'Pacific/Kiritimati', '2026-10-31T10:00:00.000Z'],
    ['2026-11-01', 'Etc/GMT+12', '2026-11-01T12:00:00.000Z'],
    // Clocks go from 01:00 back to 00:00: the first of two midnights.
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z'],
    // Clocks go from 00:00 to 01:00: there is no midnight.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    // The day was skipped: the next one begins.
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ])('begin: %s in %s at %s', (day, zone, instant) => {
    expect(firstInstantOf(day, zone).toISOString()).toBe(instant);
  });
});
