import { secondsToWait } from './attempt-limit';
import { networkOf } from './client-address';

describe('secondsToWait', () => {
  const limit = { maxAttempts: 3, windowSeconds: 60 };
  const now = new Date('2026-01-01T00:00:00Z');
  const windowEndsAt = new Date('2026-01-01T00:00:30.500Z');

  it('lets the last allowed attempt through and refuses the next until the window ends', () => {
    expect(secondsToWait(limit, { attempts: 3, windowEndsAt }, now)).toBe(0);
    expect(secondsToWait(limit, { attempts: 4, windowEndsAt }, now)).toBe(31);
  });
});

describe('networkOf', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::7', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('%s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
