import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { SETTINGS, type Settings } from '@evenhand/platform';
import { Inject, Injectable } from '@nestjs/common';
import { parse, type IPv4, type IPv6 } from 'ipaddr.js';

/** A name that leads to no address, or whose server does not answer. */
export class NameNotFound extends Error {}

/** A name that leads to an address which is not public. */
export class AddressRefused extends Error {}

const LOOKUP = { timeout: 2_000, tries: 2 } as const;
/** What no public host has: 2000::/3 is all of IPv6 that is handed out. */
const GLOBAL_IPV6 = parse('2000::') as IPv6;
const LOOPBACK = ['127.0.0.1'] as const;

/** Looks names up, past the hosts file of this machine. */
export abstract class NameLookup {
  /** Empty where there is none. */
  abstract addressesOf(name: string): Promise<readonly string[]>;
}

@Injectable()
export class DnsNameLookup extends NameLookup {
  private readonly resolver = new Resolver(LOOKUP);

  override async addressesOf(name: string): Promise<readonly string[]> {
    const answers = await Promise.allSettled([this.resolver.resolve4(name), this.resolver.resolve6(name)]);
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  }
}

/** The addresses to which a message may go. */
@Injectable()
export class PublicAddresses {
  readonly allowLocal: boolean;

  constructor(
    private readonly lookup: NameLookup,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.allowLocal = settings.allowLocalWebhooks;
  }

  /**
   * Looks the host up once; whoever connects takes one of the answered addresses, and asks no second time: a name may lead
   * elsewhere by then. All of them must be public. Throws {@link NameNotFound}, {@link AddressRefused}.
   */
  async of(host: string): Promise<readonly string[]> {
    const addresses = await this.find(host.replace(/^\[|\]$/g, ''));
    if (addresses.length === 0) throw new NameNotFound();
    if (!addresses.every((address) => this.isAllowed(address))) throw new AddressRefused();
    return addresses;
  }

  private async find(host: string): Promise<readonly string[]> {
    if (isIP(host) !== 0) return [host];
    if (this.allowLocal && host === 'localhost') return LOOPBACK;
    return this.lookup.addressesOf(host);
  }

  private isAllowed(address: string): boolean {
    const parsed = parse(address);
    return isPublic(parsed) || (this.allowLocal && parsed.range() === 'loopback');
  }
}

/** True for global unicast, outside every range set aside for something; an address that wraps another is none. */
function isPublic(address: IPv4 | IPv6): boolean {
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || (address as IPv6).match(GLOBAL_IPV6, 3);
}
