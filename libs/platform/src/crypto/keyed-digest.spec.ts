import { createHmac } from 'node:crypto';
import { KeyedDigest } from './keyed-digest';

const key = (id: string, fill: number) => ({ id, key: Buffer.alloc(32, fill) });
const tokens = (digest: KeyedDigest, value = 'ada@example.com', purpose = 'customers') =>
  digest.tokensOf(value, purpose);

describe('a keyed digest', () => {
  it('is the same for the same value, and another for another value, purpose or key', () => {
    const [first] = tokens(new KeyedDigest([key('k1', 1)]));
    expect(tokens(new KeyedDigest([key('k1', 1)]))).toEqual([first]);
    expect(first).toMatch(/^k1\.[A-Za-z0-9_-]{43}$/);
    const others = [
      tokens(new KeyedDigest([key('k1', 1)]), 'bob@example.com'),
      tokens(new KeyedDigest([key('k1', 1)]), 'ada@example.com', 'sellers'),
      tokens(new KeyedDigest([key('k1', 2)])),
    ];
    expect(new Set([first, ...others.flat()]).size).toBe(4);
  });

  it('is not made with the encryption key itself', () => {
    const plain = createHmac('sha256', Buffer.alloc(32, 1)).update('ada@example.com').digest('base64url');
    expect(tokens(new KeyedDigest([key('k1', 1)]))).not.toContain(`k1.${plain}`);
  });

  it('finds by the older keys what was kept before they were replaced', () => {
    const [kept] = tokens(new KeyedDigest([key('k1', 1)]));
    expect(tokens(new KeyedDigest([key('k2', 2), key('k1', 1)]))).toEqual([expect.stringMatching(/^k2\./), kept]);
  });
});
