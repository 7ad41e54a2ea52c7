import { AddressRefused, NameLookup, NameNotFound, PublicAddresses } from './public-addresses';
import type { Settings } from '@evenhand/platform';

/** Answers what it is told, one answer after another. */
class ToldLookup extends NameLookup {
  asked = 0;

  constructor(private readonly answers: readonly (readonly string[])[]) {
    super();
  }

  override async addressesOf(): Promise<readonly string[]> {
    this.asked += 1;
    return this.answers[Math.min(this.asked, this.answers.length) - 1] ?? [];
  }
}

function addresses(lookup: NameLookup, allowLocalWebhooks = false): PublicAddresses {
  return new PublicAddresses(lookup, { allowLocalWebhooks } as Settings);
}

const of = (...found: string[]) => addresses(new ToldLookup([found])).of('hooks.shop.com');

describe('where a message may go', () => {
  it.each(['93.184.216.34', '8.8.8.8', '2606:4700:4700::1111', '2a00:1450:4001:80b::200e'])(
    '%s is public',
    async (address) => {
      expect(await of(address)).toEqual([address]);
    },
  );

  it.each([
    ['this host', '0.0.0.0'],
    ['this network', '0.1.2.3'],
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.255.254'],
    ['loopback', '::1'],
    ['unspecified', '::'],
    ['private', '10.0.0.1'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['the metadata of clouds', '169.254.169.254'],
    ['the metadata of a cloud by IPv6', 'fd00:ec2::254'],
    ['another cloud’s metadata', '100.100.100.200'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['protocol assignments', '192.0.0.1'],
    ['documentation', '192.0.2.1'],
    ['documentation', '198.51.100.1'],
    ['documentation', '203.0.113.1'],
    ['documentation', '2001:db8::1'],
    ['documentation', '3fff::1'],
    ['benchmarks', '198.18.0.1'],
    ['6to4 relays', '192.88.99.1'],
    ['multicast', '224.0.0.1'],
    ['multicast', 'ff02::1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['link-local', 'fe80::1'],
    ['site-local', 'fec0::1'],
    ['unique local', 'fc00::1'],
    ['IPv4 in IPv6', '::ffff:127.0.0.1'],
    ['public IPv4 in IPv6', '::ffff:8.8.8.8'],
    ['IPv4-compatible', '::127.0.0.1'],
    ['translated', '::ffff:0:127.0.0.1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['local NAT64', '64:ff9b:1::7f00:1'],
    ['6to4', '2002:7f00:1::'],
    ['Teredo', '2001:0:7f00:1::'],
    ['discard', '100::1'],
    ['segment routing', '5f00::1'],
    ['not handed out', '4000::1'],
  ])('%s, %s, is refused, also beside a public one', async (_what, address) => {
    await expect(of(address)).rejects.toThrow(AddressRefused);
    await expect(of('8.8.8.8', address)).rejects.toThrow(AddressRefused);
  });

  it('is nowhere where the name leads to nothing', async () => {
    await expect(of()).rejects.toThrow(NameNotFound);
  });

  it('is looked up anew each time: a name that was public may not be any more', async () => {
    const rebinding = addresses(new ToldLookup([['8.8.8.8'], ['169.254.169.254']]));
    expect(await rebinding.of('hooks.shop.com')).toEqual(['8.8.8.8']);
    await expect(rebinding.of('hooks.shop.com')).rejects.toThrow(AddressRefused);
  });

  it('is this machine, and no other that is not public, where a setting says so', async () => {
    const local = addresses(new ToldLookup([['10.0.0.1']]), true);
    expect(await local.of('127.0.0.1')).toEqual(['127.0.0.1']);
    expect(await local.of('[::1]')).toEqual(['::1']);
    expect(await local.of('localhost')).toEqual(['127.0.0.1']);
    for (const host of ['169.254.169.254', '[::ffff:127.0.0.1]', 'somewhere']) {
      await expect(local.of(host)).rejects.toThrow(AddressRefused);
    }
    await expect(addresses(new ToldLookup([])).of('127.0.0.1')).rejects.toThrow(AddressRefused);
  });
});
